import Schema from 'typebox/schema';
import type { TSchema } from 'typebox';
import type { Problem } from '../problem.ts';
import { unknownSetting } from './sound.ts';
import { didYouMean, listed, patternInWords, shown } from './words.ts';

/** The part of JSON Schema that the app's schema is written in. */
interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly multipleOf?: number;
}

/**
 * Everything in `value` that does not fit `schema`, in words. TypeBox decides whether a value fits; this walk explains it,
 * because validator errors name every branch of a union and stop at the eighth.
 */
export function checkShape(schema: TSchema, value: unknown): Problem[] {
  const problems = walk(schema as Node, value, '');
  if (problems.length > 0 || Schema.Check(schema, value)) return problems;
  const [, errors] = Schema.Errors(schema, value);
  return errors.map((error) => problem(error.instancePath.slice(1).replaceAll('/', '.'), error.message));
}

function walk(node: Node, value: unknown, path: string): Problem[] {
  if (node.anyOf) return walkUnion(node.anyOf, value, path);
  if (node.enum) return walkEnum(node.enum, value, path);
  if (node.patternProperties) return walkRecord(node, node.patternProperties, value, path);
  if (node.properties) return walkObject(node, node.properties, value, path);
  if (node.items) return walkList(node, node.items, value, path);
  if (node.type === 'string') return walkString(node, value, path);
  if (node.type === 'integer' || node.type === 'number') return walkNumber(node, value, path);
  if (node.type === 'boolean' && typeof value !== 'boolean') {
    return [problem(path, `must be true or false, but is ${shown(value)}`)];
  }
  return [];
}

/** A union is told apart by `kind`: only the branch that was meant is held against the value. */
function walkUnion(branches: readonly Node[], value: unknown, path: string): Problem[] {
  const words = branches.flatMap((branch) => (typeof branch.const === 'string' ? [branch.const] : []));
  if (words.length > 0) return walkWordOrObject(words, branches, value, path);
  if (!isObject(value)) return [problem(path, `must be an object, but is ${shown(value)}`)];
  const kinds = branches.map((branch) => String(branch.properties?.kind?.const));
  const branch = branches[kinds.indexOf(String(value.kind))];
  if (branch) return walk(branch, value, path);
  if (value.kind === undefined) {
    return [problem(path, 'has no `kind`', `Add \`kind\`: ${listed(kinds)}.`)];
  }
  return [unknownWord(join(path, 'kind'), 'is not a resource kind', value.kind, kinds)];
}

/** A union of plain words and one object: `'public'` or `{ scopes: […] }`. */
function walkWordOrObject(words: readonly string[], branches: readonly Node[], value: unknown, path: string) {
  if (words.some((word) => word === value)) return [];
  const object = branches.find((branch) => branch.properties);
  if (isObject(value) && object) return walk(object, value, path);
  const keys = Object.keys(object?.properties ?? {}).join(', ');
  const rule = `must be ${listed(words)}${keys === '' ? '' : ` or an object with \`${keys}\``}`;
  return [problem(path, `${rule}, but is ${shown(value)}`, typeof value === 'string' ? didYouMean(value, words) : '')];
}

function walkEnum(names: readonly string[], value: unknown, path: string): Problem[] {
  if (names.some((name) => name === value)) return [];
  return [unknownWord(path, `must be ${listed(names)}`, value, names)];
}

function unknownWord(path: string, rule: string, value: unknown, names: readonly string[]): Problem {
  const message = rule.startsWith('must') ? `${rule}, but is ${shown(value)}` : `${shown(value)} ${rule}`;
  return problem(path, message, didYouMean(String(value), names));
}

function walkRecord(
  { minProperties = 0, maxProperties = Infinity }: Node,
  patterns: Readonly<Record<string, Node>>,
  value: unknown,
  path: string,
): Problem[] {
  if (!isObject(value)) return [problem(path, `must be an object, but is ${shown(value)}`)];
  if (path === 'services' && Object.keys(value).length === 0) {
    return [problem(path, 'has no service', "Add one: `api: { source: 'src/main.ts', compute: 'fargate' }`.")];
  }
  const count = Object.keys(value).length;
  if (count < minProperties)
    return [problem(path, `must have ${minProperties} member${minProperties > 1 ? 's' : ''} or more`)];
  if (count > maxProperties)
    return [
      problem(path, `must have ${maxProperties} member${maxProperties > 1 ? 's' : ''} at most, but has ${count}`),
    ];
  return Object.entries(value).flatMap(([name, member]) => {
    const place = join(path, name);
    const [pattern, node] = Object.entries(patterns)[0] ?? [];
    if (pattern === undefined || node === undefined) return [];
    const { rule, hint } = patternInWords(pattern);
    const nameProblems = new RegExp(pattern).test(name) ? [] : [problem(place, `the name ${rule}`, hint)];
    return [...nameProblems, ...walk(node, member, place)];
  });
}

function walkObject(node: Node, known: Readonly<Record<string, Node>>, value: unknown, path: string): Problem[] {
  if (!isObject(value)) return [problem(path, `must be an object, but is ${shown(value)}`)];
  const missing = (node.required ?? []).filter((name) => value[name] === undefined);
  // `kind` was matched already, so it is no candidate for a misspelled key.
  const candidates = Object.keys(known).filter((name) => value[name] === undefined && name !== 'kind');
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(known, name));
  return [
    ...missing.map((name) => problem(join(path, name), 'is missing', missingHint(known[name]))),
    ...unknown.map((name) => problem(join(path, name), unknownSetting, didYouMean(name, candidates))),
    ...Object.entries(known).flatMap(([name, member]) =>
      value[name] === undefined ? [] : walk(member, value[name], join(path, name)),
    ),
  ];
}

function missingHint(node: Node | undefined): string {
  if (node?.enum) return `Add it: ${listed(node.enum)}.`;
  return node?.pattern === undefined ? 'Add it.' : `Add it. ${patternInWords(node.pattern).hint}`.trim();
}

function walkList({ minItems = 0, maxItems = Infinity }: Node, items: Node, value: unknown, path: string): Problem[] {
  if (!Array.isArray(value)) return [problem(path, `must be a list, but is ${shown(value)}`)];
  const own = [
    ...(value.length < minItems ? [problem(path, 'must not be empty', 'Name one, or leave it out.')] : []),
    ...(value.length > maxItems ? [problem(path, `must have ${maxItems} at most, but has ${value.length}`)] : []),
  ];
  return [...own, ...value.flatMap((item, index) => walk(items, item, join(path, String(index))))];
}

function walkString(node: Node, value: unknown, path: string): Problem[] {
  if (typeof value !== 'string') return [problem(path, `must be text, but is ${shown(value)}`)];
  if (value.length < (node.minLength ?? 0)) return [problem(path, 'must not be empty')];
  if (node.pattern === undefined || new RegExp(node.pattern).test(value)) return [];
  const { rule, hint } = patternInWords(node.pattern);
  return [problem(path, `${rule}, but is ${shown(value)}`, hint)];
}

function walkNumber({ type, minimum, maximum, multipleOf = 0 }: Node, value: unknown, path: string): Problem[] {
  const isWhole = type === 'integer';
  if (typeof value !== 'number' || !(isWhole ? Number.isInteger(value) : Number.isFinite(value))) {
    const hint = typeof value === 'string' && /^\d+$/.test(value) ? `Write ${value} without quotes.` : '';
    return [problem(path, `must be a ${isWhole ? 'whole ' : ''}number, but is ${shown(value)}`, hint)];
  }
  if (value < (minimum ?? value)) return [problem(path, `must be ${minimum} or more, but is ${value}`)];
  if (value > (maximum ?? value)) return [problem(path, `must be ${maximum} or less, but is ${value}`)];
  if (multipleOf > 0 && value % multipleOf !== 0)
    return [problem(path, `must be a multiple of ${multipleOf}, but is ${value}`)];
  return [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function problem(path: string, message: string, hint = ''): Problem {
  return { path, message, hint };
}
