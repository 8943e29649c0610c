import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePrograms } from '../../packages/keelson/src/build/program-bundle.ts';

/** Bundles a program into `folder` the way an image carries it: one entry file each, what is loaded on demand apart. */
export async function bundle(entries: Readonly<Record<string, string>>, folder: string): Promise<void> {
  await bundlePrograms({ entries, outdir: folder, conditions: ['keelson-source'], extension: '.mjs' });
}

/** Bytes of all files under `folder`, or of those that `counts` accepts. */
export function sizeOf(folder: string, counts: (path: string) => boolean = () => true): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sum + sizeOf(path, counts);
    return entry.isFile() && counts(path) ? sum + statSync(path).size : sum;
  }, 0);
}
