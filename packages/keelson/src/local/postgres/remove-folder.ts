import { rm } from 'node:fs/promises';

/**
 * Removes a folder with all that is in it. The initdb of a killed run may still be writing there: it fails once its files
 * are gone, so it is tried again until then.
 */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
