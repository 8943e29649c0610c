import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { createService } from '@keelson/runtime';
import { createBootScope, runInBootScope } from '@keelson/runtime/config';
import { login } from '@keelson/runtime/login';
import { migrate, type Postgres, postgres } from '@keelson/runtime/postgres';
import { dynamoDbSessions, memorySessions, postgresSessions, type SessionStore } from '@keelson/runtime/session';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startDynamoDb } from '../../../keelson/src/local/dynamodb/index.ts';
import type { LocalContext } from '../../../keelson/src/local/part.ts';
import { freshPostgres, startPostgres } from '../../../keelson/src/local/postgres/index.ts';
import { createBrowser } from './browser.ts';
import { startHostileProvider } from './hostile-provider.ts';
import { loginEnv, startService } from './service.ts';

const ends: (() => Promise<unknown>)[] = [];
let context: LocalContext;
let db: Postgres<unknown>;
let tableEnv: Readonly<Record<string, string>> = {};
const stores: Record<string, (() => SessionStore) | undefined> = { memory: memorySessions };

beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'keelson-sessions-'));
  ends.push(() => rm(root, { recursive: true, force: true }));
  await chmod(root, 0o755);
  const app: App = { name: 'stores', region: 'eu-central-1', services: {} };
  const env = { PATH: process.env['PATH'] };
  context = { root, stateDir: join(root, '.keelson'), app, env, publicUrl: 'http://localhost:8000', log: () => {} };
  await Promise.all([addPostgres(), addDynamoDb()]);
});

afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

async function addPostgres(): Promise<void> {
  const part = await startPostgres(context, 'db', { kind: 'postgres' });
  ends.push(
    () => freshPostgres(context, 'db'),
    () => part.stop(),
  );
  await migrate({ env: part.env, folder: join(context.root, 'migrations') });
  const scope = createBootScope(part.env, { debug: ignore, info: ignore, warn: ignore, error: ignore });
  db = await runInBootScope(scope, async () => postgres('db'));
  ends.push(...scope.closers);
  stores['postgres'] = () => postgresSessions(db);
}

async function addDynamoDb(): Promise<void> {
  const part = await startDynamoDb(context);
  ends.push(() => part.stop());
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  tableEnv = part.env;
  stores['dynamodb'] = () => {
    const store = dynamoDbSessions(part.env['SESSION_TABLE'] ?? '', part.env);
    ends.push(() => store.close());
    return store;
  };
}

const ignore = (): void => {};
const later = (seconds: number): Date => new Date(Date.now() + seconds * 1000);
let counter = 0;
const newKey = (): string => `https://issuer/|${process.pid}-${counter++}`;

describe.each(['memory', 'postgres', 'dynamodb'])('%s session store', (name) => {
  const open = (): SessionStore => stores[name]?.() ?? expect.fail(`${name} did not start`);

  it('knows what was revoked, in another connection too', async () => {
    const [one, two, unknown] = [newKey(), newKey(), newKey()];
    const store = open();
    const at = new Date();
    await store.revoke(one, at, later(60));
    await store.revoke(two, at, later(60));
    const found = await store.notBefore([one, two, unknown, one]);
    expect([...found.keys()].sort()).toEqual([one, two].sort());
    expect(found.get(one)?.getTime()).toBe(at.getTime());
    if (name !== 'memory') expect((await open().notBefore([one])).get(one)?.getTime()).toBe(at.getTime());
  });

  it('keeps the latest moment', async () => {
    const [key, store] = [newKey(), open()];
    await store.revoke(key, new Date(2_000), later(60));
    await store.revoke(key, new Date(1_000), later(60));
    expect((await store.notBefore([key])).get(key)?.getTime()).toBe(2_000);
    await store.revoke(key, new Date(3_000), later(60));
    expect((await store.notBefore([key])).get(key)?.getTime()).toBe(3_000);
  });

  it('forgets a revocation that has expired', async () => {
    const [key, store] = [newKey(), open()];
    await store.revoke(key, new Date(), later(-5));
    expect((await store.notBefore([key])).size).toBe(0);
  });

  it('lets a value be used once, among many at a time', async () => {
    const [key, store] = [newKey(), open()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.consume(key, later(60))));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await store.consume(key, later(60))).toBe(false);
  });

  it('lets a value be used again once it was to be forgotten', async () => {
    const [key, store] = [newKey(), open()];
    expect(await store.consume(key, later(-5))).toBe(true);
    expect(await store.consume(key, later(60))).toBe(true);
  });

  it('takes whatever a key holds', async () => {
    const [key, store] = [`${newKey()}|'";--\u{1F600}`, open()];
    await store.revoke(key, new Date(5_000), later(60));
    expect((await store.notBefore([key])).get(key)?.getTime()).toBe(5_000);
  });
});

describe('the memory store', () => {
  it('keeps nothing that has expired', async () => {
    const store = memorySessions();
    const dates = await fill(store);
    collectGarbage();
    expect(dates.filter((date) => date.deref()).length).toBeLessThan(5_000);
    expect((await store.notBefore(['kept'])).size).toBe(1);
    expect(await store.consume('kept', later(60))).toBe(false);
  });

  it.each(['AWS_LAMBDA_FUNCTION_NAME', 'ECS_CONTAINER_METADATA_URI_V4'])('is refused with %s', (name) => {
    vi.stubEnv(name, 'x');
    expect(() => memorySessions()).toThrow('for tests');
    vi.unstubAllEnvs();
  });
});

async function fill(store: SessionStore): Promise<WeakRef<Date>[]> {
  await store.revoke('kept', new Date(1), later(60));
  await store.consume('kept', later(60));
  const dates: WeakRef<Date>[] = [];
  for (let index = 0; index < 20_000; index++) {
    const date = later(-5);
    dates.push(new WeakRef(date));
    await store.revoke(`key ${index}`, new Date(2), date);
    await store.consume(`key ${index}`, date);
  }
  // A WeakRef holds its target until the current job ends.
  await new Promise((resolve) => setImmediate(resolve));
  return dates;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe('the login plugin', () => {
  it('fault: makes a service unready whose sessions have no table, and ready again with it', async () => {
    const provider = await startHostileProvider();
    const service = createService(async (app) => {
      await app.register(login);
    });
    const readyWith = async (table: string) => {
      const app = await service.build({
        ...loginEnv(provider),
        ...tableEnv,
        SESSION_TABLE: table,
        LOG_LEVEL: 'silent',
      });
      const { statusCode, body } = await app.inject('/ready');
      await app.close();
      return [statusCode, JSON.parse(body)];
    };
    const existing = tableEnv['SESSION_TABLE'] ?? expect.fail('there is no table');
    expect(await readyWith('gone')).toEqual([503, { status: 'unready', failing: ['login'] }]);
    expect(await readyWith(existing)).toEqual([200, { status: 'ok' }]);
    await provider.stop();
  });

  it("takes the app's database as its store", async () => {
    const service = await startService({ store: db });
    const browser = createBrowser(service.app);
    await browser.signIn();
    expect((await browser.get('/page')).statusCode).toBe(200);
    const saved = new Map(browser.jar);
    await browser.post('/logout');
    for (const [name, value] of saved) browser.jar.set(name, value);
    expect((await browser.get('/page', { accept: 'application/json' })).statusCode).toBe(401);
    await service.stop();
  });
});
