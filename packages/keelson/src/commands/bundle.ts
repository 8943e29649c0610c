import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type App, dockerfileOf } from '@keelson/contract';
import { helpText, readArguments, type Usage } from '../arguments.ts';
import { bundleService } from '../build/service-bundle.ts';
import { loadApp } from '../config/load.ts';
import { serviceNamed } from '../config/service-name.ts';
import type { Io } from '../io.ts';
import { UserError } from '../user-error.ts';

const usage: Usage = {
  name: 'bundle',
  summary:
    'Bundles a service for its image: server.js, and migrate.js where there is a database. Without a service: the only one, or each into a folder of its own.',
  argument: '[service]',
  flags: { out: { value: 'folder', summary: 'Where to write. Default: dist' } },
};

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { help, argument, flags } = readArguments(usage, args);
  if (help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  // The image of one service is built without the files of the others.
  const loaded = await loadApp(io.cwd, undefined, argument);
  const names = Object.keys(loaded.app.services);
  const out = resolve(io.cwd, typeof flags['out'] === 'string' ? flags['out'] : 'dist');
  const [only] = names;
  const service = argument ?? (names.length === 1 ? only : undefined);
  if (service !== undefined) checkService(loaded.app, service);
  const bundled = names.filter((name) => loaded.app.services[name]?.server !== 'nginx');
  const targets =
    service === undefined ? bundled.map((name) => [name, join(out, name)] as const) : [[service, out] as const];
  for (const [name, folder] of targets) {
    await bundleService(loaded, name, folder);
    io.stdout.write(`${name}: ${programsIn(folder)} in ${relative(io.cwd, folder) || '.'}, ${megabytes(folder)}\n`);
  }
  return 0;
}

function checkService({ services }: App, name: string): void {
  serviceNamed(services, name);
  if (services[name]?.server !== 'nginx') return;
  const file = dockerfileOf(services, name);
  throw new UserError(
    `nginx serves ${name}: there is nothing to bundle.`,
    `Its image takes the files as they are: ${file}.`,
  );
}

function programsIn(folder: string): string {
  return ['server.js', 'migrate.js'].filter((name) => readdirSync(folder).includes(name)).join(' and ');
}

/** Without source maps, which are read only when an error is printed. */
function megabytes(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|node)$/.test(name));
  const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
