import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type AppProcess, type StartOptions, startCommand } from './app-process.ts';
import { repository } from './imports.ts';

export const keelsonBin = join(repository, 'packages/keelson/bin/keelson.js');

/** A copy of a template with local state of its own, so that tests disturb neither one another nor a developer. */
export function copyTemplate(name: string): { folder: string; remove(): void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `keelson-${name}-`)));
  const left = new Set(['.keelson', 'node_modules', '.env']);
  cpSync(join(repository, 'templates', name), folder, { recursive: true, filter: (path) => !left.has(basename(path)) });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** `keelson dev` in the folder of an app, on free ports. */
export function startDev(folder: string, env: StartOptions['env'] = {}, ...flags: string[]): Promise<AppProcess> {
  const args = [keelsonBin, 'dev', '--port', '0', '--console-port', '0', ...flags];
  return startCommand(process.execPath, args, { cwd: folder, env });
}
