import type { Pool } from '../pool/pool.ts';

/** Any number, the same for all who migrate. */
const key = 7_235_419_002;

/** Holds the database's own lock, which goes with the connection, so that a killed run never leaves it. */
export async function oneAtATime<T>(pool: Pool, onWait: () => void, run: () => Promise<T>): Promise<T> {
  const lease = await pool.connect();
  try {
    const { rows } = await lease.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [key]);
    if (!rows[0]?.free) {
      onWait();
      await lease.query('select pg_advisory_lock($1)', [key]);
    }
    return await run();
  } finally {
    await lease.query('select pg_advisory_unlock($1)', [key]).catch(() => {});
    lease.release();
  }
}
