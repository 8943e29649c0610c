import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

const interval = 10 * 60_000;

/** Deletes what is over, beside a write at most every ten minutes and never on a timer, so that an idle database stays idle. */
export function createCleaner(db: Database, tables: Tables): () => void {
  const { links, sessions, devices, names, limits } = tables;
  let cleanedAt = Date.now();
  return () => {
    const now = Date.now();
    if (now - cleanedAt < interval) return;
    cleanedAt = now;
    for (const table of [links, sessions, devices, names]) {
      // The caller's own write has succeeded; rows that stay are deleted next time.
      sql`delete from ${table} where expires_at <= now()`.execute(db).catch(() => {});
    }
    sql`delete from ${limits} where resets_at <= now()`.execute(db).catch(() => {});
  };
}
