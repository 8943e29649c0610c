import type { Postgres } from '@keelson/runtime/postgres';
import type { Generated, Kysely, Selectable } from 'kysely';

/** The service's own tables as Kysely sees them; those of the administrators belong to the runtime. */
export interface Database {
  users: UsersTable;
}

interface UsersTable {
  id: Generated<number>;
  /** As `normalizeEmail` spells it. */
  email: string;
  active: Generated<boolean>;
  created_at: Generated<Date>;
  updated_at: Generated<Date>;
}

export type Db = Postgres<Database>;
/** The database or a transaction. */
export type Executor = Kysely<Database>;
export type User = Pick<Selectable<UsersTable>, 'id' | 'email' | 'active'>;
