import { validationError } from './api-error.ts';
import {
  type BatchOperation,
  type IndexDescription,
  type ItemMap,
  internals,
  type Members,
  type Store,
  type TableDescription,
} from './dynalite.ts';
import { checkIndex, checkUpdate } from './index-checks.ts';
import { perform } from './perform.ts';
import { indexOperations, indexPrefix, itemKey, tableOf } from './staged-store.ts';

interface IndexUpdate {
  readonly Create?: IndexDescription;
  readonly Delete?: { readonly IndexName: string };
}

/** dynalite changes throughput only; making and removing indexes is done here, at once and with the items that are there. */
export async function updateTable(store: Store, request: Members): Promise<Members> {
  const data = checkUpdate(store, request);
  const updates = (data['GlobalSecondaryIndexUpdates'] ?? []) as IndexUpdate[];
  const changes = updates.filter(({ Create, Delete }) => Create ?? Delete);
  if (changes.length === 0) return perform(store, 'UpdateTable', data);
  const definitions = (data['AttributeDefinitions'] ?? []) as TableDescription['AttributeDefinitions'];
  if (definitions.some((each) => !each)) throw validationError('AttributeDefinitions must not hold null');
  let table = await tableOf(store, String(data['TableName']));
  for (const { Create, Delete } of changes) {
    if (Delete) table = await deleteIndex(store, table, Delete.IndexName);
    if (Create) table = await createIndex(store, table, Create, definitions);
  }
  return { TableDescription: table };
}

async function createIndex(
  store: Store,
  table: TableDescription,
  index: IndexDescription,
  added: TableDescription['AttributeDefinitions'],
) {
  const { GlobalSecondaryIndexes = [] } = table;
  if (GlobalSecondaryIndexes.some(({ IndexName }) => IndexName === index.IndexName)) {
    throw validationError(`Attempting to create an index which already exists: ${index.IndexName}`);
  }
  const names = new Set(added.map(({ AttributeName }) => AttributeName));
  const kept = table.AttributeDefinitions.filter(({ AttributeName }) => !names.has(AttributeName));
  const described = { ...index, IndexStatus: 'ACTIVE', ItemCount: 0, IndexSizeBytes: 0 };
  const next = {
    ...table,
    AttributeDefinitions: [...kept, ...added],
    GlobalSecondaryIndexes: [...GlobalSecondaryIndexes, described],
  };
  checkIndex(store, table, next);
  const only = { ...next, GlobalSecondaryIndexes: [described], LocalSecondaryIndexes: [] };
  const operations: BatchOperation[] = [];
  for await (const [, value] of store.db.iterator(range(itemKey(table.TableName, '')))) {
    const item = value as ItemMap;
    if (fits(item, only))
      operations.push(...indexOperations(only, internals().createKey(item, table), undefined, item));
  }
  await store.db.batch([...operations, record(next)]);
  return next;
}

async function deleteIndex(store: Store, table: TableDescription, name: string): Promise<TableDescription> {
  const rest = (table.GlobalSecondaryIndexes ?? []).filter(({ IndexName }) => IndexName !== name);
  const { GlobalSecondaryIndexes: _, ...others } = table;
  const next = { ...others, ...(rest.length > 0 && { GlobalSecondaryIndexes: rest }) };
  const operations: BatchOperation[] = [];
  for await (const [key] of store.db.iterator(range(indexPrefix('global', table.TableName, name)))) {
    operations.push({ type: 'del', key });
  }
  await store.db.batch([...operations, record(next)]);
  return next;
}

/** An item whose attribute has another type than the index's key is left out of it, as in AWS. */
function fits(item: ItemMap, { AttributeDefinitions, GlobalSecondaryIndexes = [] }: TableDescription): boolean {
  return GlobalSecondaryIndexes.every(({ KeySchema }) =>
    KeySchema.every(({ AttributeName }) => {
      const type = AttributeDefinitions.find((each) => each.AttributeName === AttributeName)?.AttributeType ?? '';
      return item[AttributeName]?.[type] !== undefined;
    }),
  );
}

const record = (table: TableDescription): BatchOperation => ({
  type: 'put',
  key: `table~${table.TableName}`,
  value: table,
});

const range = (prefix: string) => ({ gte: prefix, lt: `${prefix}~` });
