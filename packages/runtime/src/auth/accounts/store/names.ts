import { sql } from 'kysely';
import { hashOf } from '../tokens/random.ts';
import type { Executor } from './database.ts';
import { linkLifetimes } from './links.ts';
import type { Tables } from './tables.ts';

/** Seconds: as long as a registration waits to be confirmed. */
const lifetime = linkLifetimes.confirm;

/**
 * Names that registrations asked for, each for one address. They are kept whether or not the address has an account, so
 * that whether a name is free afterwards says nothing about that. Addresses are stored hashed.
 */
export interface Names {
  /** Takes a name, or keeps it longer; `false` when it is kept for another address. */
  reserve(db: Executor, nameKey: string, email: string): Promise<boolean>;
  /** Keeps the names of an address longer, as what it is mailed keeps its registration longer. */
  renew(db: Executor, email: string): Promise<void>;
  /** Whether a name is kept for another address. */
  isOfAnother(db: Executor, nameKey: string, email: string): Promise<boolean>;
}

export function namesTable({ names }: Tables): Names {
  const until = sql`now() + ${lifetime} * interval '1 second'`;
  return {
    reserve: async (db, nameKey, email) => {
      const { rows } = await sql`
        insert into ${names} as n (name_key, email_key, expires_at) values (${nameKey}, ${hashOf(email)}, ${until})
        on conflict (name_key) do update set email_key = excluded.email_key, expires_at = excluded.expires_at
        where n.email_key = excluded.email_key or n.expires_at <= now()
        returning 1`.execute(db);
      return rows.length > 0;
    },
    renew: async (db, email) => {
      await sql`
        update ${names} set expires_at = ${until}
        where email_key = ${hashOf(email)} and expires_at > now()`.execute(db);
    },
    isOfAnother: async (db, nameKey, email) => {
      const { rows } = await sql`
        select 1 from ${names}
        where name_key = ${nameKey} and email_key <> ${hashOf(email)} and expires_at > now()`.execute(db);
      return rows.length > 0;
    },
  };
}
