import { createRequire } from 'node:module';

/** An attribute as DynamoDB writes it: `{ S: 'a' }`. */
export type Attribute = Readonly<Record<string, unknown>>;
export type ItemMap = Readonly<Record<string, Attribute>>;
/** Members of a request or an answer. */
export type Members = Record<string, unknown>;

export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

export interface IndexDescription {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: { readonly ProjectionType: string };
}

/** A table as dynalite keeps and describes it. */
export interface TableDescription {
  readonly TableName: string;
  readonly TableStatus: string;
  readonly KeySchema: readonly KeyElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
  readonly LocalSecondaryIndexes?: readonly IndexDescription[];
}

type Callback<Value = unknown> = (error: unknown, value: Value) => void;

export interface RangeOptions {
  gt?: string;
  gte?: string;
  lt?: string;
  lte?: string;
}

/** One of dynalite's namespaces in the database. */
export interface SubDatabase {
  get(key: string, callback: Callback): void;
  put(key: string, value: unknown, callback: Callback): void;
  del(key: string, callback: Callback): void;
  lock(key: string, run: (release: (callback: Callback) => Callback) => void): void;
  createValueStream(options: RangeOptions): unknown;
}

export type BatchOperation =
  | { readonly type: 'put'; readonly key: string; readonly value: unknown }
  | { readonly type: 'del'; readonly key: string };

/** The LevelDB itself; values are JSON. */
export interface Database {
  open(): Promise<void>;
  get(key: string): Promise<unknown>;
  batch(operations: readonly BatchOperation[], options?: unknown): Promise<void>;
  iterator(range: RangeOptions): AsyncIterable<[key: string, value: unknown]>;
  close(): Promise<void>;
}

export interface Store {
  readonly options: { readonly maxItemSize: number };
  readonly db: Database;
  /** @param status `false`: also one that is being made or removed; left out: not */
  getTable(name: string, status: false | Callback<TableDescription>, callback?: Callback<TableDescription>): void;
  getItemDb(table: string): SubDatabase;
  getIndexDb(type: string, table: string, index: string): SubDatabase;
}

interface IndexActions {
  readonly puts: readonly { readonly index: string; readonly key: string; readonly item: ItemMap }[];
  readonly deletes: readonly { readonly index: string; readonly key: string }[];
}

interface Internals {
  create(options: Members): Store;
  createKey(item: ItemMap, table: TableDescription): string;
  createIndexKey(item: ItemMap, table: TableDescription, schema: readonly KeyElement[]): string;
  getIndexActions(
    indexes: readonly IndexDescription[],
    before: ItemMap | undefined,
    after: ItemMap | undefined,
    table: TableDescription,
  ): IndexActions;
  itemSize(item: ItemMap): number;
  validateKey(key: ItemMap, table: TableDescription): Error | null | undefined;
}

type Action = (store: Store, data: Members, callback: Callback<Members>) => void;

interface Validation {
  readonly types: Members;
  readonly custom?: (data: Members, store: Store) => string | undefined;
}

interface Validations {
  checkTypes(data: Members, types: Members): Members;
  checkValidations(data: Members, types: Members, custom: Validation['custom'], store: Store): void;
}

const require = createRequire(import.meta.url);

/** dynalite's way of keeping items; its version is pinned, because these are not its public face. */
export const internals = (): Internals => require('dynalite/db') as Internals;
export const validations = (): Validations => require('dynalite/validations') as Validations;
export const validationOf = (file: string): Validation => require(`dynalite/validations/${file}`) as Validation;
export const actionOf = (file: string): Action => require(`dynalite/actions/${file}`) as Action;

/** The database that dynalite keeps its tables in. */
export function openLevel(folder: string): Database {
  const near = createRequire(require.resolve('dynalite'));
  const { Level } = near('level') as { Level: new (path: string) => Database };
  return new Level(folder);
}
