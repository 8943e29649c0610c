import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createAccountTables } from '@keelson/runtime/accounts';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { call, join, post, signIn, someone } from './client.ts';
import { harness } from './harness.ts';

const { start, server } = harness();

/** Ends the wait for something that never comes. */
const patience = { timeout: 60_000 };

describe('fault 14: kill -9 between commit and answer', () => {
  test('→ a retry makes no duplicate, and is answered as the first would have been', async () => {
    const url = await server().emptyDatabase();
    const pool = new pg.Pool({ connectionString: url, max: 2 });
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    await createAccountTables(db, { table: 'admins' });
    await pool.query('create table mails (id bigint primary key generated always as identity, message jsonb not null)');
    try {
      const body = JSON.stringify(someone('ann'));
      const doomed = await launch(url, { DIE_BEFORE_ANSWER: '1' });
      await expect(register(doomed.origin, body)).rejects.toThrow();
      expect(await doomed.ended).toBe('SIGKILL');
      expect((await pool.query('select email from admins')).rows).toHaveLength(1);
      expect((await pool.query('select id from mails')).rows).toHaveLength(1);

      const next = await launch(url, {});
      expect(await register(next.origin, body)).toBe(202);
      expect((await pool.query('select email from admins')).rows).toEqual([{ email: 'ann@example.com' }]);
      next.kill();
      await next.ended;
    } finally {
      await pool.end();
    }
  });
});

async function register(origin: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${origin}/auth/register`, { method: 'POST', headers, body })).status;
}

/** The service in a process of its own. */
async function launch(url: string, env: Record<string, string>) {
  const file = fileURLToPath(new URL('./fixtures/process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=keelson-source', '--import', 'tsx', file], {
    env: { PATH: process.env['PATH'], DATABASE_URL: url, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => signal ?? code);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('http://')) return { origin: line, ended, kill: () => child.kill('SIGKILL') };
  }
  throw new Error('the service did not start');
}

describe('fault 8: PostgreSQL restarts in mid-load', () => {
  test('→ 503s, then recovery, and nothing half done', async () => {
    const service = await start({
      limits: { registerByNetwork: { max: 10_000, window: 60 }, signInByNetwork: { max: 10_000, window: 60 } },
    });
    const ann = await join(service, someone('ann'));
    const { access } = await signIn(service, ann);
    const seen = new Set<number>();
    let loading = true;
    const load = async (worker: number) => {
      for (let n = 0; loading; n++) {
        seen.add((await post(service, '/auth/register', someone(`w${worker}n${n}`))).status);
        seen.add((await call(service, 'GET', '/auth/me', { token: access })).status);
      }
    };
    const workers = [0, 1, 2].map(load);
    await server().restart(async () => {
      await expect.poll(() => seen.has(503), patience).toBe(true);
    });
    const me = async () => (await call(service, 'GET', '/auth/me', { token: access })).status;
    await expect.poll(me, patience).toBe(200);
    loading = false;
    await Promise.all(workers);
    expect([...seen].filter((status) => ![200, 202, 409, 503].includes(status))).toEqual([]);
    const [counts] = await service.sql(`select
      (select count(*) from admins where confirmed_at is null)::int as waiting,
      (select count(distinct account_id) from admins_link)::int as linked`);
    expect(counts?.['waiting']).toBe(counts?.['linked']);
    await signIn(service, ann);
  });
});

describe('fault 13: the mail cannot be taken', () => {
  test('→ nothing is kept that nobody could confirm', async () => {
    const service = await start({ mailer: { send: async () => Promise.reject(new Error('outbox broken')) } });
    expect((await post(service, '/auth/register', someone('ann'))).status).toBe(500);
    expect(await service.sql('select count(*)::int as n from admins')).toEqual([{ n: 0 }]);
  });
});

describe('hashing', () => {
  test('a full queue refuses with 503 and Retry-After, and other requests go on', async () => {
    const service = await start({ hashing: { concurrency: 1, waiting: 5 } });
    await post(service, '/auth/login', someone('nobody'));
    const answers = Promise.all(Array.from({ length: 30 }, (_, n) => post(service, '/auth/login', someone(`n${n}`))));
    expect((await call(service, 'GET', '/health')).status).toBe(200);
    const refused = (await answers).filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get('retry-after')).toBe('3');
  });

  test('argon2id with the parameters of OWASP', async () => {
    const service = await start();
    await join(service, someone('ann'));
    const [row] = await service.sql('select password_hash from admins');
    expect(row?.['password_hash']).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});
