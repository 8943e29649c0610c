import type {
  AttributeDefinition,
  DynamoDBClient,
  GlobalSecondaryIndex,
  KeySchemaElement,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../user-error.ts';

type KeyType = 'string' | 'number' | 'binary';
type KeyPart = Readonly<Record<string, KeyType>>;

/** A table that a service uses. */
export interface LocalTable {
  /** Variable that gives the service its name. */
  readonly variable: string;
  readonly name: string;
  /** The partition key, then the sort key where there is one. */
  readonly key: KeyPart;
  readonly indexes?: Readonly<Record<string, { readonly hash: KeyPart; readonly range?: KeyPart | undefined }>>;
  /** Attribute with the time after which an item may go, in seconds since 1970. */
  readonly ttl?: string | undefined;
}

/** How a table is brought in line with keelson.config.ts. */
export interface TableRules {
  /** Whether the table is Keelson's own: an index that is no longer asked for, or has other keys, may go. */
  readonly own: boolean;
  /** What to do about a table whose key is another one. */
  readonly wayOut: string;
}

type Sdk = typeof import('@aws-sdk/client-dynamodb');

/** Where a login keeps ended sessions when its app has no PostgreSQL. */
export function sessionTable(appName: string): LocalTable {
  return {
    variable: 'SESSION_TABLE',
    name: `${appName}-local-sessions`,
    key: { key: 'string' },
    ttl: 'expiresAt',
  };
}

/** Makes the table where it is missing, with its indexes; one that is there keeps its items. @throws UserError */
export async function ensureTable(sdk: Sdk, client: DynamoDBClient, table: LocalTable, rules: TableRules) {
  await create(sdk, client, table);
  const found = await whenActive(sdk, client, table.name);
  checkKey(found, table, rules);
  await alignIndexes(sdk, client, found, table, rules);
  await setTimeToLive(sdk, client, table);
}

async function create(sdk: Sdk, client: DynamoDBClient, table: LocalTable): Promise<void> {
  const { name, key, indexes = {} } = table;
  const described = Object.entries(indexes).map(describeIndex);
  const input = {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: attributesOf(table),
    KeySchema: keySchema(key),
    ...(described.length > 0 && { GlobalSecondaryIndexes: described }),
  };
  try {
    await client.send(new sdk.CreateTableCommand(input));
  } catch (error) {
    if (!(error instanceof sdk.ResourceInUseException)) throw error;
  }
}

async function whenActive(sdk: Sdk, client: DynamoDBClient, name: string): Promise<TableDescription> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { Table } = await client.send(new sdk.DescribeTableCommand({ TableName: name }));
    if (Table?.TableStatus === 'ACTIVE') return Table;
    await sleep(20);
  }
  throw new Error(`The local table ${name} does not become active; \`npx keelson dev --fresh\` makes it anew.`);
}

function checkKey(found: TableDescription, { name, key }: LocalTable, { wayOut }: TableRules): void {
  const there = describeKey(found.KeySchema, found.AttributeDefinitions);
  const wanted = describeKey(keySchema(key), definitions(key));
  if (there === wanted) return;
  throw new UserError(`The table ${name} has the key ${there}; in keelson.config.ts it is ${wanted}.`, wayOut);
}

async function alignIndexes(
  sdk: Sdk,
  client: DynamoDBClient,
  found: TableDescription,
  table: LocalTable,
  { own }: TableRules,
): Promise<void> {
  const there = new Map(
    (found.GlobalSecondaryIndexes ?? []).map(({ IndexName = '', KeySchema }) => [
      IndexName,
      describeKey(KeySchema, found.AttributeDefinitions),
    ]),
  );
  const wanted = new Map(
    Object.entries(table.indexes ?? {}).map((entry) => [
      entry[0],
      { index: describeIndex(entry), key: describeKey(describeIndex(entry).KeySchema, attributesOf(table)) },
    ]),
  );
  const update = (change: object) =>
    client.send(
      new sdk.UpdateTableCommand({
        TableName: table.name,
        AttributeDefinitions: attributesOf(table),
        GlobalSecondaryIndexUpdates: [change],
      }),
    );
  for (const [name, key] of there) {
    if (own && wanted.get(name)?.key !== key) await update({ Delete: { IndexName: name } });
  }
  for (const [name, { index, key }] of wanted) {
    if (!there.has(name) || (own && there.get(name) !== key)) await update({ Create: index });
  }
}

async function setTimeToLive(sdk: Sdk, client: DynamoDBClient, { name, ttl }: LocalTable): Promise<void> {
  if (ttl === undefined) return;
  const { TimeToLiveDescription } = await client.send(new sdk.DescribeTimeToLiveCommand({ TableName: name }));
  if (TimeToLiveDescription?.AttributeName === ttl) return;
  const TimeToLiveSpecification = { AttributeName: ttl, Enabled: true };
  await client.send(new sdk.UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification })).catch(() => {
    // Another emulator may not know TTL; items then stay.
  });
}

function describeIndex([name, { hash, range }]: [string, NonNullable<LocalTable['indexes']>[string]]) {
  const index: GlobalSecondaryIndex & { KeySchema: KeySchemaElement[] } = {
    IndexName: name,
    KeySchema: keySchema({ ...hash, ...range }),
    Projection: { ProjectionType: 'ALL' },
  };
  return index;
}

function attributesOf({ key, indexes = {} }: LocalTable): AttributeDefinition[] {
  const parts = [key, ...Object.values(indexes).flatMap(({ hash, range = {} }) => [hash, range])];
  return definitions(Object.assign({}, ...parts) as KeyPart);
}

const letters = { string: 'S', number: 'N', binary: 'B' } as const;
const words: Readonly<Record<string, string>> = { S: 'string', N: 'number', B: 'binary' };

function definitions(key: KeyPart): AttributeDefinition[] {
  return Object.entries(key).map(([name, type]) => ({ AttributeName: name, AttributeType: letters[type] }));
}

function keySchema(key: KeyPart): KeySchemaElement[] {
  return Object.keys(key).map((name, index) => ({ AttributeName: name, KeyType: index === 0 ? 'HASH' : 'RANGE' }));
}

/** `slug (string), number (number)` */
function describeKey(schema: KeySchemaElement[] = [], attributes: AttributeDefinition[] = []): string {
  const types = new Map(attributes.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType ?? '']));
  return schema.map(({ AttributeName: name }) => `${name} (${words[types.get(name) ?? ''] ?? 'unknown'})`).join(', ');
}
