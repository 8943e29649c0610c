import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '@keelson/runtime/table';
import { openTable, type Show, startDatabase, type TestDatabase } from './table-database.ts';

interface Event {
  readonly pk: string;
  readonly sk: number;
  readonly kind?: string;
}

interface Blob {
  readonly id: Uint8Array;
  readonly part: Uint8Array;
}

let database: TestDatabase;
let shows: Table<Show, 'slug'>;
let events: Table<Event, 'pk' | 'sk'>;
const closers: (() => Promise<void>)[] = [];
const drm = { index: 'gsi_drm_episode', where: { drmKey: 1, episodeCount: { gt: 0 } } } as const;

beforeAll(async () => {
  database = await startDatabase();
  const openedShows = await openTable<Show, 'slug'>(database.env, 'shows', { key: 'slug' });
  const openedEvents = await openTable<Event, 'pk' | 'sk'>(database.env, 'events', { key: ['pk', 'sk'] });
  closers.push(openedShows.close, openedEvents.close);
  [shows, events] = [openedShows.table, openedEvents.table];
  for (let sk = 1; sk <= 10; sk++) {
    await events.create({ pk: 'a', sk, kind: sk % 2 ? 'odd' : 'even' });
    await events.create({ pk: 'b', sk });
  }
});
afterAll(async () => {
  for (const close of closers) await close();
  await database.stop();
});

const numbers = (items: readonly Partial<Event>[]) => items.map(({ sk }) => sk);

describe('query', () => {
  test.each([
    [{ pk: 'a' }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    [{ pk: 'a', sk: 3 }, [3]],
    [{ pk: { eq: 'a' }, sk: { eq: 3 } }, [3]],
    [{ pk: 'a', sk: { gt: 8 } }, [9, 10]],
    [{ pk: 'a', sk: { gte: 8 } }, [8, 9, 10]],
    [{ pk: 'a', sk: { lt: 3 } }, [1, 2]],
    [{ pk: 'a', sk: { lte: 3 } }, [1, 2, 3]],
    [{ pk: 'a', sk: { between: [4, 6] } }, [4, 5, 6]],
    [{ pk: 'nobody' }, []],
  ] as const)('where %j', async (where, expected) => {
    expect(numbers((await events.query({ where })).items)).toEqual(expected);
  });

  test('selects, filters, turns around and limits', async () => {
    const { items } = await events.query({
      where: { pk: 'a' },
      filter: { kind: 'even' },
      select: ['sk'],
      descending: true,
      consistent: true,
    });
    expect(items).toEqual([{ sk: 10 }, { sk: 8 }, { sk: 6 }, { sk: 4 }, { sk: 2 }]);
    const page = await events.query({ where: { pk: 'a' }, limit: 3 });
    expect(numbers(page.items)).toEqual([1, 2, 3]);
    const next = await events.query({ where: { pk: 'a' }, limit: 30, cursor: page.cursor });
    expect(numbers(next.items)).toEqual([4, 5, 6, 7, 8, 9, 10]);
    expect(next.cursor).toBeUndefined();
  });

  test('reads an index', async () => {
    await shows.createAll([
      { slug: 'show/b', title: 'B', drmKey: 1, episodeCount: 2 },
      { slug: 'show/a', title: 'A', drmKey: 1, episodeCount: 5 },
      { slug: 'show/none', title: 'N', drmKey: 1, episodeCount: 0 },
      { slug: 'show/free', title: 'F', drmKey: 0, episodeCount: 5 },
    ]);
    const { items } = await shows.query({ ...drm, select: ['slug', 'title'] });
    expect(items).toEqual([
      { slug: 'show/b', title: 'B' },
      { slug: 'show/a', title: 'A' },
    ]);
  });

  test.each([
    [{ where: {} }, /partition key pk must equal a value/],
    [{ where: { pk: { gt: 'a' } } }, /partition key pk must equal a value/],
    [{ where: { pk: 'a', kind: 'odd' } }, /kind is in no key of the table. Use filter/],
    [{ where: { pk: 'a', sk: { near: 3 } } }, /sk: a comparison has one member/],
    [{ where: { pk: 'a', sk: { gt: 3, lt: 5 } } }, /sk: a comparison has one member/],
    [{ where: { pk: 'a' }, index: 'by_kind' }, /the keys of by_kind are not known/],
    [{ where: { pk: 'a' }, limit: 0 }, /limit/],
  ])('a mistake in the service is named: %j', async (options, message) => {
    await expect(events.query(options as never)).rejects.toThrow(message);
  });

  test('an index with a partition key only is declared', async () => {
    const indexes = { gsi_title: ['title'] } as const;
    const { table, close } = await openTable<Show, 'slug'>(database.env, 'shows', { key: 'slug', indexes });
    closers.push(close);
    for (let index = 0; index < 5; index++) await table.create({ slug: `same/${index}`, title: 'same' });
    const where = { title: 'same' };
    const all: unknown[] = [];
    for await (const show of table.queryAll({ index: 'gsi_title', where, limit: 2 })) all.push(show);
    expect(all).toHaveLength(5);
  });

  test('binary keys page too', async () => {
    const { table, close } = await openTable<Blob, 'id' | 'part'>(database.env, 'blobs', { key: ['id', 'part'] });
    closers.push(close);
    const id = Uint8Array.of(0, 255, 1);
    for (let part = 1; part <= 5; part++) await table.create({ id, part: Uint8Array.of(part) });
    const parts: (number | undefined)[] = [];
    for await (const blob of table.queryAll({ where: { id }, limit: 2 })) parts.push(blob.part[0]);
    expect(parts).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('queryAll', () => {
  test('lists 10,000 items completely, each once, in order', async () => {
    const all = Array.from({ length: 10_000 }, (_, index) => ({
      slug: `many/${index}`,
      title: 'x'.repeat(300),
      drmKey: 7,
      episodeCount: index % 3,
    }));
    for (let from = 0; from < all.length; from += 100) await shows.createAll(all.slice(from, from + 100));
    const found: { slug: string; episodeCount?: number }[] = [];
    const where = { drmKey: 7, episodeCount: { gte: 0 } };
    for await (const show of shows.queryAll({ index: drm.index, where, select: ['slug', 'episodeCount'] }))
      found.push(show);
    expect(found).toHaveLength(10_000);
    expect(new Set(found.map(({ slug }) => slug))).toEqual(new Set(all.map(({ slug }) => slug)));
    const counts = found.map(({ episodeCount }) => episodeCount ?? -1);
    expect(counts).toEqual(counts.toSorted((one, two) => one - two));
  });

  test('reads no further than one goes', async () => {
    const seen: number[] = [];
    for await (const { sk } of events.queryAll({ where: { pk: 'a' }, limit: 2 })) {
      seen.push(sk);
      if (sk === 3) break;
    }
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe('a cursor', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const decode = (cursor: string) => JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Record<string, unknown>;
  const first = async () => (await events.query({ where: { pk: 'a' }, limit: 2 })).cursor ?? expect.fail('no cursor');
  const read = (cursor: string) => events.query({ where: { pk: 'a' }, limit: 2, cursor });

  test('is opaque text that is safe in a URL', async () => {
    const cursor = await first();
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(decode(cursor)).toEqual({ pk: 'a', sk: 2 });
    expect(numbers((await read(cursor)).items)).toEqual([3, 4]);
  });

  test.each<[string, unknown]>([
    ['another partition', { pk: 'b', sk: 2 }],
    ['a partition of another type', { pk: 1, sk: 2 }],
    ['a missing member', { pk: 'a' }],
    ['one member more', { pk: 'a', sk: 2, x: 1 }],
    ['other members', { id: 'a', number: 2 }],
    ['a sort key of another type', { pk: 'a', sk: '2' }],
    ['an empty sort key', { pk: 'a', sk: '' }],
    ['null', { pk: 'a', sk: null }],
    ['a list', { pk: 'a', sk: [2] }],
    ['an object', { pk: 'a', sk: { N: '2' } }],
    ['a boolean', { pk: 'a', sk: true }],
    ['a number that is none', { pk: 'a', sk: 2 ** 60 }],
    ['half a surrogate pair', { pk: 'a', sk: '\ud800' }],
    ['a sort key of more than 1,024 bytes', { pk: 'a', sk: 'é'.repeat(513) }],
    ['a binary sort key of more than 1,024 bytes', { pk: 'a', sk: { b: 'AAAA'.repeat(342) } }],
    ['an empty object', {}],
    ['an array', ['a', 2]],
    ['a text', 'a'],
    ['nothing', null],
  ])('with %s is 400', async (_, value) => {
    await expect(read(encode(value))).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      statusCode: 400,
      extensions: { errors: [{ path: 'cursor', message: 'is not a cursor of this list' }] },
    });
  });

  test.each<[string, (cursor: string) => string]>([
    ['empty', () => ''],
    ['not base64url', () => '%%%'],
    ['cut off', (cursor) => cursor.slice(0, -3)],
    ['padded', (cursor) => `${cursor}=`],
    ['followed by more', (cursor) => `${cursor}!`],
    ['of base64 with a foreign letter', (cursor) => `${cursor.slice(0, 4)} ${cursor.slice(4)}`],
    ['not JSON', () => Buffer.from('{"pk":"a","sk":2').toString('base64url')],
    ['with a prototype', () => Buffer.from('{"__proto__":{"pk":"a"},"sk":2}').toString('base64url')],
    ['with a number beyond all', () => Buffer.from('{"pk":"a","sk":1e999}').toString('base64url')],
    ['huge', () => Buffer.from(JSON.stringify({ pk: 'a', sk: 'x'.repeat(40_000) })).toString('base64url')],
  ])('that is %s is 400', async (_, change) => {
    await expect(read(change(await first()))).rejects.toMatchObject({ code: 'INVALID_REQUEST', statusCode: 400 });
  });

  test('of an index cannot leave its partition, nor the range that was asked for', async () => {
    await shows.createAll([
      { slug: 'c/1', drmKey: 3, episodeCount: 1 },
      { slug: 'c/2', drmKey: 3, episodeCount: 2 },
      { slug: 'c/3', drmKey: 3, episodeCount: 3 },
    ]);
    const where = { drmKey: 3, episodeCount: { gt: 0 } };
    const page = await shows.query({ index: drm.index, where, limit: 1 });
    expect(decode(page.cursor ?? '')).toEqual({ slug: 'c/1', drmKey: 3, episodeCount: 1 });
    const from = (key: object) => shows.query({ index: drm.index, where, cursor: encode(key) });
    expect((await from({ slug: 'c/1', drmKey: 3, episodeCount: 1 })).items).toHaveLength(2);
    await from({ slug: 'x'.repeat(2048), drmKey: 3, episodeCount: 1 });
    for (const key of [
      { slug: 'c/1', drmKey: 0, episodeCount: 1 },
      { slug: 'c/1', drmKey: '3', episodeCount: 1 },
      { slug: 'c/1', drmKey: 3, episodeCount: 0 },
      { slug: 'c/1', drmKey: 3, episodeCount: -5 },
      { slug: 7, drmKey: 3, episodeCount: 1 },
      { drmKey: 3, episodeCount: 1 },
      { slug: 'c/1\udc00', drmKey: 3, episodeCount: 1 },
      { slug: 'x'.repeat(2049), drmKey: 3, episodeCount: 1 },
    ]) {
      await expect(from(key)).rejects.toMatchObject({ code: 'INVALID_REQUEST', statusCode: 400 });
    }
  });

  test('random changes of a valid one never are anything but 400 or a page of the same partition', async () => {
    const cursor = await first();
    for (let at = 0; at < cursor.length; at++) {
      for (const letter of ['A', '0', '_', 'z']) {
        const changed = `${cursor.slice(0, at)}${letter}${cursor.slice(at + 1)}`;
        const result = await read(changed).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toMatchObject({ statusCode: 400 });
        else for (const { pk } of (result as { items: Event[] }).items) expect(pk).toBe('a');
      }
    }
  });
});
