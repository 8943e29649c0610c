import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
  /** Importing file, relative to the repository, with `/`. */
  readonly from: string;
  /** What it imports: a file relative to the repository, or a package specifier. */
  readonly to: string;
}

/** Every static and dynamic import of the TypeScript files under `folder` (relative to the repository). */
export function importsUnder(folder: string): Import[] {
  return sourceFiles(folder).flatMap((file) =>
    specifiers(readFileSync(join(repository, file), 'utf8')).map((specifier) => ({
      from: file,
      to: specifier.startsWith('.') ? posix(join(dirname(file), specifier)) : specifier,
    })),
  );
}

const skipped = new Set(['node_modules', 'dist', '.keelson']);

function sourceFiles(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourceFiles(path);
    return path.endsWith('.ts') ? [posix(relative(repository, join(repository, path)))] : [];
  });
}

const importForms = [
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
];

function specifiers(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  return importForms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? ''));
}

function posix(path: string): string {
  return path.split(sep).join('/');
}
