import fc from 'fast-check';
import {
  attribute,
  bare,
  type Block,
  block,
  type Body,
  explained,
  type Expression,
  isExpression,
  isList,
  isValueObject,
  ref,
  template,
  type Value,
} from '../../src/hcl/index.ts';

const hostileFragments = [
  '"',
  '\\',
  '${',
  '%{',
  '$',
  '%',
  '{',
  '}',
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\u001b',
  '\u0085',
  '\u2028',
  'EOT\n',
  '<<EOT',
  '<<-EOT\n',
  '#',
  '//',
  '/*',
  '*/',
  'é',
  'e\u0301',
  '日本',
  '👩‍👩‍👧',
  '\u202e',
  '\ufeff',
  '\u{10ffff}',
  '${aws_vpc.main.id}',
  '%{ if true }',
  '$${',
  '\\u0041',
  ' ',
]; // prettier-ignore

export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...hostileFragments), fc.string({ unit: 'grapheme', maxLength: 4 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));

const identifier = fc.stringMatching(/^[a-z_][a-z0-9_-]{0,8}$/).filter((name) => name !== '_');
const keyword = fc.constantFrom('for', 'null', 'true', 'if', 'in', 'a b', '1', '', 'x.y', 'é', '日本');
const key = fc.oneof(
  { weight: 6, arbitrary: identifier },
  { weight: 1, arbitrary: keyword },
  { weight: 1, arbitrary: hostileText },
); // prettier-ignore
const references = [
  'aws_vpc.main.id',
  'var.name',
  'local.x',
  'aws_subnet.public[*].id',
  'aws_subnet.public[0].id',
  'count.index',
  'data.aws_region.current.name',
]; // prettier-ignore
const reference = fc.constantFrom(...references).map((path) => ref(path));
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }));
const interpolated = fc
  .tuple(hostileText, reference, hostileText)
  .map(([before, inner, after]): Expression => template([before, inner, after]));

const { value } = fc.letrec<{ value: Value; object: { [key: string]: Value } }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    hostileText,
    number,
    fc.boolean(),
    fc.constant(null),
    reference,
    interpolated,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
    fc.tuple(tie('value'), hostileText).map(([inner, reason]) => explained(inner, reason)),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 5 }).filter((object) => hasDistinctKeys(Object.keys(object))),
}));

/** The parser reads text in Unicode's composed form, so that keys which differ only in it become one. */
function hasDistinctKeys(keys: readonly string[]): boolean {
  return (
    new Set(keys.map((name) => withoutMarkers(name.normalize('NFC')))).size === keys.length &&
    !keys.includes('__proto__')
  );
}

const attributes = fc
  .uniqueArray(fc.tuple(identifier, value), { selector: ([name]) => name, maxLength: 6 })
  .map((pairs) => pairs.map(([name, inner]) => attribute(name, inner)));
const nested = (depth: number): fc.Arbitrary<Block> =>
  fc
    .tuple(identifier, fc.option(hostileText, { nil: undefined }), depth > 0 ? body(depth - 1) : attributes)
    .map(([type, comment, inner]) => block(`b_${type}`, [], inner, comment));
const body = (depth: number): fc.Arbitrary<Body> =>
  fc
    .tuple(attributes, fc.uniqueArray(nested(depth), { selector: ({ type }) => type, maxLength: 2 }))
    .chain(([first, blocks]) =>
      fc.shuffledSubarray([...first, ...blocks], { minLength: first.length + blocks.length }),
    );

/** A body of attributes and nested blocks in any order; block types do not repeat and never name an attribute. */
export const arbitraryBody = body(2).filter(
  (items) => !items.some((item) => item.kind === 'attribute' && item.name.startsWith('b_')),
);

/** What the official parser should say a body means, in its own notation. */
export function meaningOf(items: Body): Record<string, unknown> {
  const meaning: Record<string, unknown> = {};
  for (const item of items) {
    if (item.kind === 'blank') continue;
    if (item.kind === 'attribute') meaning[item.name] = valueMeaning(item.value);
    else if (item.labels.length === 0) meaning[item.type] = [meaningOf(item.body)];
    else {
      const labelled = (meaning[item.type] ??= {}) as Record<string, unknown>;
      labelled[item.labels.join('.')] = [meaningOf(item.body)];
    }
  }
  return meaning;
}

function valueMeaning(given: Value): unknown {
  const inner = bare(given);
  if (isExpression(inner)) return inner.kind === 'template' ? templateMeaning(inner.parts) : `\${${pathOf(inner)}}`;
  if (isList(inner)) return inner.map(valueMeaning);
  if (isValueObject(inner)) {
    return Object.fromEntries(
      Object.entries(inner).map(([name, entry]) => [name.normalize('NFC'), valueMeaning(entry ?? null)]),
    );
  }
  if (inner === 0) return 0;
  return typeof inner === 'string' ? inner.normalize('NFC') : inner;
}

function pathOf(expression: Expression): string {
  if (expression.kind !== 'reference') throw new Error(`not generated: ${expression.kind}`);
  return expression.path;
}

function templateMeaning(parts: readonly (string | Expression)[]): string {
  return parts
    .map((part) => (typeof part === 'string' ? part : `\${${pathOf(part)}}`))
    .join('')
    .normalize('NFC');
}

/**
 * The parser reports some literal text with its escapes (`$${`) and some without, so both are compared without.
 * That an escape is never taken for an interpolation is shown by evaluating the text with Terraform.
 */
export function withoutEscapes(meaning: unknown): unknown {
  if (typeof meaning === 'string') return withoutMarkers(meaning);
  if (Array.isArray(meaning)) return meaning.map(withoutEscapes);
  if (typeof meaning !== 'object' || meaning === null) return meaning;
  return Object.fromEntries(
    Object.entries(meaning).map(([name, entry]) => [withoutMarkers(name), withoutEscapes(entry)]),
  );
}

function withoutMarkers(text: string): string {
  return text.replaceAll(/[$%]+(?=[$%]\{)/g, '');
}
