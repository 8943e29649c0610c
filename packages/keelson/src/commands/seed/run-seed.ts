import { basename } from 'node:path';
import { createBootScope, runInBootScope } from '@keelson/runtime/config';
import { ConfigError } from '@keelson/runtime/errors';
import { postgres } from '@keelson/runtime/postgres';
import { type Kysely, sql } from 'kysely';
import type { Io } from '../../io.ts';
import { UserError } from '../../user-error.ts';

type Seed = (db: Kysely<unknown>) => unknown;

/**
 * Runs one seed in a transaction: all of it, or nothing. Two runs at once wait for each other.
 * @throws UserError naming the file
 */
export async function runSeed(
  file: string,
  env: Io['env'],
  importFile: (file: string) => Promise<Record<string, unknown>>,
): Promise<void> {
  const { default: seed } = await importFile(file);
  if (typeof seed !== 'function') {
    const hint = 'Write `export default async function seed(db: Kysely<Database>) { … }`.';
    throw new UserError(`${basename(file)} exports no function as its default.`, hint);
  }
  await withDatabase(env, (db) =>
    db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(hashtextextended('keelson seed', 0))`.execute(transaction);
      await runNamed(file, () => (seed as Seed)(transaction));
    }),
  );
}

async function runNamed(file: string, run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint = 'Nothing of it was kept. A seed may run many times: let it leave alone what is there already.';
    throw Object.assign(new UserError(`seeds/${basename(file)} failed: ${reason}`, hint), { cause: error });
  }
}

/** The database as a service has it, for as long as `use` takes. @throws ConfigError */
async function withDatabase(env: Io['env'], use: (db: Kysely<unknown>) => Promise<unknown>): Promise<void> {
  const scope = createBootScope(env);
  const { db } = await runInBootScope(scope, async () => ({ db: postgres<unknown>('db', { statementTimeout: 0 }) }));
  if (scope.problems.length > 0) throw new ConfigError(scope.problems);
  try {
    for (const start of scope.starters) await start();
    await use(db);
  } finally {
    for (const close of scope.closers.toReversed()) await close();
  }
}
