import type { OsUser } from './os-user.ts';

const passedOn = ['PATH', 'TMPDIR', 'TMP', 'TEMP', 'SystemRoot', 'SYSTEMROOT', 'ComSpec'];

/**
 * How every program of PostgreSQL is run: as the server's user, in a folder anyone may enter, and without the caller's
 * `PG*`, `LD_*` and locale variables, each of which changes what the programs do.
 */
export function childOptions(user: OsUser | undefined): {
  cwd?: string;
  env: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
} {
  const kept = passedOn.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const env = { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
  return {
    env,
    ...(process.platform === 'win32' ? {} : { cwd: '/' }),
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  };
}
