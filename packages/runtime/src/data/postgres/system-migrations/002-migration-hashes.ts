import type { Kysely } from 'kysely';

/** Lets `keelson dev` notice a migration whose file was changed after it was applied. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('keelson_migration_hash')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('keelson_migration_hash').execute();
}
