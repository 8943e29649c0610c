import { HclError } from './hcl-error.ts';
import { identifierPattern } from './identifier.ts';

const brand = Symbol('hcl expression');

interface Node<Kind extends string> {
  readonly [brand]: true;
  readonly kind: Kind;
}

/** Something known only to Terraform: an attribute of a resource, a variable, a local, `count.index`. */
export interface Reference extends Node<'reference'> {
  readonly path: string;
}
export interface Call extends Node<'call'> {
  readonly name: string;
  readonly args: readonly Value[];
}
export interface Template extends Node<'template'> {
  /** Strings are literal text, whatever they contain; expressions are interpolated. */
  readonly parts: readonly (string | Expression)[];
}
/** `target.path`, e.g. an attribute of what a function returned. */
export interface Access extends Node<'access'> {
  readonly target: Expression;
  readonly path: string;
}
export interface Operation extends Node<'operation'> {
  readonly left: Value;
  readonly operator: Operator;
  readonly right: Value;
}
/** A value with its reason, printed as a comment above the attribute, entry or item that has the value. */
export interface Explained extends Node<'explained'> {
  readonly value: Value;
  readonly reason: string;
}

/** `[for name, value in collection : result]`; `result` refers to the two as `ref('name')`, `ref('value')`. */
export interface For extends Node<'for'> {
  readonly names: readonly [string, string];
  readonly collection: Value;
  readonly result: Value;
}
/** A nested block for each entry of a map, printed as `dynamic`; `content` refers to `<block>.key` and `<block>.value`. */
export interface Each extends Node<'each'> {
  readonly collection: Value;
  readonly content: ValueObject;
}

export type Operator = '==' | '!=' | '&&' | '||' | '+' | '-' | '*' | '<' | '<=' | '>' | '>=';

/** An immutable HCL expression that is not plain data. */
export type Expression = Reference | Call | Template | Access | Operation | Explained | For | Each;

/** What an argument may be given: plain data (a string is literal text, never a template) or an expression in it. */
export type Value = string | number | boolean | null | Expression | readonly Value[] | ValueObject;

/** Keys whose value is `undefined` are left out. */
export interface ValueObject {
  readonly [key: string]: Value | undefined;
}

const node = <Kind extends string, Rest extends object>(kind: Kind, rest: Rest) =>
  Object.freeze({ [brand]: true as const, kind, ...rest });

const referencePattern = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*|\[(\d+|\*|[a-z]+\.[a-z]+|"[\w./ -]+")\])*$/;

/** @throws HclError when `path` is not a traversal such as `aws_vpc.main.id` */
export function ref(path: string): Reference {
  if (!referencePattern.test(path)) throw new HclError(`not a reference: ${JSON.stringify(path)}`);
  return node('reference', { path });
}

/** @throws HclError when `name` is not an identifier */
export function call(name: string, ...args: readonly Value[]): Call {
  if (!identifierPattern.test(name)) throw new HclError(`not a function name: ${JSON.stringify(name)}`);
  return node('call', { name, args });
}

/** Tagged template: `` text`${vpc.ref('id')}-logs` `` becomes `"${aws_vpc.main.id}-logs"`. */
export function text(strings: TemplateStringsArray, ...values: readonly (string | number | Expression)[]): Template {
  const parts = strings.flatMap((part, index) => {
    const value = values[index];
    if (value === undefined) return [part];
    return [part, typeof value === 'number' ? String(value) : value];
  });
  return template(parts);
}

/** A template inside another one is its text. */
export function template(parts: readonly (string | Expression)[]): Template {
  const flat = parts.flatMap((part) => (typeof part !== 'string' && part.kind === 'template' ? part.parts : [part]));
  return node('template', { parts: joinText(flat) });
}

function joinText(parts: readonly (string | Expression)[]): (string | Expression)[] {
  const joined: (string | Expression)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

/** @throws HclError when a name is not an identifier */
export function forEach(names: readonly [string, string], collection: Value, result: Value): For {
  if (!names.every((name) => identifierPattern.test(name))) throw new HclError(`not names: ${names.join(', ')}`);
  return node('for', { names, collection, result });
}

export function blockForEach(collection: Value, content: ValueObject): Each {
  return node('each', { collection, content });
}

export function access(target: Expression, path: string): Access {
  ref(`_.${path}`);
  return node('access', { target, path });
}

export function operation(left: Value, operator: Operator, right: Value): Operation {
  return node('operation', { left, operator, right });
}

export function explained(value: Value, reason: string): Explained {
  return node('explained', { value, reason });
}

export function jsonencode(value: Value): Call {
  return call('jsonencode', value);
}

export function isExpression(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && brand in value;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isValueObject(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !isList(value) && !isExpression(value);
}

/** The value without its reason. */
export function bare(value: Value): Value {
  return isExpression(value) && value.kind === 'explained' ? bare(value.value) : value;
}
