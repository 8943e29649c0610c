import { sql } from 'kysely';
import { hashOf, isToken, newToken } from '../tokens/random.ts';
import type { Executor } from './database.ts';
import type { Tables } from './tables.ts';

/** Seconds. */
export const deviceLifetime = 365 * 24 * 3600;

/** Of one account; those that signed in first for the longest time are forgotten. */
const maxDevices = 20;

/**
 * Devices that somebody signed in from. Such a device has a limit of guesses of its own, so that strangers who use up the
 * account's cannot keep its owner out. A device token signs nobody in.
 */
export interface Devices {
  add(db: Executor, accountId: string): Promise<string>;
  /** Whether the token belongs to that account. */
  knows(db: Executor, token: string | undefined, accountId: string | undefined): Promise<boolean>;
  forgetAll(db: Executor, accountId: string): Promise<void>;
}

export function devicesTable({ devices }: Tables): Devices {
  return {
    add: async (db, accountId) => {
      const token = newToken();
      await sql`
        delete from ${devices} where hash in (
          select hash from ${devices} where account_id = ${accountId} order by expires_at desc
          offset ${maxDevices - 1})`.execute(db);
      await sql`
        insert into ${devices} (hash, account_id, expires_at)
        values (${hashOf(token)}, ${accountId}, now() + ${deviceLifetime} * interval '1 second')`.execute(db);
      return token;
    },
    knows: async (db, token, accountId) => {
      if (!isToken(token)) return false;
      const { rows } = await sql<{ account_id: string }>`
        select account_id from ${devices} where hash = ${hashOf(token)} and expires_at > now()`.execute(db);
      return accountId !== undefined && rows[0]?.account_id === accountId;
    },
    forgetAll: async (db, accountId) =>
      void (await sql`delete from ${devices} where account_id = ${accountId}`.execute(db)),
  };
}
