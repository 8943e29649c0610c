import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, startTime } from './processes.ts';

export interface Lock {
  release(): void;
}

export interface LockOwner {
  readonly pid: number;
  readonly started?: string;
}

const held = new Set<string>();

/** Takes the lock file, or says which living process has it. A lock of a dead process is taken over. */
export function acquireLock(file: string): Lock | { readonly owner: LockOwner } {
  const mine = `${file}.${randomUUID()}`;
  const started = startTime(process.pid);
  writeFileSync(mine, JSON.stringify({ pid: process.pid, ...(started ? { started } : {}) }), { mode: 0o600 });
  try {
    while (!tryLink(mine, file)) {
      const owner = readOwner(file);
      if (owner && ownerLives(owner, file)) return { owner };
      discard(file, owner);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  held.add(file);
  return {
    release: () => {
      if (held.delete(file) && readOwner(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

/** The living process that has the lock. */
export function lockOwner(file: string): LockOwner | undefined {
  const owner = readOwner(file);
  return owner && ownerLives(owner, file) ? owner : undefined;
}

/** A hard link appears whole or not at all, so nobody reads a lock that is half written. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return tryCopy(from, to);
  }
}

/** For file systems without hard links. */
function tryCopy(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readOwner(file: string): LockOwner | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isOwner(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isOwner(value: unknown): value is LockOwner {
  return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number';
}

function ownerLives(owner: LockOwner, file: string): boolean {
  if (owner.pid === process.pid) return held.has(file);
  if (!isAlive(owner.pid)) return false;
  return owner.started === undefined || owner.started === (startTime(owner.pid) ?? owner.started);
}

/** Moves a dead owner's lock away; puts it back when another process took the lock in the meantime. */
function discard(file: string, dead: LockOwner | undefined): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readOwner(aside);
  const unchanged = moved?.pid === dead?.pid && moved?.started === dead?.started;
  if (!unchanged) tryLink(aside, file);
  rmSync(aside, { force: true });
}
