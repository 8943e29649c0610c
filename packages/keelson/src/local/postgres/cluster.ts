import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, program } from './binaries.ts';
import { childOptions } from './child.ts';
import type { OsUser } from './os-user.ts';
import { LocalPostgresError } from './postgres-error.ts';
import { removeFolder } from './remove-folder.ts';

const run = promisify(execFile);

/** The superuser. Names of apps hold no underscore, so none is called like this. */
export const superuser = 'keelson_admin';

export function hasCluster(dataDir: string): boolean {
  return existsSync(join(dataDir, 'PG_VERSION'));
}

/**
 * Makes the cluster under another name and renames it when it is whole: what a killed run left half made is never taken
 * for data. Sorts text as `en-US` does, like a database on RDS, where the build knows ICU.
 */
export async function createCluster(
  binaries: Binaries,
  dataDir: string,
  password: string,
  user: OsUser | undefined,
): Promise<void> {
  await removeHalfMade(dataDir);
  const draft = `${dataDir}.${randomUUID()}`;
  const passwordFile = `${draft}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    await initdb(binaries, draft, passwordFile, user);
    renameSync(draft, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Without --no-sync a first start takes half as long again. What it leaves to the kernel is an empty cluster, which only a
 * power failure in the seconds after it can hurt; what is written later is synced.
 */
async function initdb(
  binaries: Binaries,
  dataDir: string,
  passwordFile: string,
  user: OsUser | undefined,
): Promise<void> {
  const base = ['-D', dataDir, '-U', superuser, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const options = [...base, '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  const icu = ['--locale-provider=icu', '--icu-locale=en-US'];
  const attempt = (args: string[]) => run(program(binaries.bin, 'initdb'), args, childOptions(user));
  try {
    await attempt([...options, ...icu]).catch(() => {
      rmSync(dataDir, { recursive: true, force: true });
      return attempt(options);
    });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new LocalPostgresError(
      `PostgreSQL could not make its data directory ${dataDir}: ${stderr?.trim() || (error as Error).message}`,
      'Check that the disk has room and allows writing, or set DATABASE_URL to a server you have.',
    );
  }
}

/** Data of another major version cannot be read by this server. */
export function checkVersion(binaries: Binaries, dataDir: string): void {
  const made = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (Number.parseInt(made, 10) === Number.parseInt(binaries.version, 10)) return;
  throw new LocalPostgresError(
    `The local data was made by PostgreSQL ${made}; this is ${binaries.version}, which cannot read it.`,
    `Run \`npx keelson dev --fresh\` to begin with an empty database, or name the older server's folder in KEELSON_POSTGRES_BIN.`,
  );
}

async function removeHalfMade(dataDir: string): Promise<void> {
  for (const entry of readdirSync(dirname(dataDir))) {
    if (entry.startsWith(`${basename(dataDir)}.`)) await removeFolder(join(dirname(dataDir), entry));
  }
}
