import { KeelsonError } from '@keelson/runtime';
import { sqlState } from '@keelson/runtime/postgres';
import { sql } from 'kysely';
import type { Executor, User } from './database.ts';

const columns = ['id', 'email', 'active'] as const;

/** @throws KeelsonError `CONFLICT` when the address has a user */
export async function insertUser(db: Executor, email: string): Promise<User> {
  return db.insertInto('users').values({ email }).returning(columns).executeTakeFirstOrThrow().catch(explain);
}

/** @throws KeelsonError `NOT_FOUND` */
export async function findUser(db: Executor, id: number): Promise<User> {
  return existing(await db.selectFrom('users').select(columns).where('id', '=', id).executeTakeFirst());
}

/** @throws KeelsonError `NOT_FOUND`; `CONFLICT` when the address has another user */
export async function updateUser(db: Executor, id: number, changes: Partial<Omit<User, 'id'>>): Promise<User> {
  const query = db
    .updateTable('users')
    .set({ ...changes, updated_at: sql`now()` })
    .where('id', '=', id)
    .returning(columns);
  return existing(await query.executeTakeFirst().catch(explain));
}

/** @throws KeelsonError `NOT_FOUND` */
export async function deleteUser(db: Executor, id: number): Promise<User> {
  return existing(await db.deleteFrom('users').where('id', '=', id).returning(columns).executeTakeFirst());
}

export interface PageOf {
  readonly limit: number;
  /** Only users older than the one with this id. */
  readonly before?: number;
  /** Part of the address. */
  readonly search?: string;
}

/** Newest first. */
export function listUsers(db: Executor, { limit, before, search }: PageOf): Promise<User[]> {
  let query = db.selectFrom('users').select(columns).orderBy('id', 'desc').limit(limit);
  if (before !== undefined) query = query.where('id', '<', before);
  // `position` has no wildcards that somebody's text could be taken for.
  if (search !== undefined) query = query.where(sql<boolean>`position(${search.toLowerCase()} in email) > 0`);
  return query.execute();
}

function existing<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new KeelsonError('NOT_FOUND');
  return row;
}

function explain(error: unknown): never {
  if (sqlState(error) !== '23505') throw error;
  const errors = [{ path: 'body/email', message: 'has a user already' }];
  throw new KeelsonError('CONFLICT', { detail: 'the address has a user', extensions: { errors } });
}
