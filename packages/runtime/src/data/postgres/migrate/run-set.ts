import { type Migration, type MigrationResultSet, Migrator } from 'kysely';
import { MigrationError } from './migration-error.ts';
import type { OpenDatabase } from './open-database.ts';

/** Migrations that are recorded in one table. */
export interface MigrationSet {
  readonly owner: 'keelson' | 'app';
  readonly table: string;
  readonly migrations: Readonly<Record<string, Migration & { readonly file?: string }>>;
}

export interface MigrationStep {
  /** `keelson` for Keelson's own tables. */
  readonly owner: 'keelson' | 'app';
  readonly name: string;
  readonly file?: string;
}

/** Applies what is missing, in one transaction: all of it or nothing. */
export async function applySet({ db }: OpenDatabase, set: MigrationSet): Promise<MigrationStep[]> {
  const { error, results = [] } = await migrator(db, set).migrateToLatest();
  if (error) throw explain(set, error, results);
  return results.map(({ migrationName }) => step(set, migrationName));
}

/** What `applySet` would do. Writes nothing. */
export async function pendingOf({ db }: OpenDatabase, set: MigrationSet): Promise<MigrationStep[]> {
  const infos = await migrator(db, set).getMigrations();
  return infos.filter(({ executedAt }) => !executedAt).map(({ name }) => step(set, name));
}

function migrator(db: OpenDatabase['db'], { table, migrations }: MigrationSet): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableName: table,
    migrationLockTableName: `${table}_lock`,
    nameComparator: (a, b) => (a < b ? -1 : Number(a > b)),
  });
}

function step({ owner, migrations }: MigrationSet, name: string): MigrationStep {
  const file = migrations[name]?.file;
  return { owner, name, ...(file === undefined ? {} : { file }) };
}

function explain(set: MigrationSet, error: unknown, results: MigrationResultSet['results'] = []): unknown {
  const failed = results.find(({ status }) => status === 'Error');
  if (failed) return failure(set, failed.migrationName, error);
  const message = error instanceof Error ? error.message : '';
  const missing = /previously executed migration (.+) is missing/.exec(message)?.[1];
  if (missing) {
    return new MigrationError(
      `The migration ${missing} was applied to this database, but is not there any more.`,
      'Bring its file back. Locally you can begin with an empty database instead: `keelson dev --fresh`.',
      error,
    );
  }
  const [, applied, early] =
    /expected previously executed migration (.+) to be .* but (.+) was found in/.exec(message) ?? [];
  if (early) {
    return new MigrationError(
      `The migration ${early} was never applied, but its name sorts before ${applied}, which was.`,
      'Rename it so that it sorts last. Locally you can begin with an empty database instead: `keelson dev --fresh`.',
      error,
    );
  }
  return error;
}

function failure(set: MigrationSet, name: string, error: unknown): MigrationError {
  const file = set.migrations[name]?.file;
  const reason = error instanceof Error ? error.message : String(error);
  return new MigrationError(
    `The migration ${name} failed${file ? ` (${file})` : ''}: ${reason}`,
    'Nothing was changed: the migrations of this run were rolled back. Correct it and run again.',
    error,
  );
}
