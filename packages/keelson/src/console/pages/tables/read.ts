import { upperSnake } from '@keelson/contract';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LocalApp } from '../../../local/app.ts';
import { createClient, isLoopback } from '../../../local/dynamodb/client.ts';
import { decodeKey, encodeKey, type ItemMap } from './item-text.ts';

export interface ReadableTable {
  /** The resource's name; `sessions` for the table that a login brings itself. */
  readonly label: string;
  readonly name: string;
  readonly endpoint: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface TableItems {
  readonly items: readonly ItemMap[];
  /** Names of the key's attributes. */
  readonly key: readonly string[];
  readonly count: number;
  readonly countIsWhole: boolean;
  /** Where the next page begins; absent: there is none. */
  readonly next?: string;
}

export type Listing = TableItems | { readonly problem: string };

const pageSize = 25;
/** Megabytes that are counted at most. */
const countedPages = 20;

/** The app's tables, in the order of its config. */
export function listTables({ app, parts }: LocalApp): ReadableTable[] {
  return [...parts].flatMap(([resource, { env }]) => {
    const isTable = resource === '' || app.resources?.[resource]?.kind === 'table';
    const name = env[resource === '' ? 'SESSION_TABLE' : `${upperSnake(resource)}_TABLE`];
    if (!isTable || name === undefined) return [];
    return [{ label: resource || 'sessions', name, endpoint: env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '', env }];
  });
}

/** @param from where a page before ended; `null`: the first page */
export async function readItems(app: LocalApp, table: ReadableTable, from: string | null): Promise<Listing> {
  if (!isLoopback(table.endpoint)) return { problem: `The table is at ${table.endpoint}: look at it there.` };
  const { sdk, client } = await createClient({ ...credentials(app), ...table.env });
  const TableName = table.name;
  try {
    const { Table } = await client.send(new sdk.DescribeTableCommand({ TableName }));
    const start = from === null ? undefined : decodeKey(from);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new sdk.ScanCommand({ TableName, Limit: pageSize, ...(start && { ExclusiveStartKey: start }) }),
    );
    return {
      items: Items,
      key: (Table?.KeySchema ?? []).flatMap(({ AttributeName }) => AttributeName ?? []),
      ...(await countItems(client, sdk, TableName)),
      ...(LastEvaluatedKey && { next: encodeKey(LastEvaluatedKey) }),
    };
  } catch (error) {
    return { problem: `${TableName} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  } finally {
    client.destroy();
  }
}

async function countItems(client: DynamoDBClient, sdk: typeof import('@aws-sdk/client-dynamodb'), TableName: string) {
  let count = 0;
  let start: Record<string, AttributeValue> | undefined;
  for (let page = 0; page < countedPages; page++) {
    const { Count = 0, LastEvaluatedKey } = await client.send(
      new sdk.ScanCommand({ TableName, Select: 'COUNT', ...(start && { ExclusiveStartKey: start }) }),
    );
    count += Count;
    start = LastEvaluatedKey;
    if (!start) break;
  }
  return { count, countIsWhole: start === undefined };
}

/** The user's own, where a DynamoDB of theirs keeps tables apart by them. */
function credentials({ services }: LocalApp): Record<string, string> {
  const env = services[0]?.environment() ?? {};
  const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
