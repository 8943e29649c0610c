import fc from 'fast-check';
import type { Operation } from '../api.ts';
import { type JsonSchema } from '../schema/json-schema.ts';
import { valuesOf } from '../schema/arbitrary.ts';
import { type BodyPlan, bodiesOf } from './body.ts';
import { type PlaceName, placeNames } from './credentials.ts';
import { type Spelling, spellingsOf } from './spelling.ts';
import { goodToken, type TokenPlan, tokens } from './token-plan.ts';
import type { Door } from './token-rules.ts';

/** One request, as plain data. */
export interface RequestPlan {
  readonly door: Door;
  readonly method: string;
  /** Path of the operation that is meant. */
  readonly path: string;
  readonly spelling: Spelling;
  readonly query: QueryPlan;
  readonly token: TokenPlan;
  readonly place: PlaceName;
  readonly body: BodyPlan | null;
}

export interface QueryPlan {
  readonly text: string;
  readonly valid: 'yes' | 'no' | 'maybe';
}

export function requestsOf(operations: readonly Operation[]): fc.Arbitrary<RequestPlan> {
  return fc.oneof(
    ...operations.map((operation) => ({
      arbitrary: requestsTo(operation),
      weight: operation.scopes.length > 0 ? 10 : 1,
    })),
  );
}

/** Most requests have one thing that is wrong, so that it is this one that is refused. */
function requestsTo(operation: Operation): fc.Arbitrary<RequestPlan> {
  const { method, path } = operation;
  const plain = {
    door: fc.constantFrom<Door>('gateway', 'service'),
    method: fc.constant(method as string),
    path: fc.constant(path),
    spelling: fc.constant<Spelling>({ how: 'as it is', at: 0 }),
    query: fc.constant<QueryPlan>({ text: '', valid: 'yes' }),
    token: goodToken,
    place: fc.constant<PlaceName>('Bearer'),
    body: operation.body ? bodiesOf(operation.body) : fc.constant(null),
  };
  const query = queriesOf(operation.query);
  return fc.oneof(
    { arbitrary: fc.record(plain), weight: 4 },
    { arbitrary: fc.record({ ...plain, token: tokens }), weight: 6 },
    { arbitrary: fc.record({ ...plain, place: placeNames }), weight: 2 },
    { arbitrary: fc.record({ ...plain, query }), weight: 2 },
    { arbitrary: fc.record({ ...plain, spelling: spellingsOf, token: tokens }), weight: 2 },
    {
      arbitrary: fc.record({
        ...plain,
        spelling: spellingsOf,
        place: placeNames,
        query,
        method: methods,
        token: tokens,
      }),
      weight: 3,
    },
  );
}

const methods = fc.constantFrom(
  'GET',
  'POST',
  'HEAD',
  'OPTIONS',
  'PUT',
  'PATCH',
  'DELETE',
  'TRACE',
  'QUERY',
  'PROPFIND',
);

const limits = [
  '0',
  '-1',
  '1001',
  '1e2',
  '1.0',
  '1.5',
  ' 1',
  '+1',
  '0x1',
  '',
  'NaN',
  '1,2',
  '%31%00',
  '9007199254740993',
  '٣',
  '1\u0000',
];

function queriesOf(schemas: Readonly<Record<string, JsonSchema>>): fc.Arbitrary<QueryPlan> {
  const named = (name: string) => ({
    arbitrary: valuesOf(schemas[name] ?? {}).map((value) => `${name}=${encodeURIComponent(String(value))}`),
    weight: 2,
  });
  const valid = 'limit' in schemas ? [{ arbitrary: plan('yes', named('limit').arbitrary), weight: 4 }] : [];
  return fc.oneof(
    ...valid,
    {
      arbitrary: plan(
        'no',
        fc.constantFrom(...limits).map((text) => `limit=${encodeURIComponent(text)}`),
      ),
      weight: 2,
    },
    {
      arbitrary: plan(
        'no',
        fc.constantFrom('limit=1&limit=2', 'x=1', 'limit[]=1', 'limit=1&access_token=x', '__proto__=1', 'cursor='),
      ),
      weight: 1,
    },
    {
      arbitrary: plan(
        'maybe',
        cursors.map((cursor) => `limit=5&cursor=${cursor}`),
      ),
      weight: 4,
    },
    ...('cursor' in schemas ? [{ arbitrary: plan('maybe', named('cursor').arbitrary), weight: 1 }] : []),
    { arbitrary: plan('maybe', fc.webQueryParameters()), weight: 1 },
  );
}

function plan(valid: QueryPlan['valid'], texts: fc.Arbitrary<string>): fc.Arbitrary<QueryPlan> {
  return texts.map((text) => ({ text, valid }));
}

const keyValues = fc.oneof(
  fc.constantFrom<unknown>(
    1,
    0,
    2,
    -1,
    1e-140,
    1e125,
    0.1,
    2 ** 53,
    null,
    '',
    'show/a',
    'show/zzz',
    { b: 'AA' },
    { b: '' },
    [],
    'x'.repeat(1_200),
  ),
  fc.jsonValue({ maxDepth: 1 }),
);

/** Cursors that look as if the service had written them. */
const cursors = fc
  .record(
    { slug: keyValues, drmKey: fc.oneof(fc.constant(1), keyValues), episodeCount: keyValues, x: keyValues },
    { requiredKeys: ['slug', 'drmKey', 'episodeCount'], noNullPrototype: true },
  )
  .map((key) => Buffer.from(JSON.stringify(key)).toString('base64url'));
