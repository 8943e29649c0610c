import { type RawBuilder, sql } from 'kysely';
import type { Executor } from './database.ts';
import type { Tables } from './tables.ts';

/** A row of the accounts' table. It never leaves the service as it is. */
export interface Account {
  readonly id: string;
  readonly email: string;
  /** `null` while an invitation waits to be accepted. */
  readonly name: string | null;
  /** `null` while an invitation waits, or a contested registration: `isContested`. */
  readonly password_hash: string | null;
  readonly role: string;
  readonly confirmed_at: Date | null;
  readonly disabled_at: Date | null;
  readonly created_at: Date;
}

const columns = sql`id, email, name, password_hash, role, confirmed_at, disabled_at, created_at`;

export interface NewAccount {
  readonly email: string;
  readonly name: string | null;
  readonly nameKey: string | null;
  readonly passwordHash: string | null;
  readonly role: string;
}

/** Whether somebody can sign in with it, given the password. */
export function isActive(account: Account): boolean {
  return account.confirmed_at !== null && account.disabled_at === null;
}

/** Whether it was registered with different passwords before anyone confirmed it: none of them counts. */
export function isContested({ confirmed_at, name, password_hash }: Account): boolean {
  return confirmed_at === null && name !== null && password_hash === null;
}

export interface AccountsTable {
  byEmail(db: Executor, email: string): Promise<Account | undefined>;
  byId(db: Executor, id: string): Promise<Account | undefined>;
  /** The same, and nobody else changes it until the transaction ends. */
  lock(db: Executor, id: string): Promise<Account | undefined>;
  lockByEmail(db: Executor, email: string): Promise<Account | undefined>;
  idOfName(db: Executor, key: string): Promise<string | undefined>;
  hasOthers(db: Executor, email: string): Promise<boolean>;
  /** `undefined` when email or name were taken meanwhile. */
  insert(db: Executor, account: NewAccount): Promise<Account | undefined>;
  update(db: Executor, id: string, changes: AccountChanges): Promise<Account>;
  delete(db: Executor, id: string): Promise<void>;
  /** Locks every administrator that can sign in, so that two cannot both be the last but one. */
  lockActive(db: Executor, role: string): Promise<readonly string[]>;
  list(db: Executor, page: { readonly limit: number; readonly offset: number }): Promise<readonly Account[]>;
  count(db: Executor): Promise<number>;
  /**
   * Forgets registrations that nobody confirmed in time: they hold a name, and perhaps the place of the first. A contested
   * one is kept for as long as its link would be: forgotten sooner, the next registration would be the only one.
   */
  forgetUnconfirmed(db: Executor, tables: Tables): Promise<void>;
}

export interface AccountChanges {
  readonly email?: string;
  readonly name?: string;
  readonly nameKey?: string;
  readonly passwordHash?: string | null;
  readonly role?: string;
  readonly confirmed?: true;
  readonly disabled?: boolean;
}

export function accountsTable({ accounts }: Tables): AccountsTable {
  const one = async (db: Executor, rest: RawBuilder<unknown>) =>
    (await sql<Account>`select ${columns} from ${accounts} ${rest}`.execute(db)).rows[0];
  return {
    byEmail: (db, email) => one(db, sql`where email = ${email}`),
    byId: (db, id) => one(db, sql`where id = ${id}`),
    lock: (db, id) => one(db, sql`where id = ${id} for update`),
    lockByEmail: (db, email) => one(db, sql`where email = ${email} for update`),
    idOfName: async (db, key) =>
      (await sql<{ id: string }>`select id from ${accounts} where name_key = ${key}`.execute(db)).rows[0]?.id,
    hasOthers: async (db, email) =>
      (await sql`select 1 from ${accounts} where email <> ${email} limit 1`.execute(db)).rows.length > 0,
    insert: async (db, { email, name, nameKey, passwordHash, role }) => {
      const { rows } = await sql<Account>`
        insert into ${accounts} (email, name, name_key, password_hash, role)
        values (${email}, ${name}, ${nameKey}, ${passwordHash}, ${role})
        on conflict do nothing returning ${columns}`.execute(db);
      return rows[0];
    },
    update: async (db, id, changes) => {
      const { rows } = await sql<Account>`
        update ${accounts} set ${sql.join([...assignments(changes), sql`updated_at = now()`])}
        where id = ${id} returning ${columns}`.execute(db);
      const [account] = rows;
      if (!account) throw new Error('The account was deleted meanwhile.');
      return account;
    },
    delete: async (db, id) => void (await sql`delete from ${accounts} where id = ${id}`.execute(db)),
    lockActive: async (db, role) => {
      const { rows } = await sql<{ id: string }>`
        select id from ${accounts} where role = ${role} and confirmed_at is not null and disabled_at is null
        order by id for update`.execute(db);
      return rows.map(({ id }) => id);
    },
    list: async (db, { limit, offset }) =>
      (
        await sql<Account>`
        select ${columns} from ${accounts} order by created_at, id limit ${limit} offset ${offset}`.execute(db)
      ).rows,
    count: async (db) =>
      (await sql<{ n: number }>`select count(*)::int as n from ${accounts}`.execute(db)).rows[0]?.n ?? 0,
    forgetUnconfirmed: async (db, { links }) => {
      await sql`
        delete from ${accounts} a where confirmed_at is null
        and not exists (select 1 from ${links} l where l.account_id = a.id and l.expires_at > now())
        and not (name is not null and password_hash is null and updated_at > now() - interval '24 hours')`.execute(db);
    },
  };
}

function assignments(changes: AccountChanges): RawBuilder<unknown>[] {
  const { email, name, nameKey, passwordHash, role, confirmed, disabled } = changes;
  return [
    ...(email === undefined ? [] : [sql`email = ${email}`]),
    ...(name === undefined ? [] : [sql`name = ${name}`]),
    ...(nameKey === undefined ? [] : [sql`name_key = ${nameKey}`]),
    ...(passwordHash === undefined ? [] : [sql`password_hash = ${passwordHash}`]),
    ...(role === undefined ? [] : [sql`role = ${role}`]),
    ...(confirmed ? [sql`confirmed_at = coalesce(confirmed_at, now())`] : []),
    ...(disabled === undefined ? [] : [disabled ? sql`disabled_at = now()` : sql`disabled_at = null`]),
  ];
}
