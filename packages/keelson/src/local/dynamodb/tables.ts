import type { AttributeDefinition, CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';

/** A table that a service uses. */
export interface LocalTable {
  /** Variable that gives the service its name. */
  readonly variable: string;
  readonly name: string;
  /** The partition key, then the sort key where there is one. */
  readonly key: Readonly<Record<string, 'string' | 'number' | 'binary'>>;
}

type Sdk = typeof import('@aws-sdk/client-dynamodb');

/** Where a login keeps ended sessions when its app has no PostgreSQL. */
export function sessionTable(appName: string): LocalTable {
  return { variable: 'SESSION_TABLE', name: `${appName}-local-sessions`, key: { key: 'string' } };
}

/** Makes the tables that are not there yet; those that are stay as they are. */
export async function createTables(sdk: Sdk, client: DynamoDBClient, tables: readonly LocalTable[]): Promise<void> {
  await Promise.all(
    tables.map(async (table) => {
      await create(sdk, client, table);
      await waitUntilActive(sdk, client, table.name);
    }),
  );
}

async function create(sdk: Sdk, client: DynamoDBClient, table: LocalTable): Promise<void> {
  try {
    await client.send(new sdk.CreateTableCommand(definition(table)));
  } catch (error) {
    if (!(error instanceof sdk.ResourceInUseException)) throw error;
  }
}

function definition({ name, key }: LocalTable): CreateTableCommandInput {
  const attributes = Object.entries(key);
  const types = { string: 'S', number: 'N', binary: 'B' } as const;
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map(
      ([attribute, type]): AttributeDefinition => ({ AttributeName: attribute, AttributeType: types[type] }),
    ),
    KeySchema: attributes.map(([attribute], index) => ({
      AttributeName: attribute,
      KeyType: index === 0 ? 'HASH' : 'RANGE',
    })),
  };
}

async function waitUntilActive(sdk: Sdk, client: DynamoDBClient, name: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { Table } = await client.send(new sdk.DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await sleep(50);
  }
  throw new Error(`The local table ${name} does not become active; \`keelson dev --fresh\` makes it anew.`);
}
