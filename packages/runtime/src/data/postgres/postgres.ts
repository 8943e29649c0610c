import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { currentBoot } from '../../config/boot.ts';
import { connectionSource } from './connection/from-env.ts';
import { kyselyPool } from './pool/kysely-pool.ts';
import { createPool, type Pool } from './pool/pool.ts';

export interface PostgresOptions {
  /** Connections at most. @default 10 */
  readonly max?: number;
  /** Milliseconds that opening a connection may take; a paused Aurora needs about 15 s to resume. @default 25_000 */
  readonly connectTimeout?: number;
  /** Milliseconds to wait for a connection while all are in use. @default 2_000 */
  readonly acquireTimeout?: number;
  /** Milliseconds after which an idle connection is given back, so that Aurora can pause. @default 10_000 */
  readonly idleTimeout?: number;
  /** Milliseconds after which the server ends a statement; 0 sets no limit. @default 25_000 */
  readonly statementTimeout?: number;
}

/**
 * A Kysely instance with the one thing more that plain SQL needs. Types that JavaScript has no match for: `bigint` and
 * `numeric` arrive as text, `timestamptz` as `Date`, `date` as text.
 */
export interface Postgres<DB> extends Kysely<DB> {
  /**
   * Runs one statement with `$1` parameters on any connection.
   * @throws KeelsonError `DATABASE_UNAVAILABLE`, `OVERLOADED` (deadlock, serialization failure)
   */
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
}

/**
 * The app's PostgreSQL as a typed Kysely instance. Connects at the first query, to what `DATABASE_URL` says
 * (`DATABASE_URL_SECRET_ARN`), or `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER` with `DATABASE_AUTH=iam`.
 *
 * While the database is away, queries reject with `DATABASE_UNAVAILABLE` (503 and `Retry-After`). Other errors of the
 * database are passed on without the values they repeat; {@link sqlState} gives their SQLSTATE.
 *
 * @param name the resource's name in `keelson.config.ts`; names it in `/ready`
 * @example
 * const db = postgres<Database>('db');
 * const notes = await db.selectFrom('notes').selectAll().where('owner', '=', sub).execute();
 */
export function postgres<DB>(name = 'db', options: PostgresOptions = {}): Postgres<DB> {
  const boot = currentBoot();
  const pool = createPool(
    connectionSource(boot),
    settings(options, boot.env['KEELSON_SERVICE'] ?? 'keelson'),
    boot.log,
  );
  boot.onClose(() => pool.end());
  boot.readiness(name, async () => void (await pool.query('select 1')));
  return new PostgresDatabase<DB>(pool);
}

class PostgresDatabase<DB> extends Kysely<DB> implements Postgres<DB> {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    super({ dialect: new PostgresDialect({ pool: kyselyPool(pool) }) });
    this.#pool = pool;
  }

  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<pg.QueryResult<Row>> {
    return this.#pool.query<Row>(text, values);
  }
}

function settings(options: PostgresOptions, applicationName: string) {
  return {
    max: options.max ?? 10,
    connectTimeout: options.connectTimeout ?? 25_000,
    acquireTimeout: options.acquireTimeout ?? 2_000,
    idleTimeout: options.idleTimeout ?? 10_000,
    statementTimeout: options.statementTimeout ?? 25_000,
    applicationName,
  };
}
