import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ItemExistsError, type Table } from '@keelson/runtime/table';
import {
  type Interceptor,
  openTable,
  type Show,
  startDatabase,
  startInterceptor,
  type TestDatabase,
} from './table-database.ts';

let database: TestDatabase;
let net: Interceptor;
let shows: Table<Show, 'slug'>;
let ready: () => Promise<void>;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await startDatabase();
  net = await startInterceptor(database.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
  ({ table: shows, ready } = await open(net.url));
});
afterEach(() => {
  net.fates.length = 0;
  net.seen.length = 0;
});
afterAll(async () => {
  for (const close of closers) await close();
  await net.close();
  await database.stop();
});

async function open(endpoint: string) {
  const env = { ...database.env, AWS_ENDPOINT_URL_DYNAMODB: endpoint };
  const opened = await openTable<Show, 'slug'>(env, 'shows', { key: 'slug' });
  closers.push(opened.close);
  return opened;
}

/** Milliseconds that the promises of 'at once' and 'within 5 s' may take on a busy machine. */
const [atOnce, within5s] = [4_000, 10_000];
const unavailable = { code: 'TABLE_UNAVAILABLE', statusCode: 503, retryAfter: 5 };
const overloaded = { code: 'OVERLOADED', statusCode: 503, retryAfter: 1 };
let count = 0;
const newSlug = (): string => `show/${count++}`;
const elapsed = async (work: Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work.catch(() => {});
  return performance.now() - start;
};

describe('DynamoDB away', () => {
  test('refused connections are 503 at once, for every operation', async () => {
    const { table, ready: isReady } = await open('http://127.0.0.1:9');
    const calls: (() => Promise<unknown>)[] = [
      () => table.get({ slug: 'a' }),
      () => table.put({ slug: 'a' }),
      () => table.create({ slug: 'a' }),
      () => table.createAll([{ slug: 'a' }]),
      () => table.update({ slug: 'a' }, { title: 'b' }),
      () => table.delete({ slug: 'a' }),
      () => table.query({ where: { slug: 'a' } }),
      () => table.queryAll({ where: { slug: 'a' } }).next(),
      () => isReady(),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject(unavailable);
    expect(await elapsed(Promise.allSettled(calls.map((call) => call())))).toBeLessThan(atOnce);
  });

  test('no answer at all is 503 within 5 s', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const { table } = await open(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    const calls = [table.get({ slug: 'a' }), table.create({ slug: 'a' }), table.createAll([{ slug: 'a' }])];
    const [time] = await Promise.all([
      elapsed(Promise.allSettled(calls)),
      ...calls.map((call) => expect(call).rejects.toMatchObject(unavailable)),
    ]);
    expect(time).toBeLessThan(within5s);
    await closers.pop()?.();
    silent.close();
  }, 60_000);

  test('more requests than sockets wait no longer than 5 s', async () => {
    // Of its own: what is still on its way when it ends would meet the fates of the next test.
    const hanging = await startInterceptor(database.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
    const { table } = await open(hanging.url);
    hanging.fates.push(...Array.from({ length: 300 }, () => 'hang' as const));
    const calls = Array.from({ length: 120 }, () => table.get({ slug: 'a' }));
    const time = await elapsed(Promise.allSettled(calls));
    for (const call of calls) await expect(call).rejects.toMatchObject(unavailable);
    expect(time).toBeLessThan(within5s);
    await closers.pop()?.();
    await hanging.close();
  }, 60_000);

  test('an error of the server is 503; a refused role too, with what to do', async () => {
    net.fates.push({ error: 'InternalServerError', status: 500 }, { error: 'InternalServerError', status: 500 });
    await expect(shows.get({ slug: 'a' })).rejects.toMatchObject(unavailable);
    net.fates.push({ error: 'AccessDeniedException' });
    await expect(shows.get({ slug: 'a' })).rejects.toMatchObject({
      ...unavailable,
      hint: expect.stringContaining('role'),
    });
    expect(net.seen).toHaveLength(3);
  });

  test('it is ready again when DynamoDB is', async () => {
    net.fates.push('cut', 'cut');
    await expect(ready()).rejects.toMatchObject(unavailable);
    await ready();
  });
});

describe('fault 16: dead sockets', () => {
  test('a read is sent once more, and nobody notices', async () => {
    const slug = newSlug();
    await shows.put({ slug });
    net.fates.push('cut');
    expect(await shows.get({ slug })).toEqual({ slug });
    net.fates.push('cut');
    expect((await shows.query({ where: { slug } })).items).toEqual([{ slug }]);
    expect(net.seen).toEqual(['PutItem', 'GetItem', 'GetItem', 'Query', 'Query']);
  });

  test('once, not more', async () => {
    net.fates.push('cut', 'cut');
    await expect(shows.get({ slug: 'a' })).rejects.toMatchObject(unavailable);
    expect(net.seen).toEqual(['GetItem', 'GetItem']);
  });

  test('a whole pool of dead connections costs one retry each', async () => {
    const slug = newSlug();
    await shows.put({ slug });
    await Promise.all(Array.from({ length: 20 }, () => shows.get({ slug })));
    expect(net.killIdle()).toBeGreaterThan(5);
    const all = await Promise.all(Array.from({ length: 20 }, () => shows.get({ slug })));
    expect(all).toEqual(Array.from({ length: 20 }, () => ({ slug })));
  });
});

describe('fault 14: a lost answer', () => {
  test('of create is no conflict with itself', async () => {
    const show = { slug: newSlug(), title: 'A', list: [1, { none: undefined, some: 'x' }] };
    net.fates.push('lose');
    await shows.create(show);
    expect(net.seen).toEqual(['PutItem', 'PutItem', 'GetItem']);
  });

  test("of create is a conflict where another's item is there", async () => {
    const slug = newSlug();
    await shows.put({ slug, title: 'theirs' });
    net.fates.push('cut');
    await expect(shows.create({ slug, title: 'ours' })).rejects.toBeInstanceOf(ItemExistsError);
    expect(await shows.get({ slug })).toEqual({ slug, title: 'theirs' });
  });

  test('of createAll is no conflict with itself', async () => {
    const items = [{ slug: newSlug() }, { slug: newSlug() }];
    net.fates.push('lose');
    await shows.createAll(items);
    expect(net.seen).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    await expect(shows.createAll(items)).rejects.toBeInstanceOf(ItemExistsError);
  });

  test('of a write with a condition is not sent again: it may have changed what the condition is about', async () => {
    const slug = newSlug();
    await shows.put({ slug, version: 1 });
    net.fates.push('lose');
    await expect(shows.update({ slug }, { version: 2 }, { where: { version: 1 } })).rejects.toMatchObject(unavailable);
    expect(await shows.get({ slug })).toEqual({ slug, version: 2 });
  });
});

describe('throttling and conflicts', () => {
  const throttled = { error: 'ProvisionedThroughputExceededException' } as const;
  const cancelled = (...codes: string[]) => ({
    error: 'TransactionCanceledException',
    more: { Message: 'cancelled', CancellationReasons: codes.map((Code) => ({ Code })) },
  });

  test('are waited for', async () => {
    const slug = newSlug();
    net.fates.push(throttled, throttled);
    await shows.put({ slug });
    net.fates.push(throttled);
    await shows.update({ slug }, { title: 'A' }, { where: { title: { exists: false } } });
    net.fates.push(cancelled('None', 'TransactionConflict'), { error: 'TransactionInProgressException' });
    await shows.createAll([{ slug: newSlug() }, { slug: newSlug() }]);
    expect(net.seen).toEqual([
      ...Array.from({ length: 3 }, () => 'PutItem'),
      ...Array.from({ length: 2 }, () => 'UpdateItem'),
      ...Array.from({ length: 3 }, () => 'TransactWriteItems'),
    ]);
  });

  test('that last are 503, after six attempts', async () => {
    net.fates.push(...Array.from({ length: 6 }, () => throttled));
    await expect(shows.get({ slug: 'a' })).rejects.toMatchObject(overloaded);
    expect(net.seen).toHaveLength(6);
    net.fates.push(...Array.from({ length: 6 }, () => cancelled('TransactionConflict')));
    await expect(shows.createAll([{ slug: newSlug() }])).rejects.toMatchObject(overloaded);
    expect(net.seen).toHaveLength(12);
  }, 60_000);

  test('a key that exists is told at once, whatever else is in the way', async () => {
    const items = [{ slug: newSlug() }, { slug: newSlug() }];
    net.fates.push(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
    await expect(shows.createAll(items)).rejects.toMatchObject({ keys: [{ slug: items[1]?.slug }] });
    expect(net.seen).toHaveLength(1);
  });

  test('a mistake of the service is not tried again, and stays what it is', async () => {
    net.fates.push({ error: 'ValidationException', more: { message: 'One or more parameter values were invalid' } });
    await expect(shows.get({ slug: 'a' })).rejects.toMatchObject({ name: 'ValidationException' });
    expect(net.seen).toHaveLength(1);
  });
});
