import { BatchWriteItemCommand, DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { type AttributeValue, PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Resource } from '@keelson/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { startTable } from '../../src/local/dynamodb/table.ts';
import type { LocalTable } from '../../src/local/dynamodb/tables.ts';
import type { LocalContext } from '../../src/local/part.ts';
import { clientOf, endAll, newContext, start, stoppedOnce } from './harness.ts';

type TableResource = Extract<Resource, { kind: 'table' }>;

const shows: TableResource = {
  kind: 'table',
  key: { slug: 'string' },
  indexes: { gsi_drm_episode: { hash: { drmKey: 'number' }, range: { episodeCount: 'number' } } },
  name: 'shows-{env}',
};
const byDrm = {
  IndexName: 'gsi_drm_episode',
  KeyConditionExpression: 'drmKey = :drm',
  ExpressionAttributeValues: { ':drm': { N: '1' } },
};
const show = (slug: string, episodeCount = 1) => ({
  slug: { S: slug },
  drmKey: { N: '1' },
  episodeCount: { N: String(episodeCount) },
});

afterEach(endAll);

async function startShows(context: LocalContext, resource: TableResource = shows) {
  const part = stoppedOnce(await startTable(context, 'shows', resource));
  const client = clientOf(part);
  const TableName = part.env['SHOWS_TABLE'] as string;
  const slugs = async (command: QueryCommand | ScanCommand) => {
    const found: AttributeValue[] = [];
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      command.input.ExclusiveStartKey = ExclusiveStartKey;
      const { Items = [], LastEvaluatedKey } = await client.send(command as QueryCommand);
      for (const { slug } of Items) if (slug) found.push(slug);
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return found.map(({ S }) => S);
  };
  const put = (item: Record<string, AttributeValue>) => client.send(new PutItemCommand({ TableName, Item: item }));
  return {
    part,
    client,
    TableName,
    slugs,
    put,
    query: (more = {}) => slugs(new QueryCommand({ TableName, ...byDrm, ...more })),
  };
}

describe('startTable', () => {
  it('makes the table of the config, named as in AWS', async () => {
    const { part, client, TableName } = await startShows(await newContext());
    expect(part.env).toMatchObject({ SHOWS_TABLE: 'shows-local', AWS_ENDPOINT_URL_DYNAMODB: part.address });
    expect(part.title).toContain('shows-local');
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table?.KeySchema).toEqual([{ AttributeName: 'slug', KeyType: 'HASH' }]);
    expect(Table?.GlobalSecondaryIndexes?.[0]).toMatchObject({
      IndexName: 'gsi_drm_episode',
      KeySchema: [
        { AttributeName: 'drmKey', KeyType: 'HASH' },
        { AttributeName: 'episodeCount', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    });
  });

  it('names a table after app and resource, for want of a name', async () => {
    const part = stoppedOnce(
      await startTable(await newContext(), 'userRatings', { kind: 'table', key: { id: 'number' } }),
    );
    expect(part.env['USER_RATINGS_TABLE']).toBe('hello-local-userRatings');
  });

  it('all tables of an app, and that of its login, are in one server', async () => {
    const context = await newContext();
    const [one, two, sessions] = await Promise.all([
      startTable(context, 'one', { kind: 'table', key: { id: 'string' } }),
      startTable(context, 'two', { kind: 'table', key: { id: 'string' } }),
      start(context),
    ]);
    expect(new Set([one.address, two.address, sessions.address]).size).toBe(1);
    await one.stop();
    await clientOf(two).send(new ScanCommand({ TableName: two.env['TWO_TABLE'] }));
    await two.stop();
    await clientOf(sessions).send(new ScanCommand({ TableName: sessions.env['SESSION_TABLE'] }));
  });

  it("the user's own table name wins", async () => {
    const { TableName } = await startShows(await newContext({ SHOWS_TABLE: 'my-shows' }));
    expect(TableName).toBe('my-shows');
  });

  it('a changed key is said clearly, with the way out', async () => {
    const context = await newContext();
    const { part } = await startShows(context);
    await part.stop();
    const changed: TableResource = { ...shows, key: { id: 'string', number: 'number' } };
    await expect(startTable(context, 'shows', changed)).rejects.toMatchObject({
      message:
        'The table shows-local has the key slug (string); in keelson.config.ts it is id (string), number (number).',
      hint: expect.stringContaining('keelson dev --fresh'),
    });
    // Nothing is left running: the folder can be had again.
    expect((await startShows(context)).part.title).not.toContain('in memory');
  });

  it('an index that is new is made with the items that are there; one that has changed too; one that is gone goes', async () => {
    const context = await newContext();
    const { indexes: _, ...plain } = shows;
    const before = await startShows(context, plain);
    await before.put(show('a'));
    await before.put({ slug: { S: 'of-another-type' }, drmKey: { S: '1' }, episodeCount: { N: '1' } });
    await before.put({ slug: { S: 'without' } });
    await before.part.stop();

    const added = await startShows(context);
    expect(await added.query()).toEqual(['a']);
    await added.put(show('b', 2));
    expect(await added.query()).toEqual(['a', 'b']);
    await added.part.stop();

    const changed = await startShows(context, {
      ...shows,
      indexes: { gsi_drm_episode: { hash: { episodeCount: 'number' } } },
    });
    const byCount = {
      KeyConditionExpression: 'episodeCount = :count',
      ExpressionAttributeValues: { ':count': { N: '2' } },
    };
    expect(await changed.query(byCount)).toEqual(['b']);
    await changed.part.stop();

    const removed = await startShows(context, plain);
    await expect(removed.query()).rejects.toThrow(/does not have the specified index/);
    expect(await removed.slugs(new ScanCommand({ TableName: removed.TableName }))).toHaveLength(4);
  });

  it('items whose time has passed are gone after a restart', async () => {
    const context = await newContext();
    const table: TableResource = { ...shows, ttl: 'until' };
    const first = await startShows(context, table);
    const { TimeToLiveDescription } = await first.client.send(
      new DescribeTimeToLiveCommand({ TableName: first.TableName }),
    );
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'until' });
    const now = Math.floor(Date.now() / 1000);
    await first.put({ ...show('past'), until: { N: String(now - 10) } });
    await first.put({ ...show('future'), until: { N: String(now + 1000) } });
    await first.put({ ...show('not-a-time'), until: { S: '1' } });
    await first.put(show('ever'));
    await first.part.stop();
    const second = await startShows(context, table);
    expect((await second.query()).sort()).toEqual(['ever', 'future', 'not-a-time']);
  });
});

describe('an index', () => {
  it('holds thousands of items with the same key, and pages through them in both directions', async () => {
    const { client, TableName, query, slugs } = await startShows(await newContext());
    const all = Array.from({ length: 6_000 }, (_, index) => `show/${index}`);
    for (let from = 0; from < all.length; from += 25) {
      const puts = all.slice(from, from + 25).map((slug) => ({ PutRequest: { Item: show(slug) } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: puts } }));
    }
    const forward = await query({ Limit: 700 });
    expect(new Set(forward)).toEqual(new Set(all));
    expect(forward).toHaveLength(all.length);
    const backward = await query({ Limit: 700, ScanIndexForward: false });
    expect(backward).toEqual(forward.toReversed());
    const scanned = await slugs(new ScanCommand({ TableName, IndexName: 'gsi_drm_episode', Limit: 900 }));
    expect(new Set(scanned)).toEqual(new Set(all));
  }, 60_000);

  it('follows an item that changes', async () => {
    const { query, put } = await startShows(await newContext());
    await put(show('a', 1));
    await put(show('b', 2));
    await put(show('a', 3));
    expect(await query()).toEqual(['b', 'a']);
    await put({ slug: { S: 'b' } });
    expect(await query()).toEqual(['a']);
  });
});

describe('the document client', () => {
  const table: LocalTable = { variable: 'ITEMS_TABLE', name: 'items', key: { pk: 'string', sk: 'number' } };

  it('writes and reads transactions', async () => {
    const documents = DynamoDBDocumentClient.from(clientOf(await start(await newContext(), [table])));
    const TableName = 'items';
    const [one, two] = [
      { pk: 'a', sk: 1, tags: ['x'] },
      { pk: 'a', sk: 2 },
    ];
    const puts = [one, two].map((Item) => ({ Put: { TableName, Item } }));
    const { ConsumedCapacity } = await documents.send(
      new TransactWriteCommand({ TransactItems: puts, ReturnConsumedCapacity: 'TOTAL' }),
    );
    expect(ConsumedCapacity).toMatchObject([{ TableName, CapacityUnits: 4 }]);
    const get = (sk: number) => ({ Get: { TableName, Key: { pk: 'a', sk } } });
    const { Responses } = await documents.send(new TransactGetCommand({ TransactItems: [get(2), get(3), get(1)] }));
    expect(Responses?.map(({ Item }) => Item)).toEqual([two, undefined, one]);
    await expect(documents.send(new TransactGetCommand({ TransactItems: [get(2), get(2)] }))).rejects.toThrow(
      /multiple operations on one item/,
    );
    await expect(
      documents.send(new TransactGetCommand({ TransactItems: [get(1), { Get: { TableName, Key: { pk: 'a' } } }] })),
    ).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ValidationError' }],
    });
  });

  it('4 MB at most', async () => {
    const documents = DynamoDBDocumentClient.from(clientOf(await start(await newContext(), [table])));
    const put = (sk: number) => ({ Put: { TableName: 'items', Item: { pk: 'a', sk, text: 'x'.repeat(390_000) } } });
    const send = (count: number) =>
      documents.send(new TransactWriteCommand({ TransactItems: Array.from({ length: count }, (_, sk) => put(sk)) }));
    await expect(send(11)).rejects.toThrow(/4 MB/);
    await send(10);
  });
});
