import type { QueryExecutorProvider } from 'kysely';

/** Where a statement runs: the database or a transaction. */
export type Executor = QueryExecutorProvider;

/** The part of `postgres()` that accounts need; any Kysely instance has it. */
export interface Database extends Executor {
  transaction(): { execute<T>(run: (transaction: Executor) => Promise<T>): Promise<T> };
}
