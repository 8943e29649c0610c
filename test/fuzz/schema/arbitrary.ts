import fc from 'fast-check';
import { type JsonSchema, typesOf } from './json-schema.ts';

/** Values that the schema allows. Long texts and lists are rare: they tell little and cost much. */
export function valuesOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  return fc.oneof(
    ...typesOf(schema).map((type) => ({ arbitrary: ofType(type, schema), weight: type === 'null' ? 1 : 5 })),
  );
}

function ofType(type: string, schema: JsonSchema): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -(2 ** 31), max: Math.min(schema.maximum ?? 2 ** 31, 2 ** 53 - 1) });
    case 'string':
      return texts(schema);
    case 'array':
      return lists(schema);
    case 'object':
      return objects(schema);
    default:
      throw new Error(`The fuzz makes no values of the type ${type}: add it to ${import.meta.url}.`);
  }
}

const units = ['grapheme', 'binary', 'grapheme-ascii'] as const;

function texts({ minLength = 0, maxLength = 1_000, pattern }: JsonSchema): fc.Arbitrary<string> {
  if (pattern !== undefined) return matching(new RegExp(pattern), maxLength);
  const short = units.map((unit) => ({
    arbitrary: fc.string({ unit, minLength, maxLength: Math.min(maxLength, 24) }).filter(isPlain),
    weight: 8,
  }));
  const edges = fc.constantFrom(...longest(maxLength));
  return fc.oneof(...short, { arbitrary: edges, weight: 1 }).filter((text) => [...text].length <= maxLength);
}

function matching(pattern: RegExp, maxLength: number): fc.Arbitrary<string> {
  const length = Math.min(maxLength, 60);
  const short = fc.stringMatching(pattern).filter((text) => [...text].length <= length && isPlain(text));
  const edges = longest(maxLength).filter((text) => pattern.test(text));
  if (edges.length === 0) return short;
  return fc.oneof({ arbitrary: short, weight: 24 }, { arbitrary: fc.constantFrom(...edges), weight: 1 });
}

/** As many characters as fit, of one, two and four bytes. */
function longest(maxLength: number): string[] {
  return ['x'.repeat(maxLength), '🎈'.repeat(maxLength), 'é'.normalize('NFD').repeat(maxLength >> 1)];
}

/** What JSON bodies may not hold is put in on purpose, elsewhere. */
function isPlain(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

function lists({ items = {}, minItems = 0, maxItems = 10 }: JsonSchema): fc.Arbitrary<unknown[]> {
  return fc.array(valuesOf(items), { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) });
}

function objects({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<object> {
  const members = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, valuesOf(property)]));
  return fc.record(members, { requiredKeys: required.filter((name) => name in members), noNullPrototype: true });
}
