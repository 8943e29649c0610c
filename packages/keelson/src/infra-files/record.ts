import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';

/** Committed with the generated files, so that an edit by hand is noticed on any machine. */
export const recordName = '.keelson.json';

/** SHA-256 of what was generated, by path from the output folder. */
export type FileRecord = ReadonlyMap<string, string>;

const note = 'What `keelson synth` generated. Commit it: it shows which files were edited by hand.';

/** `undefined` when nothing was generated here yet. @throws UserError when it cannot be read */
export function readRecord(folder: string): FileRecord | undefined {
  const file = join(folder, recordName);
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const files = parse(text);
  if (files) return files;
  throw new UserError(
    `${file} cannot be read.`,
    'Bring it back from version control, or delete it: then every file that differs is shown before it is overwritten.',
  );
}

/** The same files give the same text: sorted, and without a time. */
export function printRecord(record: FileRecord): string {
  const files = Object.fromEntries([...record].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ note, files }, undefined, 2)}\n`;
}

/** The same for a file that git checked out with other line endings. */
export function digest(text: string): string {
  return createHash('sha256').update(unix(text)).digest('hex');
}

export function unix(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** @throws whatever the system says, but for a file that is not there */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

function parse(text: string): FileRecord | undefined {
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    const entries = Object.entries(files ?? {});
    return typeof files === 'object' && entries.every(isEntry) ? new Map(entries as [string, string][]) : undefined;
  } catch {
    return undefined;
  }
}

/** Files of a delivery are where its tools look for them: beside the output folder. */
const beside = /^\.\.\/((build|deploy)spec\.yml|\.github\/workflows\/[\w-]+\.yml)$/;

/** A path that leads out of the folder would have another file removed. */
function isEntry([path, hash]: [string, unknown]): boolean {
  const isBelow = /^[^/\\:]+(\/[^/\\:]+)*$/.test(path) && !path.split('/').includes('..');
  return (isBelow || beside.test(path)) && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash);
}
