import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { canEnter, type OsUser } from './os-user.ts';

/**
 * Where the data of a new cluster goes: `cluster/data` beside the record, or elsewhere when the server's user cannot come
 * there or the file system keeps no permissions. The parent belongs to that user, for a cluster is made beside its place.
 */
export function newDataDir(stateDir: string, user: OsUser | undefined): string {
  const beside = join(stateDir, 'cluster');
  if (canEnter(stateDir, user) && own(beside, user)) return join(beside, 'data');
  rmSync(beside, { recursive: true, force: true });
  return join(elsewhere(stateDir, user), 'data');
}

function elsewhere(stateDir: string, user: OsUser | undefined): string {
  const id = createHash('sha256').update(realpathSync(stateDir)).digest('hex').slice(0, 16);
  const home = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state');
  const root = join(process.getuid?.() === 0 ? '/var/lib' : home, 'keelson');
  const folder = join(root, id);
  if (makeRoot(root) && canEnter(root, user) && own(folder, user)) return folder;
  const temporary = mkdtempSync(join(tmpdir(), 'keelson-'));
  own(temporary, user);
  return temporary;
}

/** Makes a folder that only the server's user may use; `false` when it cannot be that. */
function own(folder: string, user: OsUser | undefined): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (user) chownSync(folder, user.uid, user.gid);
    chmodSync(folder, 0o700);
    const stat = lstatSync(folder);
    const owner = user?.uid ?? process.getuid?.() ?? stat.uid;
    return stat.isDirectory() && stat.uid === owner && (process.platform === 'win32' || (stat.mode & 0o077) === 0);
  } catch {
    return false;
  }
}

function makeRoot(root: string): boolean {
  try {
    mkdirSync(dirname(root), { recursive: true });
    mkdirSync(root, { recursive: true, mode: 0o755 });
    const stat = lstatSync(root);
    return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
