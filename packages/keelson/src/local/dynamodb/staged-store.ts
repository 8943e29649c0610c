import {
  type BatchOperation,
  internals,
  type ItemMap,
  type RangeOptions,
  type Store,
  type SubDatabase,
  type TableDescription,
} from './dynalite.ts';

interface Change {
  readonly table: string;
  /** dynalite's text of the item's key. */
  readonly key: string;
  /** Absent: deleted. */
  readonly item: ItemMap | undefined;
}

/** The same place in an index, as dynalite names it and as it is here. */
export interface IndexStart {
  readonly dynalites: string;
  readonly ours: string;
}

/** What one request reads and writes. */
export interface StagedStore {
  /** For dynalite's actions: they read what is there and write into the stage. */
  readonly store: Store;
  /** Writes everything staged, with the entries of all indexes, in one batch of LevelDB: all of it or, after a crash, none. */
  commit(more?: readonly BatchOperation[]): Promise<void>;
}

/**
 * A store whose writes wait for `commit`.
 *
 * dynalite's own index entries end in 24 bits of a hash of the item's key, so that of some thousands of items with the
 * same index key some would take another's place. Here an entry's key ends in the item's whole key.
 *
 * @param start where reading an index begins
 */
export function stage(store: Store, start?: IndexStart): StagedStore {
  const changes: Change[] = [];
  // A transaction asks a hundred times for the same table.
  const tables = new Map<string, Promise<TableDescription>>();
  const table = (name: string) => {
    const known = tables.get(name) ?? tableOf(store, name);
    tables.set(name, known);
    return known;
  };
  return {
    store: {
      ...store,
      getTable: (name, statusOrCallback, callback) => {
        if (typeof statusOrCallback !== 'function') return store.getTable(name, statusOrCallback, callback);
        table(name).then(
          (found) => setImmediate(statusOrCallback, null, found),
          () => store.getTable(name, statusOrCallback),
        );
      },
      getItemDb: (name) => stagedItems(store.getItemDb(name), name, changes),
      getIndexDb: (type, name, index) => indexReader(store.getIndexDb(type, name, index), start),
    },
    commit: async (more = []) => {
      const operations = await Promise.all(
        changes.map(async (change) => operationsOf(store, await table(change.table), change)),
      );
      await store.db.batch([...operations.flat(), ...more]);
    },
  };
}

export function tableOf(store: Store, name: string): Promise<TableDescription> {
  return new Promise((resolve, reject) =>
    store.getTable(name, (error, table) => (error ? reject(error as Error) : resolve(table))),
  );
}

export const itemKey = (table: string, key: string): string => `item-${table}~${key}`;

/** @param type `local` or `global` */
export const indexPrefix = (type: string, table: string, index: string): string =>
  `index-${type.toLowerCase()}~${table}~${index}~`;

/** The entries of indexes that go with an item; with `before`, also the removal of those it had. */
export function indexOperations(
  table: TableDescription,
  key: string,
  before: ItemMap | undefined,
  after: ItemMap | undefined,
): BatchOperation[] {
  return (['Local', 'Global'] as const).flatMap((type) => {
    const indexes = table[`${type}SecondaryIndexes`] ?? [];
    const { puts, deletes } = internals().getIndexActions(indexes, before, after, table);
    const entry = (index: string, start: string) => `${indexPrefix(type, table.TableName, index)}${start}/${key}`;
    return [
      ...deletes.map((each) => ({ type: 'del' as const, key: entry(each.index, each.key) })),
      ...puts.map((each) => ({ type: 'put' as const, key: entry(each.index, each.key), value: each.item })),
    ];
  });
}

async function operationsOf(store: Store, table: TableDescription, { key, item }: Change): Promise<BatchOperation[]> {
  const place = itemKey(table.TableName, key);
  const before = (await store.db.get(place)) as ItemMap | undefined;
  const own: BatchOperation = item ? { type: 'put', key: place, value: item } : { type: 'del', key: place };
  return [...indexOperations(table, key, before, item), own];
}

function stagedItems(items: SubDatabase, table: string, changes: Change[]): SubDatabase {
  const stageChange = (key: string, item: ItemMap | undefined, callback: (error: unknown, value: unknown) => void) => {
    changes.push({ table, key, item });
    setImmediate(callback, null, undefined);
  };
  return {
    get: (key, callback) => items.get(key, callback),
    put: (key, item, callback) => stageChange(key, item as ItemMap, callback),
    del: (key, callback) => stageChange(key, undefined, callback),
    // Writes happen one after the other anyway.
    lock: (_key, run) => run((callback) => callback),
    createValueStream: (options) => items.createValueStream(options),
  };
}

/** dynalite's own entries are not written; a place to start at is translated. */
function indexReader(entries: SubDatabase, start: IndexStart | undefined): SubDatabase {
  return {
    ...entries,
    put: (_key, _item, callback) => void setImmediate(callback, null, undefined),
    del: (_key, callback) => void setImmediate(callback, null, undefined),
    createValueStream: (range) => entries.createValueStream(start ? translated(range, start) : range),
  };
}

function translated(range: RangeOptions, { dynalites, ours }: IndexStart): RangeOptions {
  const { gt, lt } = range;
  return { ...range, ...(gt === dynalites && { gt: ours }), ...(lt === dynalites && { lt: ours }) };
}
