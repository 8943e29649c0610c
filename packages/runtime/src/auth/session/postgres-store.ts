import type { SessionStore } from './store.ts';

/** The part of a `pg` pool that the store needs. */
export interface Queryable {
  query(text: string, values: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** Milliseconds between two clean-ups; they happen beside a write, never on a timer, so an idle database stays idle. */
const cleanInterval = 10 * 60_000;

/** Keeps what ended sessions leave behind in the tables `keelson_sessions` and `keelson_once`, which `keelson migrate` makes. */
export function postgresSessions(pool: Queryable): SessionStore {
  const clean = createCleaner(pool);
  return {
    async revoke(key, notBefore, expiresAt) {
      await pool.query(
        `insert into keelson_sessions as s (key, not_before, expires_at) values ($1, $2, $3)
         on conflict (key) do update set not_before = greatest(s.not_before, excluded.not_before),
                                         expires_at = greatest(s.expires_at, excluded.expires_at)`,
        [key, notBefore, expiresAt],
      );
      clean();
    },
    async notBefore(keys) {
      const sql = 'select key, not_before from keelson_sessions where key = any($1) and expires_at > $2';
      const { rows } = await pool.query(sql, [keys, new Date()]);
      return new Map(rows.flatMap((row) => (isRevocation(row) ? [[row.key, row.not_before] as const] : [])));
    },
    async consume(key, expiresAt) {
      const { rows } = await pool.query(
        `insert into keelson_once as o (key, expires_at) values ($1, $2)
         on conflict (key) do update set expires_at = excluded.expires_at where o.expires_at <= $3
         returning key`,
        [key, expiresAt, new Date()],
      );
      clean();
      return rows.length === 1;
    },
  };
}

function createCleaner(pool: Queryable): () => void {
  let cleanedAt = Date.now();
  return () => {
    const now = Date.now();
    if (now - cleanedAt < cleanInterval) return;
    cleanedAt = now;
    const past = [new Date(now)];
    // The caller's own write has succeeded; rows that stay are deleted next time.
    pool.query('delete from keelson_sessions where expires_at <= $1', past).catch(() => {});
    pool.query('delete from keelson_once where expires_at <= $1', past).catch(() => {});
  };
}

function isRevocation(row: unknown): row is { key: string; not_before: Date } {
  return (
    typeof row === 'object' && row !== null && 'key' in row && 'not_before' in row && row.not_before instanceof Date
  );
}
