import { join } from 'node:path';
import { UserError } from '../user-error.ts';
import type { Plan } from './plan.ts';
import { readIfThere, recordName } from './record.ts';
import { writeAll } from './write.ts';

/**
 * Carries out the plan and records it. Edited files are overwritten: the caller has asked before.
 * @throws UserError when a file cannot be written; nothing was changed then
 */
export function updateFiles(folder: string, { files }: Plan, record: string): void {
  const changes = new Map<string, string | undefined>();
  for (const { path, action, after } of files) {
    if (action === 'remove') changes.set(path, undefined);
    else if (action !== 'unchanged' && action !== 'keep') changes.set(path, after);
  }
  try {
    // Last: until it is there, a run that was killed is simply run again.
    if (readIfThere(join(folder, recordName)) !== record) changes.set(recordName, record);
    if (changes.size > 0) writeAll(folder, changes);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UserError(`${folder} cannot be written: ${error.message}`, 'Nothing was changed.');
  }
}
