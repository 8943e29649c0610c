import { alignAssignments, type Line } from './align.ts';
import type { Attribute, Block, Body } from './block.ts';
import { commentLines } from './comment.ts';
import { HclError } from './hcl-error.ts';
import { identifierPattern } from './identifier.ts';
import { indent, printValue, reasonOf } from './print-expression.ts';
import { quote } from './quote.ts';

/**
 * Prints a file exactly as `terraform fmt` would leave it: one blank line between blocks, around values of several
 * lines and around nested blocks.
 *
 * @throws HclError when a name is not an identifier or a value cannot be written
 */
export function printFile(body: Body, comment?: string): string {
  const head = commentLines(comment);
  const lines = printBody(body);
  return [...head, ...(head.length > 0 && lines.length > 0 ? [''] : []), ...lines].map((line) => `${line}\n`).join('');
}

function printBody(body: Body): string[] {
  const lines: Line[] = [];
  let previousStandsAlone = false;
  for (const item of body) {
    if (item.kind === 'blank') {
      previousStandsAlone = true;
      continue;
    }
    const printed = item.kind === 'attribute' ? printAttribute(item) : [{ lines: printBlock(item) }];
    const standsAlone = item.kind === 'block' || printed.length > 1 || printed.some((line) => line.lines.length > 1);
    if (lines.length > 0 && (standsAlone || previousStandsAlone)) lines.push({ lines: [''] });
    lines.push(...printed);
    previousStandsAlone = standsAlone;
  }
  return alignAssignments(lines);
}

function printAttribute({ name, value }: Attribute): Line[] {
  const comment = commentLines(reasonOf(value)).map((line) => ({ lines: [line] }));
  return [...comment, { key: identifier(name), lines: printValue(value, name.length) }];
}

function printBlock({ type, labels, body, comment }: Block): string[] {
  const head = [identifier(type), ...labels.map(quote)].join(' ');
  const lines = printBody(body);
  const braces = lines.length === 0 ? [`${head} {}`] : [`${head} {`, ...indent(lines), '}'];
  return [...commentLines(comment), ...braces];
}

function identifier(name: string): string {
  if (!identifierPattern.test(name)) throw new HclError(`not an identifier: ${JSON.stringify(name)}`);
  return name;
}
