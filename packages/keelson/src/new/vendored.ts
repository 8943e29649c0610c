import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromSource } from '../from-source.ts';

/**
 * Packed packages of Keelson's that lie in the project this command is installed in; none where it came from a registry, or is
 * a clone's.
 * @returns absolute paths
 */
export function vendoredPackages(): string[] {
  const [project, ...rest] = fileURLToPath(import.meta.url).split(/[\\/]node_modules[\\/]/);
  if (fromSource || project === undefined || rest.length === 0) return [];
  const folder = join(project, 'vendor');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^keelson-[\w.-]+\.tgz$/.test(name))
    .map((name) => join(folder, name));
}

/** Gives a new project the same: its lock file then names nothing outside of it. */
export function copyVendored(project: string): void {
  for (const file of vendoredPackages()) {
    mkdirSync(join(project, 'vendor'), { recursive: true });
    copyFileSync(file, join(project, 'vendor', basename(file)));
  }
}
