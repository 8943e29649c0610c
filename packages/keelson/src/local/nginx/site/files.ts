import { constants, realpathSync } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { sep } from 'node:path';

export interface SiteFile {
  readonly handle: FileHandle;
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
}

/** What stands at a path; a status where it cannot be had. */
export type Found = { readonly file: SiteFile } | { readonly isFolder: true } | { readonly status: number };

const nonBlocking = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const statuses: Readonly<Record<string, number>> = {
  ENOENT: 404,
  ENOTDIR: 404,
  ENAMETOOLONG: 404,
  EACCES: 403,
  ELOOP: 403,
};

/**
 * Opens what the root has at a path. A link that leads out of the root is refused: what it leads to is not in the image.
 * @param uri one character is one byte
 */
export async function findFile(root: string, uri: string): Promise<Found> {
  try {
    const real = await realpath(Buffer.from(`${Buffer.from(root).toString('latin1')}${uri}`, 'latin1'), 'utf8');
    const base = realpathSync(root);
    if (real !== base && !real.startsWith(base + sep)) return { status: 403 };
    return await opened(real);
  } catch (error) {
    return { status: statuses[(error as NodeJS.ErrnoException).code ?? ''] ?? 500 };
  }
}

async function opened(path: string): Promise<Found> {
  // Not to wait for whoever writes to a pipe.
  const handle = await open(path, nonBlocking);
  const stat = await handle.stat();
  if (stat.isFile()) return { file: { handle, size: stat.size, modified: Math.floor(stat.mtimeMs / 1000) } };
  await handle.close();
  return stat.isDirectory() ? { isFolder: true } : { status: 404 };
}

/** Closes what was opened to look at it. */
export async function forget(found: Found): Promise<void> {
  if ('file' in found) await found.file.handle.close();
}
