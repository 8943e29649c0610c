import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, dockerfileOf } from '@keelson/contract';
import type { LoadedApp } from '../config/load.ts';
import { withFiles } from '../file-trouble.ts';
import { dockerIgnoreText } from './docker-ignore.ts';
import { UserError } from '../user-error.ts';
import { dockerfileText } from './dockerfile.ts';

export interface ImageFile {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
  /** It is the project's own, and stays as it is. */
  readonly isThere: boolean;
}

/** The Dockerfiles of the services and the `.dockerignore`: the project's own, or what will be written. */
export function imageFiles({ app, root }: LoadedApp, services: readonly string[]): ImageFile[] {
  return [
    ...services.map((service) =>
      fileAt(root, dockerfileOf(app.services, service), () => generated(app, service, root)),
    ),
    fileAt(root, '.dockerignore', () => dockerIgnoreText),
  ];
}

function generated(app: App, service: string, root: string): string {
  return dockerfileText({ app, service, root });
}

const otherName = 'Give the folder another name; a file is then made.';

function fileAt(root: string, path: string, text: () => string): ImageFile {
  const file = join(root, path);
  if (!existsSync(file)) return { path, text: text(), isThere: false };
  if (statSync(file).isDirectory())
    throw new UserError(`${path} is a folder, and the build needs a file there.`, otherName);
  const read = () => readFileSync(file, 'utf8');
  return { path, text: withFiles(`${path} cannot be read`, 'Let its owner give it to you.', read), isThere: true };
}

/** Writes those that are not there. */
export function writeImageFiles(root: string, files: readonly ImageFile[]): void {
  for (const { path, text } of files.filter(({ isThere }) => !isThere)) {
    // Another program may have made it meanwhile.
    const write = () => writeFileSync(join(root, path), text, { flag: 'wx' });
    withFiles(`${path} cannot be written`, 'Build in a copy of the project that is yours.', write);
  }
}
