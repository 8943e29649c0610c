import { alignAssignments, type Line } from './align.ts';
import { commentLines } from './comment.ts';
import {
  type Expression,
  type Value,
  type ValueObject,
  bare,
  isExpression,
  isList,
  isValueObject,
} from './expression.ts';
import { HclError } from './hcl-error.ts';
import { isPlainKey } from './identifier.ts';
import { escapeText, quote, quoteKey } from './quote.ts';

const lineWidth = 100;

/** Prints a value as lines; the first continues the line it stands on, the others are indented relative to it. */
export function printValue(value: Value, column = 0): string[] {
  const inline = printInline(value);
  if (inline !== undefined && column + inline.length <= lineWidth) return [inline];
  return printMultiline(bare(value)) ?? [inline ?? printForced(value)];
}

/** On one line, or `undefined` when a reason has to be printed in it or a person would not write it so. */
function printInline(value: Value): string | undefined {
  if (isExpression(value)) {
    if (value.kind === 'explained') return printInline(value.value);
    return value.kind === 'call' ? printCallInline(value.name, value.args) : printExpression(value);
  }
  if (isList(value)) return printListInline(value);
  if (isValueObject(value)) return printObjectInline(value);
  return printScalar(value);
}

function printCallInline(name: string, args: readonly Value[]): string | undefined {
  const printed = args.map((argument) => printInline(argument));
  return printed.includes(undefined) || args.some(isReasoned) ? undefined : `${name}(${printed.join(', ')})`;
}

function printListInline(items: readonly Value[]): string | undefined {
  if (items.length === 0) return '[]';
  const hasObjects = items.some(
    (item) => isValueObject(bare(item)) && Object.keys(bare(item) as ValueObject).length > 0,
  );
  const printed = items.map((item) => printInline(item));
  return hasObjects || items.some(isReasoned) || printed.includes(undefined) ? undefined : `[${printed.join(', ')}]`;
}

/** Objects are written over several lines, but for empty ones. */
function printObjectInline(object: ValueObject): string | undefined {
  return entriesOf(object).length === 0 ? '{}' : undefined;
}

function printMultiline(value: Value): string[] | undefined {
  if (isExpression(value)) return value.kind === 'call' ? printCallMultiline(value.name, value.args) : undefined;
  if (isList(value)) return printListMultiline(value);
  return isValueObject(value) ? printObjectMultiline(value) : undefined;
}

/** `f(a, {` … `})`: the brackets of the last argument open on the call's own line. */
function printCallMultiline(name: string, args: readonly Value[]): string[] | undefined {
  const last = args.at(-1);
  const before = args.slice(0, -1).map((argument) => printInline(argument));
  if (last === undefined || before.includes(undefined) || isReasoned(last)) return undefined;
  const lines = printMultiline(last);
  if (!lines) return undefined;
  const head = before.map((argument) => `${argument}, `).join('');
  return [`${name}(${head}${lines[0]}`, ...lines.slice(1, -1), `${lines.at(-1)})`];
}

function printListMultiline(items: readonly Value[]): string[] {
  if (items.length === 0) return ['[]'];
  const lines = items.flatMap((item) => {
    const printed = printValue(item);
    return [...commentLines(reasonOf(item)), ...printed.slice(0, -1), `${printed.at(-1)},`];
  });
  return ['[', ...indent(lines), ']'];
}

function printObjectMultiline(object: ValueObject): string[] {
  const lines = entriesOf(object).flatMap(([key, value]): Line[] => [
    ...commentLines(reasonOf(value)).map((comment) => ({ lines: [comment] })),
    { key: isPlainKey(key) ? key : quoteKey(key), lines: printValue(value, key.length) },
  ]);
  return lines.length === 0 ? ['{}'] : ['{', ...indent(alignAssignments(lines)), '}'];
}

/** What cannot be broken over lines stays on one, however long. */
function printForced(value: Value): string {
  const inner = bare(value);
  if (isList(inner)) return `[${inner.map(printForced).join(', ')}]`;
  if (isExpression(inner)) {
    return inner.kind === 'call' ? `${inner.name}(${inner.args.map(printForced).join(', ')})` : printExpression(inner);
  }
  if (!isValueObject(inner)) return printScalar(inner);
  const entries = entriesOf(inner).map(
    ([key, entry]) => `${isPlainKey(key) ? key : quoteKey(key)} = ${printForced(entry)}`,
  );
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'reference':
      return expression.path;
    case 'access':
      return `${printExpression(expression.target)}.${expression.path}`;
    case 'operation':
      return `${printOperand(expression.left)} ${expression.operator} ${printOperand(expression.right)}`;
    case 'template':
      return printTemplate(expression.parts);
    case 'for':
      return `[for ${expression.names.join(', ')} in ${printForced(expression.collection)} : ${printForced(expression.result)}]`;
    case 'each':
      throw new HclError('a block for each entry stands where a value is needed');
    default:
      return printForced(expression);
  }
}

function printOperand(value: Value): string {
  const inner = bare(value);
  const printed = printForced(inner);
  return isExpression(inner) && inner.kind === 'operation' ? `(${printed})` : printed;
}

/** `"${x}"` alone is `x`, as the formatter would have it. */
function printTemplate(parts: readonly (string | Expression)[]): string {
  const [first, ...others] = parts.filter((part) => part !== '');
  if (first === undefined) return '""';
  if (others.length === 0 && typeof first !== 'string') return printForced(first);
  const shown = [first, ...others];
  const printed = shown.map((part, index) => {
    if (typeof part !== 'string') return `\${${printForced(part)}}`;
    const next = shown[index + 1];
    return escapeText(part, next !== undefined && typeof next !== 'string');
  });
  return `"${printed.join('')}"`;
}

function printScalar(value: string | number | boolean | null): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new HclError(`${value} is not a number HCL can hold`);
  return String(value);
}

function entriesOf(object: ValueObject): [string, Value][] {
  return Object.entries(object).filter((entry): entry is [string, Value] => entry[1] !== undefined);
}

function isReasoned(value: Value): boolean {
  return reasonOf(value) !== undefined;
}

export function reasonOf(value: Value): string | undefined {
  return isExpression(value) && value.kind === 'explained' ? value.reason : undefined;
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
