import { inspect } from 'node:util';
import { type Generated, sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { KeelsonError } from '../../src/errors/index.ts';
import { sqlState } from '../../src/data/postgres/index.ts';
import { connect, startServer, type TestClient, type TestServer } from './database.ts';
import { type Proxy, startProxy } from './proxy.ts';

interface Database {
  note: { id: Generated<string>; owner: string; day: string; at: Generated<Date> };
}

let server: TestServer;
const clients: TestClient<Database>[] = [];
let proxy: Proxy | undefined;

beforeAll(async () => {
  server = await startServer();
  await server.sql(
    `create table note (id bigint primary key generated always as identity, owner text unique not null,
                        day date not null default '2026-01-31', at timestamptz not null default now())`,
  );
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await proxy?.close();
  proxy = undefined;
});
afterAll(() => server.remove());

async function open(...[url, options]: [url?: string, options?: Parameters<typeof connect>[1]]) {
  const client = await connect<Database>({ DATABASE_URL: url ?? server.url, KEELSON_SERVICE: 'api' }, options);
  clients.push(client);
  return client;
}

function gate() {
  let resolve = () => {};
  const promise = new Promise<void>((open) => {
    resolve = open;
  });
  return { promise, resolve: () => resolve() };
}

const unavailable = expect.objectContaining({
  code: 'DATABASE_UNAVAILABLE',
  statusCode: 503,
  retryAfter: expect.any(Number),
});

describe('postgres()', () => {
  test('is a typed Kysely, and takes plain SQL; bigint and date arrive as text', async () => {
    const { db } = await open();
    const row = await db
      .insertInto('note')
      .values({ owner: 'ann', day: '2026-03-01' })
      .returningAll()
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ id: expect.any(String), owner: 'ann', day: '2026-03-01', at: expect.any(Date) });
    const { rows } = await db.query<{ owner: string }>('select owner from note where id = $1', [row.id]);
    expect(rows).toEqual([{ owner: 'ann' }]);
  });

  test('rolls a transaction back whose function throws', async () => {
    const { db } = await open();
    const failing = db.transaction().execute(async (trx) => {
      await trx.insertInto('note').values({ owner: 'gone', day: '2026-03-01' }).execute();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.selectFrom('note').where('owner', '=', 'gone').select('id').execute()).toEqual([]);
  });

  test('without any variable says which ones it could use', async () => {
    await expect(connect({})).rejects.toMatchObject({ problems: [{ path: 'DATABASE_URL' }] });
    await expect(connect({ DATABASE_AUTH: 'iam', AWS_REGION: 'eu-central-1' })).rejects.toMatchObject({
      problems: [{ path: 'PGHOST' }, { path: 'PGDATABASE' }, { path: 'PGUSER' }],
    });
  });

  test('of two transactions that wait on one another one is refused as busy, the other commits', async () => {
    const { db } = await open();
    await db
      .insertInto('note')
      .values([
        { owner: 'one', day: '2026-03-01' },
        { owner: 'two', day: '2026-03-01' },
      ])
      .execute();
    let both = 0;
    const bothHold = gate();
    const crossing = (first: string, second: string) =>
      db.transaction().execute(async (trx) => {
        await trx.updateTable('note').set({ day: '2026-04-01' }).where('owner', '=', first).execute();
        if (++both === 2) bothHold.resolve();
        await bothHold.promise;
        await trx.updateTable('note').set({ day: '2026-04-01' }).where('owner', '=', second).execute();
      });
    const results = await Promise.allSettled([crossing('one', 'two'), crossing('two', 'one')]);
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(reasons).toEqual([expect.objectContaining({ code: 'OVERLOADED', statusCode: 503, retryAfter: 1 })]);
    expect(reasons.map(sqlState)).toEqual(['40P01']);
  });

  test('security 50: an error of the database repeats no value', async () => {
    const { db } = await open();
    const secret = 'h4nd-off';
    await db.insertInto('note').values({ owner: secret, day: '2026-03-01' }).execute();
    const failures = await Promise.all([
      db
        .insertInto('note')
        .values({ owner: secret, day: '2026-03-01' })
        .execute()
        .catch((error: unknown) => error),
      db.query('select $1::int', [secret]).catch((error: unknown) => error),
      db.query('insert into note (owner, day) values ($1, null)', [secret]).catch((error: unknown) => error),
    ]);
    expect(failures.map(sqlState)).toEqual(['23505', '22P02', '23502']);
    for (const failure of failures) expect(inspect(failure, { showHidden: true, depth: 5 })).not.toContain(secret);
  });
});

describe('faults', () => {
  test('fault 8: the server restarts → 503s, then recovery, no crash', async () => {
    const { db, ready } = await open();
    await db.selectFrom('note').select('id').execute();
    await server.restart(async () => {
      await expect(db.selectFrom('note').select('id').execute()).rejects.toEqual(unavailable);
      await expect(ready()).rejects.toEqual(unavailable);
    });
    await db.selectFrom('note').select('id').execute();
    await ready();
  });

  test('fault 8: a connection that is lost in mid-transaction rejects with 503 and is not given out again', async () => {
    const { db } = await open(undefined, { max: 1 });
    const lost = db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await server.sql('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await trx.selectFrom('note').select('id').execute();
    });
    await expect(lost).rejects.toEqual(unavailable);
    await db.selectFrom('note').select('id').execute();
  });

  test('fault 9: a database that wakes up is waited for', async () => {
    proxy = await startProxy(server.url, 700);
    const { db } = await open(proxy.url);
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('fault 9: one that does not answer is given up with 503 and Retry-After', async () => {
    proxy = await startProxy(server.url, Infinity);
    const { db } = await open(proxy.url, { connectTimeout: 200 });
    await expect(db.query('select 1')).rejects.toEqual(unavailable);
  });

  test('fault 10: with every connection in use a query is refused soon, and served when one is free', async () => {
    const { db } = await open(undefined, { max: 2, acquireTimeout: 100 });
    const held = gate();
    const holding = [gate(), gate()];
    const holders = holding.map(({ resolve }) =>
      db.connection().execute(async () => {
        resolve();
        await held.promise;
      }),
    );
    await Promise.all(holding.map(({ promise }) => promise));
    await expect(db.query('select 1')).rejects.toEqual(unavailable);
    const crowd = await Promise.allSettled(Array.from({ length: 200 }, () => db.query('select 1')));
    expect(crowd.every(({ status }) => status === 'rejected')).toBe(true);
    held.resolve();
    await Promise.all(holders);
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  test('fault 16: a read and a transaction on a dead idle socket are repeated once, silently', async () => {
    proxy = await startProxy(server.url);
    const { db } = await open(proxy.url);
    const several = () => Promise.all([1, 2, 3].map(() => db.query('select pg_sleep(0.05)')));
    await several();
    proxy.cut();
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await several();
    proxy.cut();
    await db
      .transaction()
      .execute((trx) => trx.insertInto('note').values({ owner: 'after-thaw', day: '2026-03-01' }).execute());
    expect(await server.sql("select count(*)::int as n from note where owner = 'after-thaw'")).toEqual([{ n: 1 }]);
  });

  test('fault 14: a write whose answer never came is not repeated', async () => {
    proxy = await startProxy(server.url);
    const { db } = await open(proxy.url);
    await db.query('select 1');
    proxy.cut();
    await expect(db.insertInto('note').values({ owner: 'maybe', day: '2026-03-01' }).execute()).rejects.toEqual(
      unavailable,
    );
    expect(proxy.taken).toBe(1);
  });

  test('a statement that takes too long is ended by the server, with 503', async () => {
    const { db } = await open(undefined, { statementTimeout: 100 });
    const error = await db.query('select pg_sleep(60)').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(KeelsonError);
    expect(error).toEqual(unavailable);
    expect(sqlState(error)).toBe('57014');
  });

  test('an idle service gives its connections back within 60 s, so that Aurora can pause', async () => {
    const { db } = await open(`${server.url}?application_name=idle`);
    await Promise.all([1, 2, 3].map(() => db.query('select pg_sleep(0.05)')));
    const connections = () =>
      server.sql("select count(*)::int as n from pg_stat_activity where application_name = 'idle'");
    expect(await connections()).toEqual([{ n: 3 }]);
    await expect.poll(connections, { timeout: 59_000, interval: 500 }).toEqual([{ n: 0 }]);
    expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
