import fc from 'fast-check';
import type { JsonSchema } from '../schema/json-schema.ts';
import { valuesOf } from '../schema/arbitrary.ts';

/** What is sent: text that may be no JSON, as one that understands it may have written it. */
export interface BodyPlan {
  readonly rule: string;
  readonly text: string;
  /** The bytes to send are those of Latin-1: not UTF-8 where there is anything beyond ASCII. */
  readonly latin1?: true;
  readonly contentType: string | null;
  readonly chunked: boolean;
}

/** Stands for the beginning of the handles of one run, so that runs do not meet. */
export const runMark = 'run-mark';

/** Bodies of `POST /v1/shows`: few slugs, so that concurrent requests want the same ones. */
export function bodiesOf(schema: JsonSchema): fc.Arbitrary<BodyPlan> {
  const valid = payloads(schema);
  const text = valid.map((value) => JSON.stringify(value));
  return fc.oneof(
    { arbitrary: planned('valid', text), weight: 10 },
    { arbitrary: planned('mutated value', fc.tuple(valid, mutations).map(mutate)), weight: 8 },
    { arbitrary: fc.tuple(text, fc.constantFrom(...Object.keys(breakages)), fc.nat(100_000)).map(broken), weight: 6 },
    { arbitrary: planned('any JSON', fc.json({ maxDepth: 3 })), weight: 1 },
    {
      arbitrary: fc
        .tuple(planned('content type', text), contentTypes)
        .map(([plan, contentType]) => ({ ...plan, contentType })),
      weight: 2,
    },
  );
}

function planned(rule: string, texts: fc.Arbitrary<string>): fc.Arbitrary<BodyPlan> {
  const chunked = fc.oneof({ arbitrary: fc.constant(false), weight: 9 }, { arbitrary: fc.constant(true), weight: 1 });
  return fc.record({ rule: fc.constant(rule), text: texts, contentType: fc.constant('application/json'), chunked });
}

function payloads(schema: JsonSchema): fc.Arbitrary<object> {
  const { payload: list, ...envelope } = schema.properties ?? {};
  const fields = valuesOf({ type: 'object', properties: envelope }) as fc.Arbitrary<object>;
  const show = valuesOf(list?.items ?? {}) as fc.Arbitrary<object>;
  const numbers = fc.oneof(
    { arbitrary: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 4 }), weight: 30 },
    { arbitrary: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }), weight: 3 },
    {
      arbitrary: fc.constantFrom(99, 100, 101).map((length) => Array.from({ length }, (_, index) => index)),
      weight: 1,
    },
  );
  return fc.tuple(fields, numbers, fc.array(show, { minLength: 1, maxLength: 3 })).map(([others, handles, shows]) => ({
    payload: handles.map((handle, index) => ({ ...shows[index % shows.length], slug: `show/${runMark}-${handle}` })),
    ...others,
  }));
}

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    0,
    -1,
    0.5,
    1e21,
    -1e-300,
    2 ** 53,
    1_000_001,
    [],
    {},
    [[]],
    [null],
    'null',
    'x'.repeat(121),
    '🎈'.repeat(121),
  ),
  fc.constantFrom<unknown>(
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '\uffff',
    '#12345',
    '#FFFFFFF',
    'javascript:alert(1)',
    'https://',
    'http://a b',
    ' show/a',
    'show/A',
    'show/',
    'show/a\n',
  ),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.double(),
  fc.integer(),
);
const names = fc.constantFrom(
  'payload',
  'slug',
  'title',
  'skip',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'drmKey',
  'x',
  '',
);

const mutations = fc.array(
  fc.record({ at: fc.nat(), how: fc.constantFrom('replace', 'remove', 'add', 'repeat'), value: strange, name: names }),
  { minLength: 1, maxLength: 3 },
);
type Mutations = typeof mutations extends fc.Arbitrary<infer Type> ? Type : never;

/** The value with some of its places changed, as JSON. */
function mutate([value, changes]: [object, Mutations]): string {
  const root = { root: structuredClone(value) as unknown };
  for (const { at, how, value: other, name } of changes) {
    const all = [...placesOf(root)];
    const [parent, key] = all[at % all.length] ?? [root, 'root'];
    const container = parent as Record<string, unknown>;
    if (how === 'replace') container[key] = other;
    else if (how === 'remove' && Array.isArray(parent)) parent.splice(Number(key), 1);
    else if (how === 'remove' && key !== 'root') delete container[key];
    else if (how === 'repeat' && Array.isArray(parent)) parent.push(container[key]);
    else if (typeof container[key] === 'object' && container[key] !== null) define(container[key], name, other);
  }
  return JSON.stringify(root.root) ?? 'null';
}

/** Also makes an own member `__proto__`. */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function* placesOf(parent: object): Generator<[object, string]> {
  for (const [key, value] of Object.entries(parent)) {
    yield [parent, key];
    if (typeof value === 'object' && value !== null) yield* placesOf(value as object);
  }
}

/** Ways to break the text of a body that was valid. None of them may be taken. */
const breakages: Readonly<Record<string, (text: string, at: number) => string>> = {
  'cut short': (text, at) => text.slice(0, at % text.length),
  'more behind': (text, at) => text + ['x', '{}', ',', ']', '\0', '//', text][at % 7],
  'a byte order mark': (text) => `\ufeff${text}`,
  'not UTF-8': (text) => text.replace('"title":"', '"title":"\xff\xfe'),
  'a key twice': (text) => text.replace('"title":', '"title":"other","title":'),
  'the payload twice': (text) => text.replace('{"payload":', '{"payload":[],"payload":'),
  'a key twice, once escaped': (text) => text.replace('"slug":', '"\\u0073lug":"show/a","slug":'),
  __proto__: (text) => text.replace('{"payload"', '{"__proto__":{"scopes":["shows.read"]},"payload"'),
  '__proto__ of a show': (text) => text.replace('"title":', '"\\u005f_proto__":{"drm":true},"title":'),
  'constructor.prototype': (text) => text.replace('{"payload"', '{"constructor":{"prototype":{"a":1}},"payload"'),
  'an escaped NUL': (text) => text.replace('"title":"', '"title":"\\u0000'),
  'a NUL': (text) => text.replace('"title":"', '"title":"\0'),
  'half a surrogate pair': (text, at) =>
    text.replace('"title":"', `"title":"\\ud8${(at % 100).toString().padStart(2, '0')}x`),
  'half a pair in a key': (text) => text.replace('"title":', '"\\udc00":1,"title":'),
  deep: (text, at) =>
    text.replace('"title":', `"x":${'['.repeat(101 + (at % 5_000))}${']'.repeat(101 + (at % 5_000))},"title":`),
  'never closed': (_text, at) => '[{"a":'.repeat(1 + (at % 20_000)),
  'many keys': (text) =>
    text.replace('{"payload"', `{${Array.from({ length: 10_001 }, (_, index) => `"k${index}":0`).join()},"payload"`),
  'a number beyond all': (text, at) =>
    text.replace(
      '{"payload"',
      `{"skip":${['1e999', '-1', '1e400', '9007199254740992', '01', '0x10', 'NaN', '-Infinity', '1.5', '.5'][at % 10]},"payload"`,
    ),
  'single quotes': (text) => text.replaceAll('"', "'"),
  'a comma too many': (text) => `${text.slice(0, -1)},}`,
  'a comment': (text) => `/**/${text}`,
  empty: () => '',
  spaces: (_text, at) => ' \n\t\r'.repeat(1 + (at % 50)),
  'an array around': (text) => `[${text}]`,
  'a text around': (text) => JSON.stringify(text),
  'too large': (text) => text.replace('"title":', `"description":"${'x'.repeat(1_100_000)}","title":`),
};

function broken([text, how, at]: [string, string, number]): BodyPlan {
  const latin1 = how === 'not UTF-8' ? ({ latin1: true } as const) : {};
  return {
    rule: `broken: ${how}`,
    text: breakages[how]?.(text, at) ?? '',
    contentType: 'application/json',
    chunked: at % 10 === 0,
    ...latin1,
  };
}

const contentTypes = fc.constantFrom(
  ...[
    null,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-8',
  ],
  ...[
    'application/json; charset=utf-16',
    'application/JSON',
    'application/json;',
    'application/json\t',
    'application/json\t;charset=utf-8',
    'application/json, text/plain',
    'application/jsonx',
  ],
  ...[
    'application/problem+json',
    'text/json',
    'application/json;charset=utf-8',
    'application/json ; charset=utf-8',
    'application/json; charset="utf-8"',
    '*/*',
    '',
  ],
);
