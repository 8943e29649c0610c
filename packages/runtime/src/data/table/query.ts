import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Call } from './call.ts';
import { badCursor, type CursorRules, decodeCursor, encodeCursor } from './cursor.ts';
import { comparison, equalTo, Expressions } from './expression.ts';
import { isNamed } from './errors.ts';
import type { Page, PageOptions } from './types.ts';

export interface QueryTarget {
  readonly name: string;
  readonly call: Call;
  readonly key: readonly string[];
  readonly indexes: Readonly<Record<string, readonly string[]>>;
}

/** The parts of a query's options that name attributes, whatever the items are. */
interface Conditions {
  readonly index?: string;
  readonly where: object;
  readonly filter?: object;
  readonly select?: readonly PropertyKey[];
}

/** One page of a query. Never a Scan: a partition is always named. */
export async function queryPage<Item extends object, Name extends keyof Item>(
  target: QueryTarget,
  options: PageOptions<Item, Name>,
): Promise<Page<Pick<Item, Name>>> {
  const rules = readRules(target, options);
  const { cursor, limit } = options;
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) throw new TypeError('limit: 1 or more.');
  const command = {
    TableName: target.name,
    ...expressionsOf(options),
    ...(options.index !== undefined && { IndexName: options.index }),
    ...(limit !== undefined && { Limit: limit }),
    ...(options.descending === true && { ScanIndexForward: false }),
    ...(options.consistent === true && { ConsistentRead: true }),
    ...(cursor !== undefined && { ExclusiveStartKey: decodeCursor(cursor, rules) }),
  };
  const { Items = [], LastEvaluatedKey: last } = await target
    .call((client, sending) => client.send(new QueryCommand(command), sending))
    .catch((error: unknown) => {
      // The types of keys are DynamoDB's to check, and where in the partition the place is. A query that is wrong
      // itself fails without a cursor too.
      throw cursor !== undefined && isNamed(error, 'ValidationException') ? badCursor(error) : error;
    });
  return { items: Items as Pick<Item, Name>[], ...(last && { cursor: encodeCursor(last) }) };
}

/** Every item of a query, page after page. */
export async function* queryAll<Item extends object, Name extends keyof Item>(
  target: QueryTarget,
  options: PageOptions<Item, Name>,
): AsyncGenerator<Pick<Item, Name>, void, undefined> {
  let { cursor } = options;
  do {
    const page: Page<Pick<Item, Name>> = await queryPage(target, { ...options, cursor });
    // `yield*` would ask the array for each item by way of a promise of its own.
    for (const item of page.items) yield item;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

function expressionsOf({ where, filter = {}, select }: Conditions) {
  const expressions = new Expressions();
  const all = (conditions: object) =>
    given(conditions)
      .map(([name, wanted]) => comparison(expressions, name, wanted))
      .join(' AND ');
  const filterText = all(filter);
  return {
    KeyConditionExpression: all(where),
    ...(filterText !== '' && { FilterExpression: filterText }),
    ...(select && { ProjectionExpression: select.map((name) => expressions.name(String(name))).join(', ') }),
    ...expressions.maps(),
  };
}

/** Which keys the query reads by. @throws TypeError when `where` does not fit them */
function readRules({ key, indexes }: QueryTarget, { index, where }: Conditions): CursorRules {
  const wanted = given(where);
  const names = wanted.map(([name]) => name);
  const keys = index === undefined ? key : (indexes[index] ?? derivedKeys(index, wanted));
  const [hash = ''] = keys;
  const value = equalTo(hash, Object.fromEntries(wanted)[hash]);
  if (value === undefined) throw new TypeError(`where: the partition key ${hash} must equal a value.`);
  const others = names.filter((name) => !keys.includes(name));
  if (others.length > 0) {
    throw new TypeError(`where: ${others.join(', ')} is in no key of ${index ?? 'the table'}. Use filter for it.`);
  }
  const sortKeys = [key[1], keys[1]].filter((name) => name !== undefined);
  return { attributes: [...new Set([...key, ...keys])], sortKeys, partition: [hash, value] };
}

/** An index that was not declared has the keys that `where` names; without the sort key a cursor could not be checked. */
function derivedKeys(index: string, wanted: readonly (readonly [string, unknown])[]): readonly string[] {
  const hash = wanted.find(([name, condition]) => equalTo(name, condition) !== undefined)?.[0];
  const range = wanted.find(([name]) => name !== hash)?.[0];
  if (hash !== undefined && range !== undefined) return [hash, range];
  throw new TypeError(
    `index: the keys of ${index} are not known. Name both in where, or declare them: table(…, { indexes: { '${index}': ['<hash>', '<range>'] } }).`,
  );
}

function given(conditions: object): (readonly [string, unknown])[] {
  return Object.entries(conditions).filter(([, wanted]) => wanted !== undefined);
}
