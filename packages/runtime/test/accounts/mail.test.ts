import { expect, test } from 'vitest';
import { createService } from '@keelson/runtime';
import { accounts, createAccountTables } from '@keelson/runtime/accounts';
import { createOutboxTable, mailer } from '@keelson/runtime/mail';
import { postgres } from '@keelson/runtime/postgres';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { startSmtp } from '../mail/smtp.ts';
import { someone } from './client.ts';
import { harness } from './harness.ts';

const { server } = harness();

test('fault 13: mail server down → account kept, mail retried; its link confirms', async () => {
  const url = await server().emptyDatabase();
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const migrating = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await createOutboxTable(migrating);
  await createAccountTables(migrating, { table: 'admins' });
  await pool.end();
  const smtp = await startSmtp();
  await smtp.down();
  const service = createService(async (app) => {
    const db = postgres<unknown>('db');
    await app.register(accounts, { store: db, mailer: mailer(db, { backOff: () => 20 }), table: 'admins' });
  });
  const app = await service.build(
    {
      DATABASE_URL: url,
      MAIL_URL: smtp.url,
      MAIL_FROM: 'no-reply@example.com',
      ACCOUNT_KEYS: 'k'.repeat(40),
      PUBLIC_URL: 'http://localhost:5000',
    },
    { logger: false },
  );
  try {
    const send = (path: string, payload: object) => app.inject({ method: 'POST', url: path, payload });
    expect((await send('/auth/register', someone('ann'))).statusCode).toBe(202);
    await smtp.up();
    const [mail] = await smtp.arrived(1);
    expect(mail?.to).toEqual(['ann@example.com']);
    // Quoted-printable breaks long lines. Text and HTML have the same link.
    const raw = mail?.raw.replaceAll('=\n', '') ?? '';
    const links = [...raw.matchAll(/http:\/\/localhost:5000\/auth\/confirm#([\w-]{43})/g)].map(([, link]) => link);
    expect(links).toHaveLength(2);
    expect(new Set(links).size).toBe(1);
    const [token] = links;
    expect((await send('/auth/confirm', { token })).statusCode).toBe(200);
    expect((await send('/auth/login', someone('ann'))).statusCode).toBe(200);
  } finally {
    await app.close();
    await smtp.close();
  }
});
