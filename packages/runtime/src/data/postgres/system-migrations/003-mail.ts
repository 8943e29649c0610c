import { type Kysely, sql } from 'kysely';

/** Mail that is to be sent. A row without `next_attempt_at` is done with, and its contents are gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('keelson_mail')
    .addColumn('id', 'uuid', (column) => column.primaryKey())
    .addColumn('message_id', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('text', 'text')
    .addColumn('html', 'text')
    .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('next_attempt_at', 'timestamptz', (column) => column.defaultTo(sql`now()`))
    .addColumn('claim', 'uuid')
    .addColumn('unreachable', 'boolean', (column) => column.notNull().defaultTo(false))
    .addColumn('last_error', 'text')
    .addColumn('sent_at', 'timestamptz')
    .addColumn('given_up_at', 'timestamptz')
    .execute();
  await sql`create index keelson_mail_due on keelson_mail (next_attempt_at) where next_attempt_at is not null`.execute(
    db,
  );
  await sql`create index keelson_mail_done on keelson_mail (created_at) where next_attempt_at is null`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropTable('keelson_mail').execute();
}
