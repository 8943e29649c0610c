import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Io } from '../../io.ts';

/** Path of psql on PATH; `undefined` without one. */
export function findPsql({ PATH = '' }: Io['env']): string | undefined {
  const names = process.platform === 'win32' ? ['psql.exe'] : ['psql'];
  return PATH.split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The password goes by the environment: everyone on the machine can read a process's arguments. @returns its exit code */
export function openPsql(file: string, url: string, { env, onStop }: Io): Promise<number> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  // Ctrl-C is psql's: it cancels a query there.
  const ignore = onStop(() => {});
  return new Promise<number>((resolve, reject) => {
    const child = spawn(file, [address.href], { stdio: 'inherit', env: { ...env, PGPASSWORD: password } });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  }).finally(ignore);
}
