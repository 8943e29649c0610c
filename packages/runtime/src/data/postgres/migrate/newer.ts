import { sql } from 'kysely';
import type { OpenDatabase } from './open-database.ts';
import type { MigrationSet } from './run-set.ts';

/**
 * The applied migrations that sort after all of the set's, where the database has all of the set's and no others: then the set is
 * an earlier version of what was applied. Otherwise none, and the set is to be applied, which says what is wrong.
 */
export async function newerThan(database: OpenDatabase, { table, migrations }: MigrationSet): Promise<string[]> {
  const applied = await appliedIn(database, table);
  const known = Object.keys(migrations).sort();
  const unknown = applied.filter((name) => migrations[name] === undefined).sort();
  const last = known.at(-1);
  const hasAll = known.every((name) => applied.includes(name));
  const isEarlier = last === undefined || unknown.every((name) => name > last);
  return hasAll && isEarlier ? unknown : [];
}

async function appliedIn({ db }: OpenDatabase, table: string): Promise<string[]> {
  const { rows: tables } = await sql<{
    isThere: boolean;
  }>`select to_regclass(${table}) is not null as "isThere"`.execute(db);
  if (!tables[0]?.isThere) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(table)}`.execute(db);
  return rows.map(({ name }) => name);
}
