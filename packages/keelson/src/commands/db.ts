import { helpText, readArguments, type Usage } from '../arguments.ts';
import { loadApp } from '../config/load.ts';
import type { Io } from '../io.ts';
import { givenDatabase, runningDatabase } from '../local/postgres/index.ts';
import { UserError } from '../user-error.ts';
import { chooseDatabase, type ChosenDatabase, resourceFlag } from './db/choose.ts';
import { findPsql, openPsql } from './db/psql.ts';
import { withTarget } from './migrate/target.ts';

const usage: Usage = {
  name: 'db',
  summary:
    'Says where the database is, and opens psql on a terminal that has it: that of DATABASE_URL, else the local one.',
  flags: {
    url: { summary: 'Print the connection string alone, password included, for another program' },
    resource: resourceFlag,
  },
};

/** @returns the exit code; on a terminal that of psql */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const { help, flags } = readArguments(usage, args);
  if (help) {
    io.stdout.write(helpText(usage));
    return 0;
  }
  const database = chooseDatabase(await loadApp(io.cwd), flags['resource'], io);
  if (flags['url']) return printUrl(database, io);
  const psql = io.stdin.isTTY && io.stdout.isTTY ? findPsql(database.context.env) : undefined;
  return psql === undefined ? describe(database, io) : open(database, psql, io);
}

/** Only of a database that stays: one that is started for this command would be gone when its address is used. */
function printUrl({ context, name }: ChosenDatabase, io: Io): number {
  const given = givenDatabase(context.env);
  const url = given ? given.env['DATABASE_URL'] : runningDatabase(context, name);
  if (url === undefined) throw given ? withoutPassword() : notRunning();
  io.stdout.write(`${url}\n`);
  return 0;
}

function describe({ context, name }: ChosenDatabase, io: Io): number {
  const given = givenDatabase(context.env);
  if (given) {
    io.stdout.write(`${given.title}: ${given.address}\n`);
    return 0;
  }
  const url = runningDatabase(context, name);
  if (url === undefined) throw notRunning();
  const { host, pathname, username } = new URL(url);
  io.stdout.write(`PostgreSQL of the running keelson dev: ${username}@${host}${pathname}\n`);
  io.stdout.write('With its password: npx keelson db --url\n');
  return 0;
}

async function open({ context, name, resource }: ChosenDatabase, psql: string, io: Io): Promise<number> {
  let code = 0;
  await withTarget({ context, name, resource, onStop: io.onStop }, async ({ address, env }) => {
    const url = env['DATABASE_URL'];
    if (url === undefined) throw withoutPassword();
    io.stdout.write(`Database: ${address}\n`);
    code = await openPsql(psql, url, io);
  });
  return code;
}

function notRunning(): UserError {
  return new UserError('No database runs here.', 'Start the app: npx keelson dev. Or set DATABASE_URL.');
}

function withoutPassword(): UserError {
  return new UserError(
    'The database’s password is not in the environment: a reference to AWS is.',
    'Set DATABASE_URL to a connection string.',
  );
}
