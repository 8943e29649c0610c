import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The operating-system user that the server runs as. PostgreSQL refuses to run as root. */
export interface OsUser {
  readonly uid: number;
  readonly gid: number;
}

const overflowUser: OsUser = { uid: 65534, gid: 65534 };

/** `undefined`: the user who runs this. As root: the owner of data that is there already, else `postgres`, else `nobody`. */
export function serverUser(existingData: string | undefined): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existingData === undefined ? undefined : ownerOf(existingData);
  if (owner && owner.uid !== 0) return owner;
  return passwdEntry('postgres') ?? passwdEntry('nobody') ?? overflowUser;
}

/** Whether `user` may enter this folder and every folder above it. */
export function canEnter(folder: string, user: OsUser | undefined): boolean {
  if (!user) return true;
  for (let current = resolve(folder); ; current = dirname(current)) {
    if (!mayEnter(current, user)) return false;
    if (dirname(current) === current) return true;
  }
}

function mayEnter(folder: string, user: OsUser): boolean {
  const { uid, gid, mode } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  return (mode & (gid === user.gid ? 0o010 : 0o001)) !== 0;
}

function ownerOf(path: string): OsUser | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat && { uid: stat.uid, gid: stat.gid };
}

function passwdEntry(name: string): OsUser | undefined {
  const lines = readPasswd().split('\n');
  const fields = lines.map((line) => line.split(':')).find(([user]) => user === name);
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return fields && uid > 0 && gid >= 0 ? { uid, gid } : undefined;
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}
