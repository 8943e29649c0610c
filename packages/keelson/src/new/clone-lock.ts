import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly link?: boolean;
}

/**
 * Lets a project made from a clone begin with the versions that the clone was tested with: a version that was published since
 * cannot break its first start. npm drops what the project does not need, and adds what is missing.
 */
export function lockAsInClone(project: string, repository: string): void {
  const { packages } = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as Lock;
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { name: string };
  const published = Object.entries(packages).filter(
    ([place, { link }]) => place.startsWith('node_modules/') && link !== true,
  );
  const lock = {
    name: manifest.name,
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, ...Object.fromEntries(published) },
  };
  writeFileSync(join(project, 'package-lock.json'), `${JSON.stringify(lock, undefined, 2)}\n`);
}
