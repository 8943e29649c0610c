import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { LocalContext } from '../part.ts';
import { acquireLock } from './lock.ts';
import { readPidFile } from './pid-file.ts';
import { LocalPostgresError } from './postgres-error.ts';
import { lockFile, postgresStateDir, readRecord, type ServerRecord } from './record.ts';
import { removeFolder } from './remove-folder.ts';
import { stopServer } from './stop-server.ts';

/**
 * Removes the local database and all that is in it, wherever it lies.
 * @throws LocalPostgresError a run uses it
 */
export async function freshPostgres(context: Pick<LocalContext, 'stateDir'>, name: string): Promise<void> {
  const stateDir = postgresStateDir(context, name);
  if (!existsSync(stateDir)) return;
  const lock = acquireLock(lockFile(stateDir));
  if ('owner' in lock) {
    throw new LocalPostgresError(
      `The local database in ${stateDir} is in use by process ${lock.owner.pid}: it was not emptied.`,
      `Stop that \`keelson dev\` first (Ctrl-C in its terminal, or \`kill ${lock.owner.pid}\`).`,
    );
  }
  try {
    const dataDir = recorded(stateDir)?.dataDir;
    if (dataDir) await removeData(dataDir);
    await removeFolder(stateDir);
  } finally {
    lock.release();
  }
}

/** Stops the server that a killed run left there, and removes the data with the folder made for it. */
export async function removeData(dataDir: string): Promise<void> {
  const orphan = existsSync(dataDir) ? readPidFile(dataDir) : undefined;
  if (orphan) await stopServer({ dataDir }, orphan.pid);
  const folder = dirname(dataDir);
  if (!isMadeByKeelson(folder)) return;
  await removeFolder(folder);
}

/** The record is a file in a project folder: never let it name what else is removed. */
function isMadeByKeelson(folder: string): boolean {
  return (
    basename(folder) === 'cluster' || basename(folder).startsWith('keelson-') || basename(dirname(folder)) === 'keelson'
  );
}

function recorded(stateDir: string): ServerRecord | undefined {
  try {
    return readRecord(stateDir);
  } catch {
    return undefined;
  }
}
