import { validationError } from './api-error.ts';
import { type BatchOperation, internals, type ItemMap, type Members, type Store } from './dynalite.ts';
import { indexOperations, itemKey, tableOf } from './staged-store.ts';

const place = 'keelson-ttl~';
/** Seconds: DynamoDB leaves items alone whose time passed longer ago. */
const fiveYears = 5 * 365 * 24 * 3600;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html */
export async function updateTimeToLive(store: Store, request: Members): Promise<Members> {
  const { TableName, TimeToLiveSpecification: wanted } = request;
  const { AttributeName, Enabled } = (wanted ?? {}) as { AttributeName?: unknown; Enabled?: unknown };
  if (typeof AttributeName !== 'string' || typeof Enabled !== 'boolean') {
    throw validationError('TimeToLiveSpecification needs AttributeName and Enabled');
  }
  const { TableName: name } = await tableOf(store, String(TableName));
  await store.db.batch([
    Enabled ? { type: 'put', key: place + name, value: AttributeName } : { type: 'del', key: place + name },
  ]);
  return { TimeToLiveSpecification: wanted };
}

export async function describeTimeToLive(store: Store, { TableName }: Members): Promise<Members> {
  const { TableName: name } = await tableOf(store, String(TableName));
  const AttributeName = await store.db.get(place + name);
  return {
    TimeToLiveDescription:
      AttributeName === undefined ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName },
  };
}

/** Deletes the items whose time has passed; DynamoDB does so within some days. */
export async function removeExpired(store: Store): Promise<void> {
  for await (const [key, attribute] of store.db.iterator({ gte: place, lt: `${place}~` })) {
    const name = key.slice(place.length);
    const table = await tableOf(store, name).catch(() => undefined);
    if (!table) {
      await store.db.batch([{ type: 'del', key }]);
      continue;
    }
    const operations: BatchOperation[] = [];
    for await (const [place, value] of store.db.iterator({ gte: itemKey(name, ''), lt: itemKey(name, '~') })) {
      const item = value as ItemMap;
      if (!hasExpired(item, String(attribute))) continue;
      const own = internals().createKey(item, table);
      operations.push({ type: 'del', key: place }, ...indexOperations(table, own, item, undefined));
    }
    await store.db.batch(operations);
  }
}

function hasExpired(item: ItemMap, attribute: string): boolean {
  const until = Number(item[attribute]?.['N']);
  const now = Date.now() / 1000;
  return until < now && until > now - fiveYears;
}
