import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootReport } from './http/lifecycle/boot-report.ts';
import { runService } from './http/lifecycle/run-service.ts';
import type { Service } from './http/service.ts';

/** `node … @keelson/runtime/run <entry file> [<address>]`: runs the service that the entry file exports; people open it at the address. */
async function main([entry, localAddress]: readonly string[]): Promise<number> {
  if (!entry) return complain('Usage: run <entry file>, whose default export is what createService returned.');
  try {
    const module: { default?: unknown } = await import(pathToFileURL(resolve(entry)).href);
    if (isService(module.default)) return await runService(module.default, { localAddress });
    return complain(`${entry} has no service as its default export. Write \`export default createService(…)\`.`);
  } catch (error) {
    return complain(bootReport(error));
  }
}

function isService(value: unknown): value is Service {
  return typeof value === 'object' && value !== null && 'build' in value && typeof value.build === 'function';
}

function complain(text: string): number {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
  return 1;
}

process.exit(await main(process.argv.slice(2)));
