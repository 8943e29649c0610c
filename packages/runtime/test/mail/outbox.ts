import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { migrate } from '../../src/data/postgres/index.ts';
import { createMailer, type MailerOptions, type RunningMailer } from '../../src/mail/index.ts';
import { sqlOn, startServer, type TestServer } from '../data/database.ts';

/** Fast enough for a test; the production values differ in nothing but their length. */
export const quick = { backOff: () => 100, lease: 20_000 };

/** A real database with the outbox, and mailers on it as a program without `createService` has them. */
export interface TestOutbox {
  readonly server: TestServer;
  readonly url: string;
  readonly logs: string[];
  mailer(options: Pick<MailerOptions, 'url'> & Partial<MailerOptions>): RunningMailer & { db: Kysely<unknown> };
  rows(): Promise<Record<string, unknown>[]>;
  /** Stops the mailers, empties the table. */
  clear(): Promise<void>;
  remove(): Promise<void>;
}

export async function startOutbox(): Promise<TestOutbox> {
  const server = await startServer();
  await migrate({ env: { DATABASE_URL: server.url } });
  const logs: string[] = [];
  const note = (fields: object, message = '') => void logs.push(`${message} ${JSON.stringify(fields)}`);
  const log = { debug: note, info: note, warn: note, error: note };
  const ends: (() => Promise<void>)[] = [];
  const clear = async () => {
    for (const end of ends.splice(0)) await end();
    logs.length = 0;
    await sqlOn(server.url, 'delete from keelson_mail');
  };
  return {
    server,
    url: server.url,
    logs,
    mailer: (options) => {
      const pool = new pg.Pool({ connectionString: server.url, max: 5 });
      pool.on('error', () => {});
      pool.on('connect', (client) => client.on('error', () => {}));
      const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
      const running = createMailer({ db, from: 'Example <no-reply@example.com>', log, ...quick, ...options });
      ends.push(async () => {
        await running.stop();
        await db.destroy();
      });
      return { ...running, db };
    },
    rows: () => sqlOn(server.url, 'select * from keelson_mail order by created_at'),
    clear,
    remove: async () => {
      await clear();
      await server.remove();
    },
  };
}

export function message(to = 'ann@example.org', token = 'tok-1') {
  return {
    to,
    subject: 'Confirm your address',
    text: `Open https://app.example.com/confirm#${token}`,
    html: `<p><a href="https://app.example.com/confirm#${token}">Confirm</a></p>`,
  };
}

export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
