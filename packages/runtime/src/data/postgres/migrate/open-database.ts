import { Kysely, PostgresDialect } from 'kysely';
import { createBootScope, type Env } from '../../../config/boot.ts';
import { ConfigError } from '../../../errors/index.ts';
import { connectionSource } from '../connection/from-env.ts';
import { kyselyPool } from '../pool/kysely-pool.ts';
import { createPool, type Pool } from '../pool/pool.ts';

export interface OpenDatabase {
  readonly pool: Pool;
  readonly db: Kysely<HashTable>;
}

export interface HashTable {
  keelson_migration_hash: { name: string; hash: string };
}

/** No limits of time: a migration may take what it takes, and one run waits for another. */
const settings = {
  max: 4,
  connectTimeout: 25_000,
  acquireTimeout: 10_000,
  idleTimeout: 10_000,
  statementTimeout: 0,
  applicationName: 'keelson migrate',
};

/** Gives the database that `env` names to `use`, and closes it afterwards. @throws ConfigError */
export async function withDatabase<T>(env: Env, use: (database: OpenDatabase) => Promise<T>): Promise<T> {
  const scope = createBootScope(env);
  const source = connectionSource(scope);
  if (scope.problems.length > 0) throw new ConfigError(scope.problems);
  const pool = createPool(source, settings, scope.log);
  try {
    for (const start of scope.starters) await start();
    return await use({ pool, db: new Kysely<HashTable>({ dialect: new PostgresDialect({ pool: kyselyPool(pool) }) }) });
  } finally {
    await pool.end();
    for (const close of scope.closers) await close();
  }
}
