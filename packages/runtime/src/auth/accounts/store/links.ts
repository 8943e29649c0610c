import { sql } from 'kysely';
import { hashOf, isToken, newToken } from '../tokens/random.ts';
import type { Executor } from './database.ts';
import type { Tables } from './tables.ts';

export type LinkPurpose = 'confirm' | 'reset' | 'email' | 'invite';

/** Seconds. */
export const linkLifetimes: Readonly<Record<LinkPurpose, number>> = {
  confirm: 24 * 3600,
  reset: 20 * 60,
  email: 24 * 3600,
  invite: 24 * 3600,
};

export interface Link {
  readonly account_id: string;
  readonly purpose: LinkPurpose;
  /** The address it was sent to. */
  readonly email: string;
}

/** What mailed links stand for: each is bound to account, address and purpose, and only its hash is stored. */
export interface Links {
  /** A new link, which ends the older one of that account and purpose. */
  make(db: Executor, accountId: string, purpose: LinkPurpose, email: string): Promise<string>;
  /** Uses a link up; `undefined` when there is none such. */
  consume(db: Executor, token: string, purposes: readonly LinkPurpose[]): Promise<Link | undefined>;
  /** The account a link is for, without using it up. */
  accountOf(db: Executor, token: string): Promise<string | undefined>;
  /** The address a change of email waits for. */
  pendingEmail(db: Executor, accountId: string): Promise<string | undefined>;
  end(db: Executor, accountId: string, purpose: LinkPurpose): Promise<void>;
  endAll(db: Executor, accountId: string): Promise<void>;
}

export function linksTable({ links }: Tables): Links {
  return {
    make: async (db, accountId, purpose, email) => {
      const token = newToken();
      await sql`
        insert into ${links} (hash, account_id, purpose, email, expires_at)
        values (${hashOf(token)}, ${accountId}, ${purpose}, ${email},
                now() + ${linkLifetimes[purpose]} * interval '1 second')
        on conflict (account_id, purpose) do update
        set hash = excluded.hash, email = excluded.email, expires_at = excluded.expires_at`.execute(db);
      return token;
    },
    consume: async (db, token, purposes) => {
      if (!isToken(token)) return undefined;
      const { rows } = await sql<Link>`
        delete from ${links} where hash = ${hashOf(token)} and purpose = any(${[...purposes]}) and expires_at > now()
        returning account_id, purpose, email`.execute(db);
      return rows[0];
    },
    accountOf: async (db, token) => {
      if (!isToken(token)) return undefined;
      const { rows } = await sql<{ id: string }>`
        select account_id as id from ${links} where hash = ${hashOf(token)}`.execute(db);
      return rows[0]?.id;
    },
    pendingEmail: async (db, accountId) => {
      const { rows } = await sql<{ email: string }>`
        select email from ${links} where account_id = ${accountId} and purpose = 'email' and expires_at > now()`.execute(
        db,
      );
      return rows[0]?.email;
    },
    end: async (db, accountId, purpose) =>
      void (await sql`delete from ${links} where account_id = ${accountId} and purpose = ${purpose}`.execute(db)),
    endAll: async (db, accountId) => void (await sql`delete from ${links} where account_id = ${accountId}`.execute(db)),
  };
}
