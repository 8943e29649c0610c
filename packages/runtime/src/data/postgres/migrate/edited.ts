import type { FoundMigration } from './folder.ts';
import type { OpenDatabase } from './open-database.ts';

/** Names of the applied migrations whose file is not what it was then. */
export async function editedSince(
  { db }: OpenDatabase,
  found: Readonly<Record<string, FoundMigration>>,
): Promise<string[]> {
  const known = await db.selectFrom('keelson_migration_hash').selectAll().execute();
  return known
    .filter(({ name, hash }) => found[name] !== undefined && found[name].hash !== hash)
    .map(({ name }) => name);
}

export async function rememberHashes(
  { db }: OpenDatabase,
  found: Readonly<Record<string, FoundMigration>>,
  applied: readonly string[],
): Promise<void> {
  const rows = applied.flatMap((name) => (found[name] ? [{ name, hash: found[name].hash }] : []));
  if (rows.length === 0) return;
  await db
    .insertInto('keelson_migration_hash')
    .values(rows)
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ hash: eb.ref('excluded.hash') })))
    .execute();
}
