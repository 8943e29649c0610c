import { relative, resolve } from 'node:path';
import { migrate, migrationFiles } from '@keelson/runtime/postgres';
import { helpText, readArguments, type Usage } from '../arguments.ts';
import { importTypeScript } from '../config/import.ts';
import { loadApp } from '../config/load.ts';
import type { Io } from '../io.ts';
import { isElsewhere, migrationsFolder } from '../local/postgres/index.ts';
import { UserError } from '../user-error.ts';
import { chooseDatabase, type ChosenDatabase, resourceFlag } from './db/choose.ts';
import { type Target, withTarget } from './migrate/target.ts';
import { runSeed } from './seed/run-seed.ts';

const usage: Usage = {
  name: 'seed',
  summary: 'Fills the database with the app’s seeds/*.ts: that of DATABASE_URL, else the local one.',
  flags: {
    yes: { summary: 'Also a database that is not on this machine' },
    resource: resourceFlag,
  },
};

/** @returns the exit code */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { help, flags } = readArguments(usage, args);
  if (help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  const database = chooseDatabase(await loadApp(io.cwd), flags['resource'], io);
  const files = Object.values(migrationFiles(resolve(database.context.root, 'seeds')));
  if (files.length === 0) {
    throw new UserError(
      'The app has no seeds.',
      'Write seeds/001-name.ts with `export default async function seed(db: Kysely<Database>) { … }`.',
    );
  }
  await withTarget({ ...database, onStop: io.onStop }, (target) =>
    seed(database, target, files, { io, yes: flags['yes'] === true }),
  );
  return 0;
}

interface SeedOptions {
  readonly io: Io;
  readonly yes: boolean;
}

async function seed(database: ChosenDatabase, target: Target, files: readonly string[], options: SeedOptions) {
  const { context } = database;
  options.io.stdout.write(`Database: ${target.address}\n`);
  if (isElsewhere(context) && !options.yes) {
    throw new UserError(
      `${target.address} is not on this machine. Nothing was changed.`,
      'If its data may be changed: npx keelson seed --yes',
    );
  }
  const env = { ...context.env, ...target.env };
  await failOnPending(database, env);
  for (const file of files) {
    await runSeed(file, env, importTypeScript);
    options.io.stdout.write(`seeded  ${relative(context.root, file)}\n`);
  }
}

/** Seeds are written for the newest tables. */
async function failOnPending({ context, resource }: ChosenDatabase, env: Io['env']): Promise<void> {
  const folder = migrationsFolder(context.root, resource);
  const { steps } = await migrate({ env, folder, importFile: importTypeScript, dryRun: true });
  if (steps.length === 0) return;
  const names = steps.map(({ name }) => name).join(', ');
  throw new UserError(
    `The database is not at the newest migration; pending: ${names}.`,
    'Run first: npx keelson migrate',
  );
}
