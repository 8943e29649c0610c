import { isDeepStrictEqual } from 'node:util';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { checkItem } from './check-item.ts';
import { isNamed, ItemExistsError, troubleOf } from './errors.ts';
import { Expressions } from './expression.ts';
import { type ItemMap, keyOf } from './keys.ts';
import type { WriteTarget } from './write.ts';

/** The part of a write that lets it make items only. */
export function onlyNew(key: readonly string[]) {
  const expressions = new Expressions();
  const condition = `attribute_not_exists(${expressions.name(key[0] ?? '')})`;
  return { ConditionExpression: condition, ...expressions.maps() };
}

/** @throws ItemExistsError */
export async function createItem(target: WriteTarget, item: ItemMap): Promise<void> {
  const { name, call, key } = target;
  const own = keyOf(item, key);
  checkItem(item);
  const command = { TableName: name, Item: item, ...onlyNew(key) };
  let unanswered = false;
  try {
    await call(
      (client, sending) =>
        client.send(new PutCommand(command), sending).catch((error: unknown) => {
          unanswered ||= troubleOf(error) === 'lost';
          throw error;
        }),
      { expected: isRefused },
    );
  } catch (error) {
    if (!isRefused(error)) throw error;
    // What an attempt wrote whose answer was lost is no conflict.
    if (!(unanswered && (await isThere(target, own, item)))) throw new ItemExistsError([own]);
  }
}

async function isThere({ name, call }: WriteTarget, key: ItemMap, item: ItemMap): Promise<boolean> {
  const command = { TableName: name, Key: key, ConsistentRead: true };
  const { Item } = await call((client, sending) => client.send(new GetCommand(command), sending));
  return isDeepStrictEqual(Item, withoutUndefined(item));
}

/** As the document client writes it. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((member) => member !== undefined).map(withoutUndefined);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutUndefined(member)]));
}

const isRefused = (error: unknown): boolean => isNamed(error, 'ConditionalCheckFailedException');
