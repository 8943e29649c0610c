import { apiError, isApiError, nameOf, validationError } from './api-error.ts';
import { internals, type ItemMap, type Members, type Store } from './dynalite.ts';
import { check, perform } from './perform.ts';
import { tableOf } from './staged-store.ts';
import { actionsOf } from './transact-actions.ts';

/**
 * Up to 100 items as they are at one moment: runs alone.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html
 */
export async function transactGetItems(store: Store, request: Members): Promise<Members> {
  const gets = actionsOf(request, ['Get']).map(({ members }) => check(store, 'GetItem', members));
  const answers = await Promise.all(gets.map((data) => attempt(store, data)));
  const reasons = answers.map((answer) => (isApiError(answer) ? invalid(answer.message) : { Code: 'None' }));
  if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
  const keys = await Promise.all(gets.map((data) => keyText(store, data)));
  if (new Set(keys).size < keys.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  return { Responses: answers.map((answer) => ('Item' in answer ? { Item: answer.Item } : {})) };
}

async function attempt(store: Store, data: Members): Promise<Members | Error> {
  try {
    return await perform(store, 'GetItem', data);
  } catch (error) {
    if (isApiError(error) && nameOf(error) === 'ValidationException') return error;
    throw error;
  }
}

async function keyText(store: Store, { TableName, Key }: Members): Promise<string> {
  const table = await tableOf(store, String(TableName));
  return `${table.TableName}~${internals().createKey(Key as ItemMap, table)}`;
}

const invalid = (message: string) => ({ Code: 'ValidationError', Message: message });

function cancelled(reasons: readonly { Code: string }[]): Error {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return apiError('TransactionCanceledException', message, { CancellationReasons: reasons });
}
