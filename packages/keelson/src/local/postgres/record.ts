import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalContext } from '../part.ts';
import { LocalPostgresError } from './postgres-error.ts';

/** What outlives a run besides the data: `.keelson/postgres/<name>/server.json`, readable by its owner only. */
export interface ServerRecord {
  /** The data directory: beside this file, or elsewhere when the server's user cannot come here. */
  readonly dataDir: string;
  readonly password: string;
  /** The port of the last run; taken again when it is free, so that a saved connection goes on working. */
  readonly port?: number;
  /** Connection string of the app's user; kept while the server runs. */
  readonly url?: string;
}

/** `.keelson/postgres/<name>`. */
export function postgresStateDir(context: Pick<LocalContext, 'stateDir'>, name: string): string {
  return join(context.stateDir, 'postgres', name);
}

export function lockFile(stateDir: string): string {
  return join(stateDir, 'lock');
}

/**
 * `undefined` when nothing was recorded yet.
 * @throws LocalPostgresError the file is there but cannot be read or understood
 */
export function readRecord(stateDir: string): ServerRecord | undefined {
  const file = join(stateDir, 'server.json');
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isRecord(value)) return value;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(file, error);
  }
  throw unreadable(file);
}

/** The new file takes the old one's place whole; `flush` so that it is whole after a power failure too. */
export function writeRecord(stateDir: string, record: ServerRecord): void {
  const file = join(stateDir, 'server.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function unreadable(file: string, cause?: unknown): LocalPostgresError {
  return new LocalPostgresError(
    `${file}, which holds the password of the local database, cannot be read.`,
    'Run as the user who made it, or begin with an empty database: `npx keelson dev --fresh`.',
    cause,
  );
}

function isRecord(value: unknown): value is ServerRecord {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'dataDir' in value && typeof value.dataDir === 'string' && 'password' in value && typeof value.password === 'string'
  );
}
