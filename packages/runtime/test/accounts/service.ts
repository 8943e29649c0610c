import type { AddressInfo } from 'node:net';
import { createService } from '@keelson/runtime';
import { accounts, type AccountsOptions, createAccountTables, type MailMessage } from '@keelson/runtime/accounts';
import { postgres } from '@keelson/runtime/postgres';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import Type from 'typebox';
import type { TestServer } from '../data/database.ts';
import { outbox } from './outbox.ts';

export const goodPassword = 'correct horse battery';

export interface TestAccounts {
  readonly origin: string;
  readonly lines: string[];
  readonly app: Awaited<ReturnType<ReturnType<typeof createService>['build']>>;
  /** Newest first. */
  mails(to?: string): Promise<MailMessage[]>;
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Another process of the same service, as far as state is concerned. */
  another(options?: Partial<AccountsOptions>, env?: Record<string, string>): Promise<TestAccounts>;
  close(): Promise<void>;
}

const tableOptions = { table: 'admins' };
const person = Type.Object({ sub: Type.String(), roles: Type.Array(Type.String()) });

/** A service with accounts on an empty database, listening. */
export async function startAccounts(
  server: TestServer,
  options: Partial<AccountsOptions> = {},
  env: Record<string, string> = {},
): Promise<TestAccounts> {
  const url = await server.emptyDatabase();
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => {});
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await createAccountTables(db, tableOptions);
  await pool.query('create table mails (id bigint primary key generated always as identity, message jsonb not null)');
  return listen({ url, pool, options, env });
}

interface Listen {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly options: Partial<AccountsOptions>;
  readonly env: Record<string, string>;
  readonly shared?: boolean;
}

async function listen({ url, pool, options, env, shared }: Listen): Promise<TestAccounts> {
  const lines: string[] = [];
  const service = createService(async (app) => {
    const store = postgres('db');
    await app.register(accounts, { store, mailer: outbox(), ...tableOptions, ...options });
    app.get('/mine', { schema: { response: { 200: person } } }, async ({ identity }) => identity as never);
    app.get('/managed', { auth: { role: 'admin' }, schema: { response: { 200: person } } }, async ({ identity }) => {
      return identity as never;
    });
  });
  const app = await service.build(
    {
      DATABASE_URL: url,
      ACCOUNT_KEYS: 'k'.repeat(40),
      ACCOUNT_REGISTRATION: 'open',
      PUBLIC_URL: 'http://localhost:5000',
      PORT: '0',
      LOG_LEVEL: 'trace',
      ...env,
    },
    { logger: { write: (line: string) => void lines.push(line) } },
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    lines,
    app,
    mails: async (to) => {
      await app.accounts.settled();
      const { rows } = await pool.query<{ message: MailMessage }>('select message from mails order by id desc');
      return rows.map(({ message }) => message).filter((message) => to === undefined || message.to === to);
    },
    sql: async (text, values) => (await pool.query(text, values)).rows as Record<string, unknown>[],
    another: (more = {}, moreEnv = {}) =>
      listen({ url, pool, options: { ...options, ...more }, env: { ...env, ...moreEnv }, shared: true }),
    close: async () => {
      await app.close();
      if (!shared) await pool.end();
    },
  };
}
