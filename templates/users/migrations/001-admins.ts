import { createAccountTables, dropAccountTables } from '@keelson/runtime/accounts';
import type { Kysely } from 'kysely';

/** The administrators, their sessions and links, and the audit table. */
export const up = (db: Kysely<unknown>): Promise<void> => createAccountTables(db, { table: 'admins' });
export const down = (db: Kysely<unknown>): Promise<void> => dropAccountTables(db, { table: 'admins' });
