import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { App, Problem } from '@keelson/contract';
import { templatesFolder } from '../new/template-files.ts';
import { isIgnored } from './docker-ignore.ts';
import type { ImageFile } from './files.ts';

/** What would make `docker build` fail, or its image: found before anything is written. */
export function imageProblems(
  app: App,
  services: readonly string[],
  root: string,
  files: readonly ImageFile[],
): Problem[] {
  return [...noLockFile(root, files), ...services.flatMap((service) => unreadable(app, service, root))];
}

function noLockFile(root: string, files: readonly ImageFile[]): Problem[] {
  const installs = files.some(({ text }) => /^RUN npm ci\b/m.test(text));
  if (!installs || existsSync(join(root, 'package-lock.json'))) return [];
  return [
    { path: 'package-lock.json', message: 'is missing, and `npm ci` installs from it', hint: lockFileHint(root) },
  ];
}

/** A template in a clone is one workspace of several: `npm install` makes no lock file there. */
function lockFileHint(root: string): string {
  if (dirname(root) !== resolve(templatesFolder)) return 'Make it with `npm install`, and commit it.';
  const template = basename(root);
  return `This is Keelson's own repository. Make a project of your own, and build there: npx keelson new ../../../my-${template} --template ${template}`;
}

/** Files are copied with their rights, and nginx is another user than their owner. */
function unreadable(app: App, service: string, root: string): Problem[] {
  const { server, source = '' } = app.services[service] ?? {};
  if (server !== 'nginx' || process.platform === 'win32') return [];
  const folder = join(root, source);
  const closed = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const stat = statSync(join(folder, name));
    const needed = stat.isDirectory() ? 0o5 : 0o4;
    return (stat.mode & needed) !== needed;
  });
  const [first] = closed;
  if (first === undefined) return [];
  const more = closed.length > 1 ? ` and ${closed.length - 1} more` : '';
  return [
    {
      path: `services.${service}.source`,
      message: `nginx in the image, which is another user, could not read ${join(source, first)}${more}`,
      hint: `Let everybody read: chmod -R a+rX ${source}`,
    },
  ];
}

/** Files with secrets that the project's own `.dockerignore` lets into the build. */
export function exposed(root: string, dockerIgnore: string): string[] {
  return ['.env', '.keelson', '.git'].filter((name) => existsSync(join(root, name)) && !isIgnored(dockerIgnore, name));
}
