import { apiError, isApiError, nameOf } from './api-error.ts';
import { internals, type ItemMap, type Members, type Store } from './dynalite.ts';
import { check, itemOf, perform } from './perform.ts';
import { describeTimeToLive, updateTimeToLive } from './time-to-live.ts';
import { type IndexStart, type StagedStore, stage, tableOf } from './staged-store.ts';
import { transactGetItems } from './transact-get.ts';
import { transactWriteItems } from './transact-write.ts';
import { updateTable } from './update-table.ts';

/** An operation that is not dynalite's; it runs alone. */
type Own = (store: Store, request: Members) => Promise<Members>;

const own: Readonly<Record<string, Own>> = {
  TransactWriteItems: transactWriteItems,
  TransactGetItems: transactGetItems,
  UpdateTable: updateTable,
  UpdateTimeToLive: updateTimeToLive,
  DescribeTimeToLive: describeTimeToLive,
  DescribeContinuousBackups: describeBackups,
};
const reads = new Set([
  'BatchGetItem',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'Query',
  'Scan',
  'ListTagsOfResource',
]);
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);
const others = new Set(['CreateTable', 'DeleteTable', 'TagResource', 'UntagResource']);

export interface Operations {
  /** @throws ApiError */
  run(operation: string, request: Members): Promise<Members>;
  /** Runs `work` while nothing is written. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** DynamoDB's operations on `store`. Those that write, or need to see nobody write, run one after the other. */
export function createOperations(store: Store): Operations {
  let last: Promise<unknown> = Promise.resolve();
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
  return {
    exclusively: alone,
    run: async (operation, request) => {
      const ours = Object.hasOwn(own, operation) ? own[operation] : undefined;
      if (ours) return alone(() => ours(store, request));
      if (reads.has(operation)) return read(store, operation, request);
      if (writes.has(operation)) return alone(() => write(store, operation, request));
      if (others.has(operation)) return alone(() => perform(store, operation, check(store, operation, request)));
      const message = operation === '' ? 'The request names no operation' : `The local DynamoDB has no ${operation}`;
      const body = { __type: 'com.amazon.coral.service#UnknownOperationException', message };
      throw Object.assign(new Error(message), { statusCode: 400, body });
    },
  };
}

/** Nothing here is backed up. */
async function describeBackups(store: Store, { TableName }: Members): Promise<Members> {
  await tableOf(store, String(TableName));
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    },
  };
}

async function read(store: Store, operation: string, request: Members): Promise<Members> {
  const data = check(store, operation, request);
  return perform(stage(store, await indexStart(store, data)).store, operation, data);
}

async function write(store: Store, operation: string, request: Members): Promise<Members> {
  const data = check(store, operation, request);
  const staged = stage(store);
  const answer = await performShowing(staged, store, operation, data, request);
  await staged.commit();
  return answer;
}

async function performShowing(
  staged: StagedStore,
  store: Store,
  operation: string,
  data: Members,
  { ReturnValuesOnConditionCheckFailure: wanted }: Members,
): Promise<Members> {
  try {
    return await perform(staged.store, operation, data);
  } catch (error) {
    if (!isApiError(error) || nameOf(error) !== 'ConditionalCheckFailedException' || wanted !== 'ALL_OLD') throw error;
    const item = await itemOf(store, data);
    throw apiError(nameOf(error), error.message, item && { Item: item });
  }
}

async function indexStart(store: Store, data: Members): Promise<IndexStart | undefined> {
  const { TableName, IndexName, ExclusiveStartKey: start } = data;
  if (IndexName === undefined || start === undefined) return undefined;
  const table = await tableOf(store, String(TableName));
  const index = table.GlobalSecondaryIndexes?.find((each) => each.IndexName === IndexName);
  if (!index) return undefined;
  try {
    const dynalites = internals().createIndexKey(start as ItemMap, table, index.KeySchema);
    return { dynalites, ours: `${dynalites}/${internals().createKey(start as ItemMap, table)}` };
  } catch {
    // Not a key of this index: the query itself says so.
    return undefined;
  }
}
