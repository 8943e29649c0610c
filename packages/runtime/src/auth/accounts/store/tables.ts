import { type RawBuilder, sql } from 'kysely';

/** Tables of one set of accounts. */
export interface Tables {
  /** The name of the accounts' own table. */
  readonly name: string;
  readonly accounts: RawBuilder<unknown>;
  readonly links: RawBuilder<unknown>;
  readonly sessions: RawBuilder<unknown>;
  readonly refreshTokens: RawBuilder<unknown>;
  readonly devices: RawBuilder<unknown>;
  readonly names: RawBuilder<unknown>;
  readonly limits: RawBuilder<unknown>;
  readonly audit: RawBuilder<unknown>;
}

export interface TableOptions {
  /** The accounts' own table; the others are called after it: `admins_link`, `admins_session` … @default 'accounts' */
  readonly table?: string;
  /** Where sign-ins and changes are written down. @default 'audit' */
  readonly auditTable?: string;
}

export function tablesOf({ table = 'accounts', auditTable = 'audit' }: TableOptions): Tables {
  const also = (suffix: string) => sql.table(`${table}_${suffix}`);
  return Object.freeze({
    name: table,
    accounts: sql.table(table),
    links: also('link'),
    sessions: also('session'),
    refreshTokens: also('refresh_token'),
    devices: also('device'),
    names: also('name'),
    limits: also('limit'),
    audit: sql.table(auditTable),
  });
}
