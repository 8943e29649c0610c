import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasEmulator, startEmulator } from '../../../infra/test/terraform/emulator.ts';
import { saySkipped } from '../../../infra/test/tools.ts';
import { type Case, cases } from './cases.ts';
import { clientAt, clientOf, endAll, ends, newContext, start } from './harness.ts';

const noEmulator = hasEmulator() ? undefined : 'this machine lacks moto_server, the AWS emulator';
const TableName = 'cases';

let local: DynamoDBClient;
beforeAll(async () => {
  local = clientOf(await start(await newContext()));
});
afterAll(endAll);

/** How a case ends, as text: the error with its reasons, then the items there are afterwards. */
async function run(client: DynamoDBClient, { items, before, token }: Case): Promise<string> {
  await freshTable(client);
  const ClientRequestToken = token && `${token}-${randomUUID()}`.slice(0, 36);
  const send = (each: Case['items']) =>
    client.send(new TransactWriteItemsCommand({ TransactItems: [...each], ClientRequestToken }));
  if (before) await send(before).catch(() => {});
  const failure = await send(items).then(
    () => undefined,
    (error: Error) => error,
  );
  return [...(failure ? [inWords(failure)] : []), await contents(client)].join('; ');
}

function inWords(error: Error): string {
  if (!(error instanceof TransactionCanceledException)) return error.name;
  return (error.CancellationReasons ?? [])
    .map(({ Code, Item }) => [Code, ...(Item ? [text(Item)] : [])].join(' '))
    .join(', ');
}

const text = ({ id, n }: Record<string, AttributeValue>) => `${id?.S}=${n?.N}`;

/** Ends the wait for something that never comes. */
const patience = { timeout: 60_000, interval: 5 };

async function freshTable(client: DynamoDBClient): Promise<void> {
  await client.send(new DeleteTableCommand({ TableName })).catch(() => {});
  await expect.poll(() => statusOf(client), patience).toBe('absent');
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await expect.poll(() => statusOf(client), patience).toBe('ACTIVE');
  for (const [id, n] of Object.entries({ a: '1', b: '2' })) {
    await client.send(new PutItemCommand({ TableName, Item: { id: { S: id }, n: { N: n } } }));
  }
}

async function statusOf(client: DynamoDBClient): Promise<string | undefined> {
  return client.send(new DescribeTableCommand({ TableName })).then(
    ({ Table }) => Table?.TableStatus,
    () => 'absent',
  );
}

async function contents(client: DynamoDBClient): Promise<string> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  return Items.length > 10 ? `${Items.length} items` : Items.map(text).sort().join(' ');
}

describe('a transaction', () => {
  it.each(cases)('$name', async (each) => {
    expect(await run(local, each)).toBe(each.ends);
  });
});

describe.skipIf(saySkipped('the same transactions in moto', noEmulator))('the same transaction in moto', () => {
  let moto: DynamoDBClient;
  beforeAll(async () => {
    const emulator = await startEmulator(1);
    ends.push(() => emulator.stop());
    moto = clientAt(emulator.url, 'eu-central-1');
  });

  it.each(cases.filter((each) => each.notInMoto === undefined))('$name', async (each) => {
    expect(await run(moto, each)).toBe(each.ends);
  });
});
