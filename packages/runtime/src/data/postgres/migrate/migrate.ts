import type { Migration } from 'kysely';
import type { Env } from '../../../config/boot.ts';
import { systemMigrations } from '../system-migrations/index.ts';
import { editedSince, rememberHashes } from './edited.ts';
import { type FoundMigration, type ImportFile, readFolder } from './folder.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { type OpenDatabase, withDatabase } from './open-database.ts';
import { newerThan } from './newer.ts';
import { applySet, type MigrationSet, type MigrationStep, pendingOf } from './run-set.ts';

export interface MigrateOptions {
  /** Names the database, as in a service: `DATABASE_URL`, or `DATABASE_AUTH=iam` with `PGHOST` … @default process.env */
  readonly env?: Env;
  /** Folder of the app's migrations; each file exports `up`, and `down` where it can be undone. */
  readonly folder?: string;
  /** The app's migrations by name, instead of a folder: for a bundle. */
  readonly migrations?: Readonly<Record<string, Migration>>;
  /** Loads a file of the folder. @default `import()`, which needs JavaScript or a loader */
  readonly importFile?: ImportFile;
  /** Writes nothing; `steps` is what would be done. @default false */
  readonly dryRun?: boolean;
  /**
   * Leaves a database as it is that has every one of these migrations and only later ones besides: for going back to an
   * earlier version. One that is missing between them, or one of these that was never applied, is an error as ever.
   * @default false
   */
  readonly keepNewer?: boolean;
  /** Called when another run has to be waited for. */
  readonly onWait?: () => void;
}

export interface MigrateResult {
  /** What was applied, or is pending in a dry run, in order. */
  readonly steps: readonly MigrationStep[];
  /** Migrations of the folder whose file was changed after they were applied. */
  readonly edited: readonly string[];
  /** Applied migrations that are newer than all of these, where `keepNewer` leaves them. */
  readonly newer: readonly string[];
}

const system: MigrationSet = { owner: 'keelson', table: 'keelson_system_migration', migrations: systemMigrations };

/**
 * Brings a database to the newest migration: Keelson's own tables first, then the app's migrations. Each of the two is one
 * transaction. A second run at the same time waits for the first.
 *
 * @throws MigrationError naming the migration and its file
 * @throws ConfigError the environment names no database
 * @throws KeelsonError `DATABASE_UNAVAILABLE`
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const found = options.folder === undefined ? {} : await readFolder(options.folder, options.importFile);
  const app: MigrationSet = {
    owner: 'app',
    table: 'kysely_migration',
    migrations: { ...options.migrations, ...found },
  };
  return withDatabase(options.env ?? process.env, async (database) => {
    if (options.dryRun) return list(database, app);
    return oneAtATime(database.pool, options.onWait ?? (() => {}), () =>
      apply(database, app, found, options.keepNewer ?? false),
    );
  });
}

async function list(database: OpenDatabase, app: MigrationSet): Promise<MigrateResult> {
  return {
    steps: [...(await pendingOf(database, system)), ...(await pendingOf(database, app))],
    edited: [],
    newer: [],
  };
}

async function apply(
  database: OpenDatabase,
  app: MigrationSet,
  found: Readonly<Record<string, FoundMigration>>,
  keepNewer: boolean,
): Promise<MigrateResult> {
  const applyOrKeep = async (set: MigrationSet) => {
    const newer = keepNewer ? await newerThan(database, set) : [];
    return { newer, steps: newer.length > 0 ? [] : await applySet(database, set) };
  };
  const own = await applyOrKeep(system);
  const edited = await editedSince(database, found);
  const { steps, newer } = await applyOrKeep(app);
  await rememberHashes(
    database,
    found,
    steps.map(({ name }) => name),
  );
  return { steps: [...own.steps, ...steps], edited, newer: [...own.newer, ...newer] };
}
