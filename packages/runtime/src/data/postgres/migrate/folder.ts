import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Migration } from 'kysely';
import { MigrationError } from './migration-error.ts';

export interface FoundMigration extends Migration {
  readonly file: string;
  /** SHA-256 of the file, whatever its line endings. */
  readonly hash: string;
}

export type ImportFile = (file: string) => Promise<Readonly<Record<string, unknown>>>;

/**
 * The files of a folder's migrations, by their name without its ending. A folder that is not there has none.
 * @throws MigrationError two files of one name
 */
export function migrationFiles(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of existsSync(folder) ? readdirSync(folder).sort() : []) {
    if (!/^[^._].*\.[cm]?[jt]s$/.test(entry) || /\.d\.[cm]?ts$/.test(entry)) continue;
    const file = resolve(folder, entry);
    const { name } = parse(entry);
    const other = files[name];
    if (other) throw new MigrationError(`${file} and ${other} are the same migration.`, 'Remove one of them.');
    files[name] = file;
  }
  return files;
}

/** The migrations of a folder, loaded. @throws MigrationError */
export async function readFolder(
  folder: string,
  importFile: ImportFile = importAsIs,
): Promise<Record<string, FoundMigration>> {
  const migrations: Record<string, FoundMigration> = {};
  for (const [name, file] of Object.entries(migrationFiles(folder))) {
    migrations[name] = await readMigration(file, importFile);
  }
  return migrations;
}

async function readMigration(file: string, importFile: ImportFile): Promise<FoundMigration> {
  const exported = await importFile(file).catch((error: unknown) => {
    throw new MigrationError(`${file} cannot be loaded: ${(error as Error).message}`, 'Nothing was changed.', error);
  });
  const { up, down } = exported as { up?: unknown; down?: unknown };
  if (!isStep(up)) {
    throw new MigrationError(
      `${file} exports no function \`up\`.`,
      'Write `export async function up(db: Kysely<unknown>) { … }`.',
    );
  }
  return { up, ...(isStep(down) ? { down } : {}), file, hash: hashOf(file) };
}

function isStep(value: unknown): value is Migration['up'] {
  return typeof value === 'function';
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file, 'utf8').replaceAll('\r\n', '\n')).digest('hex');
}

function importAsIs(file: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(join(file)).href) as Promise<Record<string, unknown>>;
}
