import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openLevel } from '../../src/local/dynamodb/dynalite.ts';
import type { LocalPart } from '../../src/local/part.ts';
import type { LocalTable } from '../../src/local/dynamodb/tables.ts';
import { endAll, newContext, start } from './harness.ts';

afterEach(endAll);

const TableName = 'shows-local';
const shows: LocalTable = { variable: 'SHOWS_TABLE', name: TableName, key: { slug: 'string' } };
const Item = { slug: { S: 'a' }, year: { N: '2020' } };
const year = [{ AttributeName: 'year', AttributeType: 'N' }];
const index = {
  IndexName: 'by-year',
  KeySchema: [{ AttributeName: 'year', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
};

async function call({ address }: LocalPart, operation: string, body: unknown) {
  const response = await fetch(address as string, {
    method: 'POST',
    headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

const create = (Create: unknown, AttributeDefinitions: unknown = year) => ({
  TableName,
  AttributeDefinitions,
  GlobalSecondaryIndexUpdates: [{ Create }],
});

function nested(levels: number): string {
  return `{"TableName":"${TableName}","Item":{"slug":{"S":"a"},"deep":${'{"M":{"a":'.repeat(levels)}{"S":"x"}${'}}'.repeat(levels)}}}`;
}

describe('requests that are not what they should be', () => {
  it.each([
    ['no keys and no projection', create({ IndexName: 'by-year' })],
    ['no name', create({ ...index, IndexName: undefined })],
    ['a name that is no text', create({ ...index, IndexName: {} })],
    ['no projection', create({ ...index, Projection: undefined })],
    ['an empty projection', create({ ...index, Projection: {} })],
    ['an unknown projection', create({ ...index, Projection: { ProjectionType: 'SOME' } })],
    ['no key', create({ ...index, KeySchema: [] })],
    ['a null key', create({ ...index, KeySchema: [null] })],
    ['three keys', create({ ...index, KeySchema: [...index.KeySchema, ...index.KeySchema, ...index.KeySchema] })],
    ['a key that is not defined', create({ ...index, KeySchema: [{ AttributeName: 'drm', KeyType: 'HASH' }] })],
    ['a sort key alone', create({ ...index, KeySchema: [{ AttributeName: 'year', KeyType: 'RANGE' }] })],
    ['no definitions', create(index, null)],
    ['a null definition', create(index, [null])],
    ['a definition of an unknown type', create(index, [{ AttributeName: 'year', AttributeType: 'X' }])],
    ["the table's key as another type", create(index, [...year, { AttributeName: 'slug', AttributeType: 'N' }])],
    ['an update that is null', { TableName, GlobalSecondaryIndexUpdates: [null] }],
    ['an update that is text', { TableName, GlobalSecondaryIndexUpdates: ['x'] }],
    ['updates that are no list', { TableName, GlobalSecondaryIndexUpdates: {} }],
  ])('UpdateTable: an index with %s is refused and recorded nowhere', async (_name, request) => {
    const part = await start(await newContext(), [shows]);
    const refused = await call(part, 'UpdateTable', request);
    expect(refused.status).toBe(400);
    expect(refused.text).toMatch(/ValidationException|SerializationException/);
    expect((await call(part, 'PutItem', { TableName, Item })).status).toBe(200);
    expect((await call(part, 'UpdateTable', create(index))).status).toBe(200);
  });

  it.each([
    ['BatchGetItem', { RequestItems: { t: null } }],
    ['BatchGetItem', { RequestItems: { [TableName]: null } }],
    ['BatchWriteItem', { RequestItems: { [TableName]: [null] } }],
    ['BatchWriteItem', { RequestItems: { [TableName]: null } }],
    ['PutItem', { TableName, Item: { slug: null } }],
    ['GetItem', { TableName, Key: { slug: null } }],
    ['Query', { TableName, KeyConditions: { slug: null } }],
    ['CreateTable', { TableName: 'other', KeySchema: [null], AttributeDefinitions: [null] }],
    ['TransactWriteItems', { TransactItems: [{ Put: { TableName, Item: { slug: null } } }] }],
  ])('%s of %o is refused, and the next request is answered', async (operation, request) => {
    await refuses(operation, request);
  });

  it.each([40, 5_000, 300_000])('an item nested %i levels deep is refused', async (levels) => {
    await refuses('PutItem', nested(levels));
  });

  async function refuses(operation: string, request: unknown): Promise<void> {
    const part = await start(await newContext(), [shows]);
    const refused = await call(part, operation, request);
    expect(refused.status).toBe(400);
    expect(refused.text).toMatch(/ValidationException|SerializationException/);
    expect(refused.text).not.toMatch(/node_modules|\.[jt]s:/);
    expect((await call(part, 'PutItem', { TableName, Item })).status).toBe(200);
  }

  it('an item may be nested 32 levels deep, in a transaction too', async () => {
    const part = await start(await newContext(), [shows]);
    const deep = JSON.parse(nested(31)) as object;
    expect((await call(part, 'PutItem', deep)).status).toBe(200);
    expect((await call(part, 'TransactWriteItems', { TransactItems: [{ Put: deep }] })).status).toBe(200);
  });
});

describe('a table that was recorded broken', () => {
  const broken = [{ IndexStatus: 'ACTIVE' }, null, { ...index, KeySchema: undefined }, { ...index, Projection: null }];

  async function rewrite(folder: string, change: (table: Record<string, unknown>) => void): Promise<void> {
    const database = openLevel(folder) as ReturnType<typeof openLevel> & {
      put(key: string, value: string): Promise<void>;
    };
    await database.open();
    const table = JSON.parse(String(await database.get(`table~${TableName}`))) as Record<string, unknown>;
    change(table);
    await database.put(`table~${TableName}`, JSON.stringify(table));
    await database.close();
  }

  it('is mended at the start, and keeps its items', async () => {
    const context = await newContext();
    const first = await start(context, [shows]);
    await call(first, 'PutItem', { TableName, Item });
    await first.stop();
    await rewrite(join(context.stateDir, 'dynamodb'), (table) => {
      table['GlobalSecondaryIndexes'] = broken;
    });
    const second = await start(context, [shows]);
    expect((await call(second, 'PutItem', { TableName, Item: { slug: { S: 'b' } } })).status).toBe(200);
    expect(JSON.parse((await call(second, 'Scan', { TableName })).text)).toMatchObject({ Count: 2 });
  });

  it('an error inside an operation answers this request alone, and tells no path', async () => {
    const context = await newContext();
    const first = await start(context, [shows]);
    await first.stop();
    // A table without its key: what dynalite does with it throws, some of it in callbacks.
    await rewrite(join(context.stateDir, 'dynamodb'), (table) => {
      table['AttributeDefinitions'] = null;
    });
    const second = await start(context, []);
    const Key = { slug: Item.slug };
    for (const [operation, request] of Object.entries({
      PutItem: { TableName, Item },
      GetItem: { TableName, Key },
      BatchGetItem: { RequestItems: { [TableName]: { Keys: [Key] } } },
      TransactWriteItems: { TransactItems: [{ Put: { TableName, Item } }] },
    })) {
      const failed = await call(second, operation, request);
      expect([operation, failed.status]).toEqual([operation, 500]);
      expect(failed.text).toContain('InternalServerError');
      expect(failed.text).not.toMatch(/node_modules|\.[jt]s|TypeError/);
    }
    expect((await call(second, 'ListTables', {})).text).toContain(TableName);
    expect((await call(second, 'DeleteTable', { TableName })).status).toBe(200);
  });
});
