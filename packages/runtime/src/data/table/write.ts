import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { KeelsonError } from '../../errors/index.ts';
import type { Call } from './call.ts';
import { checkItem } from './check-item.ts';
import { isNamed } from './errors.ts';
import { comparison, Expressions } from './expression.ts';
import { exactKey, type ItemMap, keyOf } from './keys.ts';

export interface WriteTarget {
  readonly name: string;
  readonly call: Call;
  readonly key: readonly string[];
}

const conditionFailed = (error: unknown): error is Error => isNamed(error, 'ConditionalCheckFailedException');

/** @param where conditions; with some, a request whose answer was lost is not sent again: it may have changed them */
export async function putItem({ name, call, key }: WriteTarget, item: ItemMap, where: object = {}): Promise<void> {
  keyOf(item, key);
  checkItem(item);
  const expressions = new Expressions();
  const condition = conditions(expressions, where);
  const command = { TableName: name, Item: item, ...condition, ...expressions.maps() };
  await call((client, sending) => client.send(new PutCommand(command), sending), rulesFor(where)).catch(conflict);
}

export async function deleteItem({ name, call, key }: WriteTarget, given: ItemMap, where: object = {}): Promise<void> {
  const expressions = new Expressions();
  const condition = conditions(expressions, where);
  const command = { TableName: name, Key: exactKey(given, key), ...condition, ...expressions.maps() };
  await call((client, sending) => client.send(new DeleteCommand(command), sending), rulesFor(where)).catch(conflict);
}

/** @returns the whole item as it is now. @throws KeelsonError `NOT_FOUND`, `CONFLICT` */
export async function updateItem(
  { name, call, key }: WriteTarget,
  given: ItemMap,
  changes: ItemMap,
  where: object = {},
): Promise<ItemMap> {
  const own = exactKey(given, key);
  const inKey = Object.keys(changes).filter((attribute) => key.includes(attribute));
  if (inKey.length > 0) throw new TypeError(`${inKey.join(', ')}: a key cannot be changed. Create another item.`);
  checkItem(changes);
  const expressions = new Expressions();
  const update = updateExpression(expressions, changes);
  const exists = { [key[0] ?? '']: { exists: true } };
  const command = {
    TableName: name,
    Key: own,
    ...(update && { UpdateExpression: update }),
    ...conditions(expressions, { ...exists, ...where }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    ReturnValues: 'ALL_NEW' as const,
    ...expressions.maps(),
  };
  const { Attributes = {} } = await call(
    (client, sending) => client.send(new UpdateCommand(command), sending),
    rulesFor(where),
  ).catch((error: unknown) => {
    if (conditionFailed(error) && stored(error) === undefined) throw new KeelsonError('NOT_FOUND');
    return conflict(error);
  });
  return Attributes;
}

function updateExpression(expressions: Expressions, changes: ItemMap): string {
  const entries = Object.entries(changes);
  const set = entries.filter(([, value]) => value !== undefined);
  const remove = entries.filter(([, value]) => value === undefined);
  const sets = set.map(([name, value]) => `${expressions.name(name)} = ${expressions.value(value)}`);
  const removes = remove.map(([name]) => expressions.name(name));
  return [sets.length > 0 ? `SET ${sets.join(', ')}` : '', removes.length > 0 ? `REMOVE ${removes.join(', ')}` : '']
    .filter((section) => section !== '')
    .join(' ');
}

function conditions(expressions: Expressions, where: object): { ConditionExpression?: string } {
  const wanted = Object.entries(where).filter(([, value]) => value !== undefined);
  if (wanted.length === 0) return {};
  return { ConditionExpression: wanted.map(([name, value]) => comparison(expressions, name, value)).join(' AND ') };
}

const rulesFor = (where: object) => ({ repeatable: Object.keys(where).length === 0, expected: conditionFailed });

function conflict(error: unknown): never {
  if (!conditionFailed(error)) throw error;
  throw new KeelsonError('CONFLICT', { detail: 'The item is not as the write expects it.' });
}

/** The item that a failed condition met. */
function stored(error: Error): unknown {
  return (error as Error & { Item?: unknown }).Item;
}
