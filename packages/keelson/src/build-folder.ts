import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withFiles } from './file-trouble.ts';
import { fromSource } from './from-source.ts';

/** Conditions under which Keelson's packages are resolved: to their sources in a clone. */
export const conditions: readonly string[] = fromSource ? ['keelson-source'] : [];

/** Milliseconds. */
const week = 7 * 86_400_000;

/**
 * A folder for what is compiled from the sources in `folder`. It lies below the project, so that node finds the project's
 * packages from there, and no two processes share one.
 *
 * @throws UserError when the project may not be written to
 */
export function newBuildFolder(folder: string): string {
  const cache = join(projectOf(folder), 'node_modules', '.cache', 'keelson');
  const hint =
    'The app is compiled there. Work in a copy of the project that is yours, or let its owner give you the folder.';
  return withFiles(`${cache} cannot be written`, hint, () => {
    mkdirSync(cache, { recursive: true });
    removeOld(cache);
    return mkdtempSync(join(cache, 'build-'));
  });
}

/** Folders of processes that were killed. */
function removeOld(cache: string): void {
  for (const name of readdirSync(cache)) {
    const folder = join(cache, name);
    const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
    if (name.startsWith('build-') && changed !== undefined && Date.now() - changed > week) {
      removeIfMine(folder);
    }
  }
}

function removeIfMine(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another user's: theirs to remove.
  }
}

/** The nearest folder with a package.json. */
function projectOf(folder: string): string {
  for (let each = folder; dirname(each) !== each; each = dirname(each)) {
    if (existsSync(join(each, 'package.json'))) return each;
  }
  return folder;
}
