import { apiError, isApiError, nameOf, validationError } from './api-error.ts';
import { internals, type ItemMap, type Members, type Store, type TableDescription } from './dynalite.ts';
import { finished, recordOf } from './idempotency.ts';
import { check, itemOf, perform } from './perform.ts';
import { stage, tableOf } from './staged-store.ts';
import { actionsOf, type TransactAction } from './transact-actions.ts';

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: ItemMap;
}

interface Checked extends TransactAction {
  readonly data: Members;
}

/** In bytes, of all items together. */
const largest = 4 * 1024 * 1024;
/** A condition alone is a delete that is never committed. */
const operations = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'DeleteItem',
} as const;

/**
 * Up to 100 writes and conditions, all or nothing: also when the process is killed, since LevelDB writes the batch whole.
 * Runs alone, so that there are no conflicts.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export async function transactWriteItems(store: Store, request: Members): Promise<Members> {
  const actions = actionsOf(request, ['ConditionCheck', 'Put', 'Delete', 'Update']);
  const checked = actions.map((action) => checkAction(store, action));
  if (await finished(store, request)) return {};
  const keys = await keysOf(store, checked);
  if (new Set(keys).size < keys.filter((key) => key !== undefined).length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  const staged = stage(store);
  const writes: Members[] = [];
  const reasons: Reason[] = [];
  let size = 0;
  for (const action of checked) {
    const on = action.type === 'ConditionCheck' ? stage(store) : staged;
    const reason = await attempt(store, on.store, action, writes);
    size += await sizeOf(store, action);
    reasons.push(reason);
  }
  if (size > largest) throw validationError('The aggregate size of the items in the transaction cannot exceed 4 MB');
  if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
  await staged.commit(recordOf(request));
  return consumed(request, writes);
}

function checkAction(store: Store, action: TransactAction): Checked {
  const { type, members } = action;
  if (type === 'ConditionCheck' && members['ConditionExpression'] === undefined) {
    throw validationError('The expression can not be empty;');
  }
  if (type === 'Update' && members['UpdateExpression'] === undefined) {
    throw validationError('The expression can not be empty;');
  }
  return { ...action, data: check(store, operations[type as keyof typeof operations], members) };
}

async function keysOf(store: Store, actions: readonly Checked[]): Promise<(string | undefined)[]> {
  const names = [...new Set(actions.map(({ data }) => String(data['TableName'])))];
  const found = await Promise.all(names.map((name) => tableOf(store, name)));
  const tables = new Map(found.map((table) => [table.TableName, table]));
  return actions.map(({ data }) => {
    const table = tables.get(String(data['TableName']));
    return table && keyText(table, (data['Key'] ?? data['Item']) as ItemMap);
  });
}

/** `undefined` when it is no key of the table: the action says so itself. */
function keyText(table: TableDescription, item: ItemMap): string | undefined {
  try {
    return `${table.TableName}~${internals().createKey(item, table)}`;
  } catch {
    return undefined;
  }
}

async function attempt(store: Store, staged: Store, action: Checked, answers: Members[]): Promise<Reason> {
  const { type, data, members } = action;
  try {
    answers.push(await perform(staged, operations[type as keyof typeof operations], data));
    return { Code: 'None' };
  } catch (error) {
    if (!isApiError(error)) throw error;
    const name = nameOf(error);
    if (name === 'ValidationException') return { Code: 'ValidationError', Message: error.message };
    if (name !== 'ConditionalCheckFailedException') throw error;
    const wanted = members['ReturnValuesOnConditionCheckFailure'] === 'ALL_OLD';
    const item = wanted ? await itemOf(store, data) : undefined;
    return { Code: 'ConditionalCheckFailed', Message: error.message, ...(item && { Item: item }) };
  }
}

function cancelled(reasons: readonly Reason[]): Error {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return apiError('TransactionCanceledException', message, { CancellationReasons: reasons });
}

/** Of a put, the new item; otherwise the one that is there. */
async function sizeOf(store: Store, { type, data }: Checked): Promise<number> {
  if (type === 'Put') return internals().itemSize(data['Item'] as ItemMap);
  const item = await itemOf(store, data).catch(() => undefined);
  return item ? internals().itemSize(item) : 0;
}

/** Twice what the same writes cost alone: each is prepared, then committed. */
function consumed({ ReturnConsumedCapacity: wanted }: Members, answers: readonly Members[]): Members {
  if (wanted !== 'TOTAL' && wanted !== 'INDEXES') return {};
  const units = new Map<string, number>();
  for (const { ConsumedCapacity } of answers) {
    const { TableName, CapacityUnits } = ConsumedCapacity as { TableName: string; CapacityUnits: number };
    units.set(TableName, (units.get(TableName) ?? 0) + 2 * CapacityUnits);
  }
  return {
    ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => ({
      TableName,
      CapacityUnits,
      WriteCapacityUnits: CapacityUnits,
    })),
  };
}
