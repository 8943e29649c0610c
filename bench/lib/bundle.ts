import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** CommonJS packages inside an ESM bundle still ask for these. */
const commonJs = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('\n');

/** Bundles a program into `folder` the way an image carries it: one entry file each, what is loaded on demand apart. */
export async function bundle(entries: Readonly<Record<string, string>>, folder: string): Promise<void> {
  await build({
    entryPoints: { ...entries },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['keelson-source'],
    // Optional native parts and developer's tools that nothing in production loads.
    external: ['pg-native', 'pino-pretty'],
    banner: { js: commonJs },
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/** Bytes of all files under `folder`, or of those that `counts` accepts. */
export function sizeOf(folder: string, counts: (path: string) => boolean = () => true): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + sizeOf(path, counts);
    return entry.isFile() && counts(path) ? sum + statSync(path).size : sum;
  }, 0);
}
