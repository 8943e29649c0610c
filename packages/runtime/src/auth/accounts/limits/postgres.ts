import { sql } from 'kysely';
import type { Executor } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import type { LimitStore } from './limiter.ts';

/** Counts in PostgreSQL, so that several processes share a limit. One atomic statement: guesses at once are all counted. */
export function postgresLimits(db: Executor, { limits }: Tables): LimitStore {
  return {
    take: async (key, window) => {
      const { rows } = await sql<{ count: number; wait: number }>`
        insert into ${limits} as l (key, count, resets_at) values (${key}, 1, now() + ${window} * interval '1 second')
        on conflict (key) do update set
          count = case when l.resets_at <= now() then 1 else least(l.count + 1, 1000000) end,
          resets_at = case when l.resets_at <= now() then excluded.resets_at else l.resets_at end
        returning count, ceil(extract(epoch from resets_at - now()))::int as wait`.execute(db);
      return rows[0] ?? { count: 1, wait: window };
    },
    giveBack: async (key) =>
      void (await sql`update ${limits} set count = greatest(count - 1, 0) where key = ${key}`.execute(db)),
  };
}
