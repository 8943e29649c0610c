import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Nginx {
  readonly path: string;
  /** `1.22.1` */
  readonly version: string;
  /** Parts it was built without: `uwsgi`. */
  readonly without: readonly string[];
}

/** Where Debian and others keep it, which is not in everybody's `PATH`, though in that of whoever may start servers. */
const systemFolder = '/usr/sbin';

/**
 * The nginx of this machine. `KEELSON_NGINX=off` hides it; any other value is the one to use.
 * @returns `undefined`: there is none, and files are served by Keelson itself
 */
export function findNginx(env: Readonly<Record<string, string | undefined>>): Nginx | undefined {
  const asked = env['KEELSON_NGINX'];
  if (asked === 'off' || process.platform === 'win32') return undefined;
  const path = asked || pathOf(env['PATH'] ?? '');
  if (path === undefined) return undefined;
  const { stderr, status } = spawnSync(path, ['-V'], { encoding: 'utf8', timeout: 5_000 });
  const version = /nginx\/([0-9.]+)/.exec(stderr ?? '')?.[1];
  if (status !== 0 || version === undefined) return undefined;
  return {
    path,
    version,
    without: [...stderr.matchAll(/--without-http_([a-z]+)_module/g)].map(([, part = '']) => part),
  };
}

function pathOf(list: string): string | undefined {
  const folders = list.split(delimiter).filter((folder) => folder !== '');
  return [...folders, ...(folders.includes('/usr/bin') ? [systemFolder] : [])]
    .map((folder) => join(folder, 'nginx'))
    .find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
