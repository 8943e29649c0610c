import type { LocalContext } from '../part.ts';
import { lockOwner } from './lock.ts';
import { lockFile, postgresStateDir, readRecord } from './record.ts';

/** Connection string of the database that a `keelson dev` runs here now. */
export function runningDatabase(context: Pick<LocalContext, 'stateDir'>, name: string): string | undefined {
  const stateDir = postgresStateDir(context, name);
  return lockOwner(lockFile(stateDir)) ? readRecord(stateDir)?.url : undefined;
}
