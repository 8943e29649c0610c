import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fromSource } from '../../from-source.ts';

interface Manifest {
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * The file that starts a service, of the very `@keelson/runtime` that the service imports: two copies would not know of one
 * another.
 */
export function runFile(root: string): string {
  const manifest = runtimeManifest(root);
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  const file = exports['./run']?.[fromSource ? 'keelson-source' : 'default'] ?? './dist/run.js';
  return join(dirname(manifest), file);
}

function runtimeManifest(root: string): string {
  try {
    return createRequire(join(root, 'package.json')).resolve('@keelson/runtime/package.json');
  } catch {
    return createRequire(import.meta.url).resolve('@keelson/runtime/package.json');
  }
}
