import { sql } from 'kysely';
import type { Executor } from './database.ts';
import { type TableOptions, tablesOf } from './tables.ts';

/**
 * Makes the tables that accounts need. Call it in a migration of the app, with the names the plugin is given.
 *
 * @example
 * export const up = (db: Kysely<unknown>) => createAccountTables(db, { table: 'admins' });
 * export const down = (db: Kysely<unknown>) => dropAccountTables(db, { table: 'admins' });
 */
export async function createAccountTables(db: Executor, options: TableOptions = {}): Promise<void> {
  const { name, accounts, links, sessions, refreshTokens, devices, names, limits, audit } = tablesOf(options);
  const index = (suffix: string) => sql.id(`${name}_${suffix}`);
  const statements = [
    // `email` and `name_key` are normalised: the database itself lets nobody have two accounts, or another's name.
    sql`create table ${accounts} (
      id uuid primary key default gen_random_uuid(), email text not null unique, name text, name_key text unique,
      password_hash text, role text not null, confirmed_at timestamptz, disabled_at timestamptz,
      created_at timestamptz not null default now(), updated_at timestamptz not null default now())`,
    // One link per account and purpose: a newer one takes the place of the older.
    sql`create table ${links} (
      hash bytea primary key, account_id uuid not null references ${accounts} on delete cascade, purpose text not null,
      email text not null, expires_at timestamptz not null, unique (account_id, purpose))`,
    sql`create table ${sessions} (
      id uuid primary key default gen_random_uuid(), account_id uuid not null references ${accounts} on delete cascade,
      created_at timestamptz not null default now(), expires_at timestamptz not null)`,
    // Used ones are kept until their session ends: that one comes twice is how a theft shows.
    sql`create table ${refreshTokens} (
      hash bytea primary key, session_id uuid not null references ${sessions} on delete cascade, used_at timestamptz)`,
    sql`create table ${devices} (
      hash bytea primary key, account_id uuid not null references ${accounts} on delete cascade,
      expires_at timestamptz not null)`,
    // Names of registrations, of addresses with an account and without: which of them is whose must not show.
    sql`create table ${names} (
      name_key text primary key, email_key bytea not null, expires_at timestamptz not null)`,
    sql`create table ${limits} (key text primary key, count integer not null, resets_at timestamptz not null)`,
    sql`create table if not exists ${audit} (
      id bigint primary key generated always as identity, at timestamptz not null default now(), event text not null,
      actor_id text, subject_id text, address text, detail jsonb)`,
    sql`create index ${index('session_account')} on ${sessions} (account_id)`,
    sql`create index ${index('session_expires_at')} on ${sessions} (expires_at)`,
    sql`create index ${index('refresh_token_session')} on ${refreshTokens} (session_id)`,
    sql`create index ${index('device_account')} on ${devices} (account_id)`,
    sql`create index ${index('name_email')} on ${names} (email_key)`,
    sql`create index ${index('limit_resets_at')} on ${limits} (resets_at)`,
    sql`create index ${index('unconfirmed')} on ${accounts} (id) where confirmed_at is null`,
    sql`create index ${index('created_at')} on ${accounts} (created_at, id)`,
  ];
  for (const statement of statements) await statement.execute(db);
}

/** Takes them away again, with everything in them. The audit table stays unless nothing else could write to it. */
export async function dropAccountTables(db: Executor, options: TableOptions = {}): Promise<void> {
  const { accounts, links, sessions, refreshTokens, devices, names, limits, audit } = tablesOf(options);
  for (const table of [links, refreshTokens, sessions, devices, names, limits, accounts, audit]) {
    await sql`drop table if exists ${table}`.execute(db);
  }
}
