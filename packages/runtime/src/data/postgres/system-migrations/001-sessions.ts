import type { Kysely } from 'kysely';

/** What must outlive a process so that a logout holds everywhere: the session store's two tables. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('keelson_sessions')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('not_before', 'timestamptz', (column) => column.notNull())
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('keelson_once')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .execute();
  for (const table of ['keelson_sessions', 'keelson_once']) {
    await db.schema.createIndex(`${table}_expires_at`).on(table).column('expires_at').execute();
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('keelson_once').execute();
  await db.schema.dropTable('keelson_sessions').execute();
}
