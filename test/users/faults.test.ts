import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlOn, startServer, type TestServer } from '../../packages/runtime/test/data/database.ts';
import { startSmtp, type TestSmtp } from '../../packages/runtime/test/mail/smtp.ts';
import { freePort } from '../support/free-port.ts';
import { deafWire } from './deaf-wire.ts';
import { adaToken, endServices, migrateUsers, startUsers, type UsersService, waitingLink } from './service.ts';
import { ada } from './story.ts';

// The service as an image runs it; its database and its mail server end and come back.

/** Ends the wait for something that never comes. */
const patience = { timeout: 60_000 };

let server: TestServer;
let smtp: TestSmtp;
let nowhere: string;

beforeAll(async () => {
  [server, smtp] = await Promise.all([startServer(), startSmtp()]);
  nowhere = `smtp://127.0.0.1:${await freePort()}`;
});
afterAll(async () => {
  await endServices();
  await Promise.all([server?.remove(), smtp?.close()]);
});

async function database(): Promise<string> {
  const url = await server.emptyDatabase();
  await migrateUsers(url);
  return url;
}

const count = async (url: string, from: string) =>
  (await sqlOn(url, `select count(*)::int as n from ${from}`))[0]?.['n'];

test('fault 13: mail server down: the account is kept, and the mail comes when it is back', async () => {
  const databaseUrl = await database();
  await smtp.down();
  const service = await startUsers({ databaseUrl, mailUrl: smtp.url });
  expect((await service.call('POST', '/auth/register', { body: ada })).status).toBe(202);
  await expect.poll(() => service.process.output(), patience).toContain('attempts');
  expect(await count(databaseUrl, 'admins')).toBe(1);
  expect((await service.call('GET', '/ready')).status).toBe(200);

  await smtp.up();
  const [mail] = await smtp.arrived(1);
  expect([mail?.to, /#[\w=-]{20,}/.test(mail?.raw ?? '')]).toEqual([[ada.email], true]);
});

test('fault 8: PostgreSQL restarts in mid-load: 503s, then recovery; what was answered 201 is there once', async () => {
  const databaseUrl = await database();
  const service = await startUsers({ databaseUrl, mailUrl: nowhere });
  const token = await adaToken(service, databaseUrl);

  const statuses = new Set<number>();
  const created: string[] = [];
  let running = true;
  const load = Array.from({ length: 6 }, async (_, worker) => {
    for (let n = 0; running; n++) {
      const email = `load-${worker}-${n}@example.com`;
      const { status } = await service.call('POST', '/user', { token, body: { email } });
      statuses.add(status);
      if (status === 201) created.push(email);
      statuses.add((await service.call('GET', '/users?limit=5', { token })).status);
    }
  });
  try {
    await expect.poll(() => created.length, patience).toBeGreaterThan(20);
    await server.restart(async () => {
      await expect.poll(() => statuses.has(503), patience).toBe(true);
      expect((await service.call('GET', '/health')).status).toBe(200);
      expect((await service.call('GET', '/ready')).status).toBe(503);
    });
    const before = created.length;
    await expect.poll(() => created.length, patience).toBeGreaterThan(before + 20);
  } finally {
    running = false;
    await Promise.all(load);
  }

  expect([...statuses].sort()).toEqual([200, 201, 503]);
  const kept = await sqlOn(databaseUrl, 'select email from users');
  expect(new Set(kept.map(({ email }) => email)).size).toBe(kept.length);
  expect(created.filter((email) => !kept.some((user) => user['email'] === email))).toEqual([]);
  expect(await count(databaseUrl, "audit where event = 'user-created'")).toBe(kept.length);
  expect(service.process.child.exitCode).toBeNull();
});

/** Sends a request whose COMMIT is done and whose answer never comes, because the service is killed. */
async function killAfterCommit(
  databaseUrl: string,
  request: (service: UsersService) => Promise<unknown>,
  done: () => Promise<boolean>,
): Promise<void> {
  const direct = new URL(databaseUrl);
  const wire = await deafWire({ host: direct.hostname, port: Number(direct.port) });
  direct.port = String(wire.port);
  const service = await startUsers({ databaseUrl: direct.href, mailUrl: nowhere });
  wire.deafen();
  const answer = request(service).then(
    () => 'answered',
    () => 'lost',
  );
  await expect.poll(done, patience).toBe(true);
  service.process.child.kill('SIGKILL');
  await service.process.exited();
  expect(await answer).toBe('lost');
  await wire.close();
}

test('fault 14: kill -9 between commit and answer: a user is created once, whoever tries again', async () => {
  const databaseUrl = await database();
  const first = await startUsers({ databaseUrl, mailUrl: nowhere });
  const token = await adaToken(first, databaseUrl);
  const body = { email: 'grace@example.com' };
  await killAfterCommit(
    databaseUrl,
    (service) => service.call('POST', '/user', { token, body }),
    async () => (await count(databaseUrl, 'users')) === 1,
  );

  expect((await first.call('POST', '/user', { token, body })).status).toBe(409);
  expect((await first.call('GET', '/users?search=grace', { token })).json['users']).toMatchObject([body]);
  expect(await count(databaseUrl, "audit where event = 'user-created'")).toBe(1);
});

test('fault 14: kill -9 between commit and answer: a registration sent again makes no second account', async () => {
  const databaseUrl = await database();
  const register = { body: ada };
  await killAfterCommit(
    databaseUrl,
    (service) => service.call('POST', '/auth/register', register),
    async () => (await count(databaseUrl, 'admins')) === 1,
  );
  const service = await startUsers({ databaseUrl, mailUrl: nowhere });
  expect((await service.call('POST', '/auth/register', register)).status).toBe(202);
  expect(await count(databaseUrl, 'admins')).toBe(1);
  const token = await waitingLink(databaseUrl);
  expect((await service.call('POST', '/auth/confirm', { body: { token } })).status).toBe(200);
});
