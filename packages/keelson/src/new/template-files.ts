import { cpSync, existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromSource } from '../from-source.ts';

/** What lies in a template's folder without being part of it: installed, built, or one person's own. */
const left = new Set(['node_modules', '.keelson', '.env', 'dist', 'coverage', '.DS_Store', '.gitignore']);
const leftEndings = /\.(tsbuildinfo|log|tgz)$/;

/** The templates of the clone, or those in the package. */
export const templatesFolder = fileURLToPath(
  new URL(fromSource ? '../../../../templates/' : '../../templates/', import.meta.url),
);

export function templateNames(folder = templatesFolder): string[] {
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json')));
}

/** Copies the files that belong to a template. */
export function copyTemplate(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (file) => file === from || isPart(basename(file)) });
}

function isPart(name: string): boolean {
  return !left.has(name) && !leftEndings.test(name);
}
