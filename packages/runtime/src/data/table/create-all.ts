import { randomUUID } from 'node:crypto';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { checkItem } from './check-item.ts';
import { onlyNew } from './create.ts';
import { failure, ItemExistsError, overloaded } from './errors.ts';
import { invalidItem, type ItemMap, keyOf, keyText } from './keys.ts';
import type { WriteTarget } from './write.ts';

/** DynamoDB's limit of one transaction. */
const most = 100;
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Creates 1–100 items in one transaction: all, or none.
 * @throws ItemExistsError; KeelsonError `INVALID_REQUEST`, `OVERLOADED`, `TABLE_UNAVAILABLE`
 */
export async function createAllItems({ name, call, key }: WriteTarget, items: readonly ItemMap[]): Promise<void> {
  const keys = checkItems(items, key);
  const command = {
    TransactItems: items.map((item) => ({ Put: { TableName: name, Item: item, ...onlyNew(key) } })),
    // The same for every attempt: one whose answer was lost is not done twice (valid for 10 minutes).
    ClientRequestToken: randomUUID(),
  };
  try {
    await call((client, sending) => client.send(new TransactWriteCommand(command), sending), {
      again: hasPassingReason,
      expected: isCancelled,
    });
  } catch (error) {
    if (!isCancelled(error)) throw error;
    throw explain(error, name, keys);
  }
}

function checkItems(items: readonly ItemMap[], key: readonly string[]): ItemMap[] {
  if (items.length === 0 || items.length > most) {
    throw invalidItem([{ path: '', message: `must have 1 to ${most} items; these are ${items.length}` }]);
  }
  const seen = new Set<string>();
  const twice: ItemMap[] = [];
  const keys = items.map((item) => {
    checkItem(item);
    const own = keyOf(item, key);
    const text = keyText(own);
    if (seen.has(text)) twice.push(own);
    seen.add(text);
    return own;
  });
  if (twice.length === 0) return keys;
  throw invalidItem(
    twice.map((own) => ({
      path: key.join(','),
      message: `occurs twice: ${Object.values(own).map(String).join(', ')}`,
    })),
  );
}

function explain(error: TransactionCanceledException, name: string, keys: readonly ItemMap[]): unknown {
  const reasons = codes(error);
  const existing = keys.filter((_, index) => reasons[index] === 'ConditionalCheckFailed');
  if (existing.length > 0) return new ItemExistsError(existing);
  if (hasPassingReason(error)) return overloaded(`Other writes to ${name} kept a transaction from happening.`, error);
  return failure(error, name);
}

/** Worth another attempt, unless it is certain already that an item exists. */
function hasPassingReason(error: unknown): boolean {
  if (!isCancelled(error)) return false;
  const reasons = codes(error);
  return !reasons.includes('ConditionalCheckFailed') && reasons.some((code) => passing.has(code));
}

function isCancelled(error: unknown): error is TransactionCanceledException {
  return error instanceof TransactionCanceledException;
}

/** One per item; `None` where nothing stood in the way. */
function codes({ CancellationReasons = [] }: TransactionCanceledException): string[] {
  return CancellationReasons.map(({ Code }) => Code ?? 'None');
}
