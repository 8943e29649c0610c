import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { Lease } from './lease.ts';
import type { Pool } from './pool.ts';

/** The pool as Kysely's dialect wants it. */
export function kyselyPool(pool: Pool): PostgresPool {
  return { connect: async () => new KyselyClient(await pool.connect()), end: () => pool.end() };
}

class KyselyClient implements PostgresPoolClient {
  readonly #lease: Lease;

  constructor(lease: Lease) {
    this.#lease = lease;
  }

  query<Row>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  query<Row>(text: string | PostgresCursor<Row>, values: readonly unknown[] = []) {
    // Kysely asks for a cursor only when the dialect was given its class.
    if (typeof text !== 'string') return text;
    return this.#lease.query(text, values) as Promise<unknown> as Promise<PostgresQueryResult<Row>>;
  }

  release(): void {
    this.#lease.release();
  }
}
