import { join } from 'node:path';
import { migrate } from '@keelson/runtime/postgres';
import { helpText, readArguments, type Usage } from '../arguments.ts';
import { readEnvironment } from '../config/environment.ts';
import { importTypeScript } from '../config/import.ts';
import { type LoadedApp, loadApp } from '../config/load.ts';
import type { Io } from '../io.ts';
import { describeStep, migrationsFolder } from '../local/postgres/index.ts';
import { UserError } from '../user-error.ts';
import { type PostgresResource, withTarget } from './migrate/target.ts';

const usage: Usage = {
  name: 'migrate',
  summary: 'Brings the database to the newest migration: that of DATABASE_URL, else the local one.',
  flags: {
    'dry-run': { summary: 'Show what would be applied; change nothing' },
    list: { summary: 'The same as --dry-run' },
  },
};

/** @returns the exit code */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { help, flags } = readArguments(usage, args);
  if (help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  const loaded = await loadApp(io.cwd);
  const dryRun = Boolean(flags['dry-run'] ?? flags['list']);
  for (const [name, resource] of databases(loaded)) await migrateOne(io, loaded, name, resource, dryRun);
  return 0;
}

function databases({ app }: LoadedApp): [string, PostgresResource][] {
  const found = Object.entries(app.resources ?? {}).filter(
    (entry): entry is [string, PostgresResource] => entry[1].kind === 'postgres',
  );
  if (found.length > 0) return found;
  throw new UserError('The app has no database.', "Add a resource to keelson.config.ts: db: { kind: 'postgres' }");
}

async function migrateOne(
  io: Io,
  { app, root }: LoadedApp,
  name: string,
  resource: PostgresResource,
  dryRun: boolean,
): Promise<void> {
  const log = (line: string) => void io.stdout.write(`${line}\n`);
  const { env } = readEnvironment(root, io.env);
  const context = { app, root, env, log, stateDir: join(root, '.keelson'), publicUrl: '' };
  await withTarget({ context, name, resource, onStop: io.onStop }, async (target) => {
    log(`Database: ${target.address}`);
    const { steps } = await migrate({
      env: { ...env, ...target.env },
      folder: migrationsFolder(root, resource),
      importFile: importTypeScript,
      dryRun,
      onWait: () => log('Waiting for another run of the migrations to end'),
    });
    for (const step of steps) log(`${dryRun ? 'pending' : 'applied'}  ${describeStep(step, root)}`);
    if (steps.length === 0) log('Nothing to do: it is at the newest migration.');
  });
}
