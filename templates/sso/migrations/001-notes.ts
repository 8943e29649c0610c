import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notes')
    .addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('owner_iss', 'text', (column) => column.notNull())
    .addColumn('owner_sub', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull().check(sql`char_length(text) between 1 and 1000`))
    .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .execute();
  // Serves the one question asked of the table: this person's notes, newest first.
  await db.schema.createIndex('notes_owner').on('notes').columns(['owner_iss', 'owner_sub', 'id desc']).execute();
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('notes').execute();
}
