import { rmSync } from 'node:fs';
import { join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conditions, newBuildFolder } from '../../build-folder.ts';
import { fromSource } from '../../from-source.ts';
import { bundleSources } from '../../source-bundle.ts';
import { findNginx } from '../nginx/machine/find-nginx.ts';
import type { HostedSite } from '../nginx/hosted-site.ts';
import type { Runnable } from './runnable.ts';

/** A folder with `nginx.conf` and `public/`, served by the nginx of this machine or, without one, by Keelson. */
export function servedFiles(root: string, source: string, env: Readonly<Record<string, string | undefined>>): Runnable {
  const nginx = findNginx(env);
  const conf = join(normalize(source), 'nginx.conf');
  const folders: string[] = [];
  const folderOf = (start: string) => {
    const folder = newBuildFolder(start);
    folders.push(folder);
    return folder;
  };
  let host: Promise<string> | undefined;
  return {
    ahead: () => {
      host ??= hostFile(folderOf);
      host.catch(() => {});
    },
    build: async () => {
      const file = await (host ??= hostFile(folderOf));
      const site: HostedSite = { folder: join(root, source), conf, run: folderOf(root), ...(nginx && { nginx }) };
      return [file, JSON.stringify(site)];
    },
    // Files are read when they are asked for.
    reads: (file) => normalize(file) === conf,
    server: nginx ? `nginx ${nginx.version}` : `Keelson, by the rules of nginx.conf: ${whyNot(env)}`,
    withChildren: true,
    clean: async () => {
      await host?.catch(() => {});
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function whyNot({ KEELSON_NGINX: asked }: Readonly<Record<string, string | undefined>>): string {
  if (asked === 'off') return 'KEELSON_NGINX is off';
  return asked ? `KEELSON_NGINX=${asked} is no nginx` : 'this machine has no nginx';
}

/** Whether a file, relative to the app's folder, is one of the folder's. */
export function isBelow(folder: string, file: string): boolean {
  const path = relative(normalize(folder), normalize(file));
  return path !== '..' && !path.startsWith(`..${sep}`);
}

/** The built file; in a clone it is compiled first. */
async function hostFile(folderOf: (start: string) => string): Promise<string> {
  if (!fromSource) return fileURLToPath(new URL('../nginx/host.js', import.meta.url));
  const source = fileURLToPath(new URL('../nginx/host.ts', import.meta.url));
  const bundle = await bundleSources({ entries: { host: source }, outdir: folderOf(source), conditions });
  return bundle.file('host');
}
