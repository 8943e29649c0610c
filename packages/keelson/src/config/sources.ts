import { statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Problem } from '@keelson/contract';

interface Service {
  readonly source?: unknown;
  readonly server?: unknown;
}

/**
 * What the schema cannot know: whether the services' files are there.
 * @param only the one service to look at. @default all of them
 */
export function missingSources(value: unknown, root: string, only?: string): Problem[] {
  const services = (value as { services?: Record<string, Service | null> } | null)?.services ?? {};
  if (typeof services !== 'object') return [];
  return Object.entries(services).flatMap(([name, service]) => {
    const source = service?.source;
    if (typeof source !== 'string' || source === '' || (only !== undefined && name !== only)) return [];
    const path = `services.${name}.source`;
    const place = resolve(root, source);
    if (isOutside(root, place)) return [outside(path, source)];
    return service?.server === 'nginx' ? missingSite(path, source, place) : missingFile(path, source, place);
  });
}

function isOutside(root: string, place: string): boolean {
  const way = relative(root, place);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

/** An image is built from what is in the project's folder, and nothing beside it. */
function outside(path: string, source: string): Problem {
  const hint = 'Move it into the folder of keelson.config.ts, and write its path from there.';
  return { path, message: `${source} is outside of the project`, hint };
}

function missingFile(path: string, source: string, place: string): Problem[] {
  const kind = kindOf(place);
  if (kind === 'file') return [];
  const hint =
    kind === 'folder'
      ? "It is a folder: name the entry file in it, or write `server: 'nginx'` for a folder of files."
      : `It is looked for at ${place}.`;
  return [{ path, message: `there is no file ${source}`, hint }];
}

/** nginx serves `public/` by the rules of `nginx.conf`. */
function missingSite(path: string, source: string, place: string): Problem[] {
  const needed = [
    { name: 'nginx.conf', kind: 'file', message: `there is no ${join(source, 'nginx.conf')}` },
    { name: 'public', kind: 'folder', message: `there is no folder ${join(source, 'public')}` },
  ];
  return needed
    .filter(({ name, kind }) => kindOf(join(place, name)) !== kind)
    .map(({ name, message }) => ({ path, message, hint: `It is looked for at ${join(place, name)}.` }));
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return 'file';
  return found?.isDirectory() ? 'folder' : undefined;
}
