// Where what is compiled from a clone is kept.
import { createHash } from 'node:crypto';
import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** In the clone, for everyone who uses it. */
export function sharedCache(clone) {
  return join(clone, 'node_modules', '.cache', 'keelson');
}

/** The shared one, or one of the user's own when the clone is somebody else's. Exists, and may be written. */
export function usableCache(clone) {
  const shared = sharedCache(clone);
  try {
    mkdirSync(shared, { recursive: true });
    accessSync(shared, constants.W_OK);
    return shared;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    return ownCache(clone);
  }
}

function ownCache(clone) {
  const { uid } = userInfo();
  const name = createHash('sha256').update(clone).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `keelson-${uid}-${name}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Anybody may make a folder there: code is run from our own only.
  const stat = lstatSync(folder);
  if (stat.isDirectory() && (uid === -1 || (stat.uid === uid && (stat.mode & 0o022) === 0))) return folder;
  throw new Error(`${folder} belongs to another user. Remove it, or set TMPDIR to a folder of your own.`);
}
