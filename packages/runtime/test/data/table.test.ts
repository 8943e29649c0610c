import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NumberValue, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ConfigError, KeelsonError } from '@keelson/runtime/errors';
import { ItemExistsError, type Table } from '@keelson/runtime/table';
import { openTable, type Show, startDatabase, type TestDatabase } from './table-database.ts';

let database: TestDatabase;
let shows: Table<Show, 'slug'>;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await startDatabase();
  const opened = await openTable<Show, 'slug'>(database.env, 'shows', { key: 'slug' });
  closers.push(opened.close);
  shows = opened.table;
});
afterAll(async () => {
  for (const close of closers) await close();
  await database.stop();
});

let count = 0;
const newSlug = (): string => `show/${count++}`;
const conflict = expect.objectContaining({ code: 'CONFLICT', statusCode: 409 });
const invalid = (path: string) =>
  expect.objectContaining({
    code: 'INVALID_REQUEST',
    statusCode: 400,
    extensions: { errors: expect.arrayContaining([expect.objectContaining({ path })]) },
  });

describe('items', () => {
  test('are written, read, replaced and removed', async () => {
    const slug = newSlug();
    const show = { slug, title: 'A', nested: { list: [1, 'two', null, true], none: undefined }, none: undefined };
    await shows.put(show);
    expect(await shows.get({ slug })).toEqual({ slug, title: 'A', nested: { list: [1, 'two', null, true] } });
    await shows.put({ slug, title: 'B' });
    expect(await shows.get({ slug }, { consistent: true })).toEqual({ slug, title: 'B' });
    await shows.delete({ slug });
    await shows.delete({ slug });
    expect(await shows.get({ slug })).toBeUndefined();
  });

  test('are created once', async () => {
    const slug = newSlug();
    await shows.create({ slug, title: 'first' });
    const error = await shows.create({ slug, title: 'second' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ItemExistsError);
    expect(error).toBeInstanceOf(KeelsonError);
    expect(error).toMatchObject({
      code: 'CONFLICT',
      statusCode: 409,
      keys: [{ slug }],
      extensions: { keys: [{ slug }] },
    });
    expect(await shows.get({ slug })).toEqual({ slug, title: 'first' });
  });

  test('of one key, created 50 times in parallel: exactly one wins', async () => {
    const slug = newSlug();
    const tries = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) => shows.create({ slug, title: `${index}` })),
    );
    const won = tries.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    expect(won).toHaveLength(1);
    for (const each of tries) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(ItemExistsError);
    expect(await shows.get({ slug })).toEqual({ slug, title: `${won[0]}` });
  });

  test('change in part; undefined removes, null stays', async () => {
    const slug = newSlug();
    await shows.create({ slug, title: 'A', drmKey: 1, episodeCount: 3 });
    const changed = await shows.update({ slug }, { title: 'B', drmKey: undefined, extra: null });
    expect(changed).toEqual({ slug, title: 'B', episodeCount: 3, extra: null });
    expect(await shows.get({ slug })).toEqual(changed);
    expect(await shows.update({ slug }, {})).toEqual(changed);
  });

  test('that are not there are not made by a change', async () => {
    const slug = newSlug();
    await expect(shows.update({ slug }, { title: 'A' })).rejects.toMatchObject({ code: 'NOT_FOUND', statusCode: 404 });
    expect(await shows.get({ slug })).toBeUndefined();
  });

  test('are written only where a condition holds', async () => {
    const slug = newSlug();
    await shows.create({ slug, version: 1 });
    await shows.update({ slug }, { version: 2 }, { where: { version: 1 } });
    await expect(shows.update({ slug }, { version: 2 }, { where: { version: 1 } })).rejects.toEqual(conflict);
    await expect(shows.update({ slug: 'none' }, { a: 1 }, { where: { version: 1 } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(shows.put({ slug }, { where: { version: { gt: 2 } } })).rejects.toEqual(conflict);
    await expect(shows.delete({ slug }, { where: { version: { exists: false } } })).rejects.toEqual(conflict);
    await shows.put({ slug, version: 3, title: 'show' }, { where: { version: { between: [1, 2] } } });
    await shows.delete({ slug }, { where: { version: { ne: 2 }, title: { beginsWith: 'sh' } } });
    expect(await shows.get({ slug })).toBeUndefined();
  });

  test.each(['name', 'a.b', 'size(x)', '#n0', ':v0', 'SET x', 'a"b', 'ünï', '__proto', 'AND 1=1 OR'])(
    'may have an attribute called %j',
    async (attribute) => {
      const slug = newSlug();
      await shows.create({ slug, [attribute]: 1 });
      expect(await shows.update({ slug }, { [attribute]: 2 }, { where: { [attribute]: 1 } })).toEqual({
        slug,
        [attribute]: 2,
      });
      const { items } = await shows.query({ where: { slug }, filter: { [attribute]: 2 }, select: [attribute] });
      expect(items).toEqual([{ [attribute]: 2 }]);
      expect(await shows.update({ slug }, { [attribute]: undefined })).toEqual({ slug });
    },
  );
});

describe('numbers', () => {
  test.each([0, -1, 2 ** 53 - 1, -(2 ** 53 - 1), 0.1, 0.1 + 0.2, 1.5e-7, -123.456, 1 / 3, 99999999.99999999])(
    '%d survives',
    async (n) => {
      const slug = newSlug();
      await shows.put({ slug, n });
      expect(await shows.get({ slug })).toEqual({ slug, n });
    },
  );

  test.each([2 ** 53, -(2 ** 53), 1e21, 1e300, 1e-200, Number.NaN, Infinity])(
    '%d is refused, with its place',
    async (n) => {
      const slug = newSlug();
      await expect(shows.put({ slug, deep: [{ n }] })).rejects.toEqual(invalid('deep/0/n'));
      await expect(shows.create({ slug, n })).rejects.toEqual(invalid('n'));
      await expect(shows.createAll([{ slug, n }])).rejects.toEqual(invalid('n'));
      expect(await shows.get({ slug })).toBeUndefined();
    },
  );

  test.each([
    '9007199254740993',
    '12345678901234567890123456789012345678',
    '0.12345678901234567890123',
    '9007199254740992',
  ])('%s in the table is an error, not another number', async (text) => {
    const slug = newSlug();
    await shows.put({ slug });
    await shows.client.send(
      new UpdateCommand({
        TableName: shows.name,
        Key: { slug },
        UpdateExpression: 'SET n = :n',
        ExpressionAttributeValues: { ':n': NumberValue.from(text) },
      }),
    );
    await expect(shows.get({ slug })).rejects.toThrow(/more digits than a JavaScript number/);
  });
});

describe('keys', () => {
  test.each([
    ['', 'must not be empty'],
    ['x'.repeat(2_049), 'must not be longer than 2048 bytes'],
    ['ü'.repeat(1_025), 'must not be longer than 2048 bytes'],
    [null, 'must be a text, a number or binary'],
    [undefined, 'must be a text, a number or binary'],
    [Number.NaN, 'must be a number that can be stored exactly'],
  ])('%j is refused before anything is sent', async (slug, message) => {
    const item = { slug } as Show;
    for (const attempt of [
      () => shows.put(item),
      () => shows.create(item),
      () => shows.createAll([item]),
      () => shows.get(item),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
        extensions: { errors: [{ path: 'slug', message }] },
      });
    }
  });

  test('given alone have nothing else, and cannot change', async () => {
    const withMore = { slug: 'a', title: 'A' };
    await expect(shows.get(withMore)).rejects.toThrow('title: no part of the key, which is slug.');
    const changes = { slug: 'b' } as object;
    await expect(shows.update({ slug: 'a' }, changes)).rejects.toThrow('a key cannot be changed');
  });

  test('are typed where they are named', async () => {
    // @ts-expect-error: title is no key
    await expect(shows.get({ title: 'a' })).rejects.toThrow(TypeError);
    // @ts-expect-error: a number is no slug
    await expect(shows.get({ slug: 1 })).rejects.toThrow();
  });
});

describe('an item that DynamoDB cannot hold', () => {
  test('is 413 when it is larger than 400 KB', async () => {
    const show = { slug: newSlug(), text: 'x'.repeat(410_000) };
    for (const attempt of [() => shows.put(show), () => shows.create(show), () => shows.createAll([show])]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE', statusCode: 413 });
    }
  });

  test('is 400 when it is nested too deep', async () => {
    let nested: unknown = 'leaf';
    for (let depth = 0; depth < 40; depth++) nested = [nested];
    await expect(shows.put({ slug: newSlug(), nested })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});

describe('createAll', () => {
  const newShows = (length: number) => Array.from({ length }, (_, index) => ({ slug: newSlug(), title: `${index}` }));
  const there = async (items: readonly Show[]) =>
    (await Promise.all(items.map(({ slug }) => shows.get({ slug })))).filter((item) => item !== undefined);

  test.each([1, 2, 100])('creates %d', async (length) => {
    const items = newShows(length);
    await shows.createAll(items);
    expect(await there(items)).toEqual(items);
  });

  test.each([0, 101, 5_000])('%d items are 400', async (length) => {
    const items = newShows(length);
    await expect(shows.createAll(items)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      extensions: { errors: [{ path: '', message: `must have 1 to 100 items; these are ${length}` }] },
    });
  });

  test('creates none when some exist, and names all of those', async () => {
    const items = newShows(20);
    const [third, last] = [items[2], items[19]] as [Show, Show];
    await shows.create(third);
    await shows.create(last);
    const error = await shows.createAll(items).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ItemExistsError);
    expect(error).toMatchObject({ keys: [{ slug: third.slug }, { slug: last.slug }], statusCode: 409 });
    expect(await there(items)).toHaveLength(2);
  });

  test('creates none when a key occurs twice, and names it', async () => {
    const items = newShows(3);
    const twice = [...items, { slug: items[1]?.slug ?? '', title: 'again' }];
    await expect(shows.createAll(twice)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      extensions: { errors: [{ path: 'slug', message: `occurs twice: ${items[1]?.slug}` }] },
    });
    expect(await there(items)).toEqual([]);
  });

  test('of overlapping items in parallel: each transaction happens whole or not at all', async () => {
    const pool = Array.from({ length: 12 }, () => newSlug());
    const groups = Array.from({ length: 30 }, (_, group) =>
      [0, 1, 2].map((step) => ({
        slug: pool[(group + step * (1 + (group % 3))) % pool.length] ?? '',
        title: `${group}`,
      })),
    );
    const results = await Promise.allSettled(groups.map((items) => shows.createAll(items)));
    const won = results.flatMap(({ status }, group) => (status === 'fulfilled' ? [group] : []));
    expect(won.length).toBeGreaterThan(0);
    for (const each of results) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(ItemExistsError);
    const expected = won.flatMap((group) => groups[group] ?? []).sort((one, two) => (one.slug < two.slug ? -1 : 1));
    const found = (await there(pool.map((slug) => ({ slug })))).sort((one, two) => (one.slug < two.slug ? -1 : 1));
    expect(found).toEqual(expected);
  });
});

describe('configuration', () => {
  test('every problem at once', async () => {
    const problems = openTable<Show, 'slug'>({ AWS_ENDPOINT_URL_DYNAMODB: 'localhost:8000' }, 'userRatings', {
      key: 'slug',
    });
    await expect(problems).rejects.toThrow(ConfigError);
    await expect(problems).rejects.toMatchObject({
      problems: [{ path: 'AWS_REGION' }, { path: 'AWS_ENDPOINT_URL_DYNAMODB' }, { path: 'USER_RATINGS_TABLE' }],
    });
  });

  test.each([
    ['shows', 'slug'],
    ['events', ['pk', 'sk']],
    ['blobs', ['id', 'part']],
  ] as const)('%s is ready, whatever the types of its key', async (name, key) => {
    const { ready, close } = await openTable<Record<string, string>, string>(database.env, name, { key });
    await ready();
    await close();
  });

  test('a table that is not there is not ready', async () => {
    const env = { ...database.env, SHOWS_TABLE: 'nothing' };
    const { table, ready, close } = await openTable<Show, 'slug'>(env, 'shows', { key: 'slug' });
    await expect(ready()).rejects.toMatchObject({ code: 'TABLE_UNAVAILABLE', hint: expect.stringContaining('name') });
    await expect(table.get({ slug: 'a' })).rejects.toMatchObject({ code: 'TABLE_UNAVAILABLE', statusCode: 503 });
    await close();
  });
});
