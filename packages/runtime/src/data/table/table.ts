import { upperSnake } from '@keelson/contract';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Boot, currentBoot } from '../../config/boot.ts';
import { missing } from '../../config/problems.ts';
import { type Call, createCall } from './call.ts';
import { openConnection } from './client.ts';
import { createItem } from './create.ts';
import { createAllItems } from './create-all.ts';
import { isNamed } from './errors.ts';
import { exactKey, type ItemMap } from './keys.ts';
import { queryAll, queryPage } from './query.ts';
import type { Key, KeyNames, Page, PageOptions, QueryOptions, WriteOptions } from './types.ts';
import { deleteItem, putItem, updateItem } from './write.ts';

export interface TableOptions<KeyName extends string> {
  /** Name of the partition key, or of partition and sort key, as in keelson.config.ts. */
  readonly key: KeyNames<KeyName>;
  /**
   * Keys of the indexes, as in keelson.config.ts: `{ gsi_drm_episode: ['drmKey', 'episodeCount'] }`. Needed only for a
   * query whose `where` does not name both.
   */
  readonly indexes?: Readonly<Record<string, readonly [partition: string, sort?: string]>>;
}

/**
 * A DynamoDB table. Every call may reject with KeelsonError `TABLE_UNAVAILABLE` (503, within 5 s), `OVERLOADED` (503: throttled)
 * or, for items that DynamoDB cannot hold, `INVALID_REQUEST` (400) and `PAYLOAD_TOO_LARGE` (413, more than 400 KB).
 */
export interface Table<Item extends object, KeyName extends keyof Item = keyof Item> {
  /** Its name in DynamoDB. */
  readonly name: string;
  /** For everything that is not here: commands of `@aws-sdk/lib-dynamodb`. */
  readonly client: DynamoDBDocumentClient;
  /** @param options `consistent`: sees every write that was answered before, at twice the cost */
  get(key: Key<Item, KeyName>, options?: { readonly consistent?: boolean }): Promise<Item | undefined>;
  /** Writes an item, in place of one with the same key. @throws KeelsonError `CONFLICT` when `where` does not hold */
  put(item: Item, options?: WriteOptions<Item>): Promise<void>;
  /** Writes an item whose key is not there yet. @throws ItemExistsError */
  create(item: Item): Promise<void>;
  /** Writes 1–100 items in one transaction: all, or none when a key is there already. @throws ItemExistsError with all of those keys */
  createAll(items: readonly Item[]): Promise<void>;
  /**
   * Changes attributes of an item that is there; `undefined` removes one.
   * @returns the whole item as it is now
   * @throws KeelsonError `NOT_FOUND`; `CONFLICT` when `where` does not hold
   */
  update(
    key: Key<Item, KeyName>,
    changes: { readonly [Name in Exclude<keyof Item, OnlyKey<Item, KeyName>>]?: Item[Name] | undefined },
    options?: WriteOptions<Item>,
  ): Promise<Item>;
  /** Removes an item, if it is there. @throws KeelsonError `CONFLICT` when `where` does not hold */
  delete(key: Key<Item, KeyName>, options?: WriteOptions<Item>): Promise<void>;
  /**
   * One page of a partition, in the order of the sort key.
   * @throws KeelsonError `INVALID_REQUEST` for a cursor that is not one of this query
   */
  query<Name extends keyof Item = keyof Item>(options: PageOptions<Item, Name>): Promise<Page<Pick<Item, Name>>>;
  /** All items of a partition, read page by page while one iterates. */
  queryAll<Name extends keyof Item = keyof Item>(
    options: QueryOptions<Item, Name>,
  ): AsyncIterableIterator<Pick<Item, Name>>;
}

/** The key's names where they are known; nothing where any attribute might be one. */
type OnlyKey<Item, KeyName extends keyof Item> = string & keyof Item extends KeyName ? never : KeyName;

/**
 * The app's table `name` as typed items. Reads `<NAME>_TABLE`, `AWS_REGION` and, where DynamoDB is not in AWS,
 * `AWS_ENDPOINT_URL_DYNAMODB`. Connects at the first command.
 *
 * Numbers are JavaScript numbers: one that cannot be held exactly is refused when it is written, and an error when it is read.
 *
 * @param name the resource's name in `keelson.config.ts`; names it in `/ready`
 * @example
 * const shows = table<Show>('shows', { key: 'slug' });
 * await shows.create({ slug: 'show/a', title: 'A' });
 * const { items, cursor } = await shows.query({ index: 'gsi_drm_episode', where: { drmKey: 1, episodeCount: { gt: 0 } } });
 */
export function table<Item extends object, KeyName extends keyof Item & string = keyof Item & string>(
  name: string,
  { key, indexes = {} }: TableOptions<KeyName>,
): Table<Item, KeyName> {
  const boot = currentBoot();
  const connection = openConnection(boot);
  const tableName = nameOf(boot, name);
  const call = createCall(connection, tableName);
  boot.onClose(async () => connection.close());
  const keyNames: readonly string[] = typeof key === 'string' ? [key] : key;
  const target = { name: tableName, call, key: keyNames, indexes: indexes as Record<string, readonly string[]> };
  boot.readiness(name, () => reach(call, tableName, keyNames));
  return {
    name: tableName,
    client: connection.client,
    get: async (given, { consistent = false } = {}) => {
      const command = { TableName: tableName, Key: exactKey(map(given), keyNames), ConsistentRead: consistent };
      const { Item } = await call((client, sending) => client.send(new GetCommand(command), sending));
      return Item as Item | undefined;
    },
    put: async (item, { where } = {}) => putItem(target, map(item), where),
    create: async (item) => createItem(target, map(item)),
    createAll: async (items) => createAllItems(target, items.map(map)),
    update: async (given, changes, { where } = {}) =>
      (await updateItem(target, map(given), map(changes), where)) as Item,
    delete: async (given, { where } = {}) => deleteItem(target, map(given), where),
    query: async (options) => queryPage(target, options),
    queryAll: (options) => queryAll(target, options),
  };
}

function nameOf(boot: Boot, name: string): string {
  const variable = `${upperSnake(name)}_TABLE`;
  const value = boot.env[variable];
  if (!value) boot.problem(missing(variable, 'name of the DynamoDB table'));
  return value || name;
}

/**
 * Reads an item that is not there: DescribeTable is not among a service's rights. The types of the key are not known here;
 * that DynamoDB minds them shows as well that the table can be reached.
 */
async function reach(call: Call, name: string, keyNames: readonly string[]): Promise<void> {
  const key = Object.fromEntries(keyNames.map((attribute) => [attribute, 'keelson-ready']));
  const command = new GetCommand({ TableName: name, Key: key });
  const isAboutKey = (error: unknown) => isNamed(error, 'ValidationException');
  try {
    await call((client, sending) => client.send(command, sending), { expected: isAboutKey });
  } catch (error) {
    if (!isAboutKey(error)) throw error;
  }
}

const map = (item: object): ItemMap => item as ItemMap;
