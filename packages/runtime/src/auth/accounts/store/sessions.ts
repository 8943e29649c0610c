import { sql } from 'kysely';
import { hashOf, isToken, newToken } from '../tokens/random.ts';
import type { Account } from './accounts.ts';
import type { Executor } from './database.ts';
import type { Tables } from './tables.ts';

/** Seconds after the sign-in when a person has to sign in again in any case. */
export const sessionLifetime = 30 * 24 * 3600;
/** Seconds after its rotation in which a refresh token that comes again is taken for two tabs at once, not for a thief. */
const raceWindow = 10;

export interface Session {
  readonly id: string;
  readonly refreshToken: string;
}

/** How a refresh token that gives nothing was used. */
export type Misuse = 'unknown' | 'race' | 'reuse';

/** Families of refresh tokens: a session begins at a sign-in, and each of its tokens works once. */
export interface Sessions {
  /** `undefined` when the account was changed since its password was checked. */
  begin(db: Executor, account: Account): Promise<Session | undefined>;
  /** The next refresh token in exchange for this one: one atomic statement, so that of many uses at once one succeeds. */
  rotate(db: Executor, refreshToken: string): Promise<(Session & { readonly accountId: string }) | undefined>;
  /** Why `rotate` gave nothing; a token that comes again late ends its session. */
  explain(db: Executor, refreshToken: string): Promise<{ readonly misuse: Misuse; readonly accountId?: string }>;
  /** The account whose session ended. */
  endByToken(db: Executor, refreshToken: string): Promise<string | undefined>;
  end(db: Executor, id: string): Promise<void>;
  endAll(db: Executor, accountId: string): Promise<void>;
}

export function sessionsTable({ accounts, sessions, refreshTokens }: Tables): Sessions {
  return {
    begin: async (db, account) => {
      const refreshToken = newToken();
      const { rows } = await sql<{ id: string }>`
        with owner as (
          select id from ${accounts} where id = ${account.id} and password_hash = ${account.password_hash}
          and confirmed_at is not null and disabled_at is null for share),
        session as (
          insert into ${sessions} (account_id, expires_at)
          select id, now() + ${sessionLifetime} * interval '1 second' from owner returning id)
        insert into ${refreshTokens} (hash, session_id) select ${hashOf(refreshToken)}, id from session
        returning session_id as id`.execute(db);
      const [session] = rows;
      return session && { id: session.id, refreshToken };
    },
    rotate: async (db, token) => {
      if (!isToken(token)) return undefined;
      const refreshToken = newToken();
      const { rows } = await sql<{ id: string; accountId: string }>`
        with used as (
          update ${refreshTokens} t set used_at = now() from ${sessions} s
          where t.hash = ${hashOf(token)} and t.used_at is null and s.id = t.session_id and s.expires_at > now()
          returning t.session_id, s.account_id),
        fresh as (
          insert into ${refreshTokens} (hash, session_id) select ${hashOf(refreshToken)}, session_id from used)
        select session_id as id, account_id as "accountId" from used`.execute(db);
      const [used] = rows;
      return used && { ...used, refreshToken };
    },
    explain: async (db, token) => {
      if (!isToken(token)) return { misuse: 'unknown' };
      const { rows } = await sql<{ id: string; accountId: string; late: boolean | null }>`
        select s.id, s.account_id as "accountId", t.used_at < now() - ${raceWindow} * interval '1 second' as late
        from ${refreshTokens} t join ${sessions} s on s.id = t.session_id where t.hash = ${hashOf(token)}`.execute(db);
      const [found] = rows;
      if (!found) return { misuse: 'unknown' };
      const { id, accountId, late } = found;
      if (!late) return { misuse: 'race', accountId };
      await sql`delete from ${sessions} where id = ${id}`.execute(db);
      return { misuse: 'reuse', accountId };
    },
    endByToken: async (db, token) => {
      if (!isToken(token)) return undefined;
      const { rows } = await sql<{ accountId: string }>`
        delete from ${sessions} where id = (select session_id from ${refreshTokens} where hash = ${hashOf(token)})
        returning account_id as "accountId"`.execute(db);
      return rows[0]?.accountId;
    },
    end: async (db, id) => void (await sql`delete from ${sessions} where id = ${id}`.execute(db)),
    endAll: async (db, accountId) =>
      void (await sql`delete from ${sessions} where account_id = ${accountId}`.execute(db)),
  };
}
