import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { withFiles } from '../file-trouble.ts';
import { UserError } from '../user-error.ts';
import { localKind } from './kinds.ts';
import { acquireLock } from './postgres/lock.ts';

export interface StateDir {
  readonly path: string;
  /** Lets another `keelson dev` have it. */
  release(): void;
}

const lockName = 'dev.lock';

/**
 * Takes the app's state folder for this process; one left locked by a dead process is taken over.
 * @throws UserError when `keelson dev` runs there already, or the folder may not be written
 */
export function openStateDir(path: string): StateDir {
  const hint =
    'Data and keys of this machine are kept there. Remove it if another user made it, or work in a copy that is yours.';
  const lock = withFiles(`${path} cannot be written`, hint, () => {
    mkdirSync(path, { recursive: true });
    const ignore = join(path, '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
    return acquireLock(join(path, lockName));
  });
  if ('release' in lock) return { path, release: lock.release };
  throw new UserError(
    `keelson dev runs in this folder already: process ${lock.owner.pid}.`,
    `Use that one, or stop it: Ctrl-C in its terminal, or \`kill ${lock.owner.pid}\`.`,
  );
}

/** Empties the folder: data, identities and keys of earlier runs. */
export async function emptyStateDir({ path }: StateDir, app: App): Promise<void> {
  for (const [name, { kind }] of Object.entries(app.resources ?? {})) {
    await localKind(kind).fresh?.({ stateDir: path }, name);
  }
  for (const entry of readdirSync(path)) {
    if (entry !== lockName && entry !== '.gitignore') rmSync(join(path, entry), { recursive: true, force: true });
  }
}
