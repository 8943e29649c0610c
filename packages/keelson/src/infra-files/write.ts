import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Text by path below the folder; `undefined` takes the file away. */
export type Changes = ReadonlyMap<string, string | undefined>;

/**
 * Makes all of the changes or none: everything is written beside first and then moved into place; when a move fails, those
 * before it are taken back.
 */
export function writeAll(folder: string, changes: Changes): void {
  mkdirSync(folder, { recursive: true });
  const staging = mkdtempSync(join(folder, '.keelson-'));
  const undo: (() => void)[] = [];
  try {
    stage(staging, changes);
    [...changes].forEach(([path, text], index) => {
      const target = join(folder, path);
      const staged = join(staging, String(index));
      undo.push(backUp(target, `${staged}.before`));
      if (text === undefined) rmSync(target);
      else renameSync(staged, target);
    });
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  for (const [path, text] of changes) if (text === undefined) removeIfEmpty(dirname(join(folder, path)));
}

/** A full disk is noticed here, before anything is replaced. */
function stage(staging: string, changes: Changes): void {
  [...changes.values()].forEach((text, index) => {
    if (text !== undefined) writeFileSync(join(staging, String(index)), text);
  });
}

/** @returns what brings back the state of now */
function backUp(target: string, copy: string): () => void {
  if (!existsSync(target)) {
    mkdirSync(dirname(target), { recursive: true });
    return () => rmSync(target, { force: true });
  }
  copyFileSync(target, copy);
  return () => renameSync(copy, target);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {}
}
