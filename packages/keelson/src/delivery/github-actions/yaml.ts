/**
 * What a workflow holds, in the order in which it is printed. A key that begins with `#` is a comment: before what follows, or as
 * the first key of a list's item before the item.
 */
export type Yaml = string | number | boolean | readonly Yaml[] | YamlObject | undefined;
export interface YamlObject {
  readonly [key: string]: Yaml;
}

/** Parts of the workflow stand apart, as do its jobs and their steps. */
const spaced = new Set(['', 'jobs', 'steps']);

export function printYaml(document: YamlObject): string {
  return `${printObject(document, '').join('\n')}\n`;
}

function printObject(object: YamlObject, name: string): string[] {
  let isFirst = true;
  return Object.entries(object).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const lines = key.startsWith('#') ? comment(String(value)) : printEntry(key, value);
    const isApart = spaced.has(name) && !isFirst && name !== 'steps' && !followsComment(object, key);
    isFirst = false;
    return isApart ? ['', ...lines] : lines;
  });
}

function followsComment(object: YamlObject, key: string): boolean {
  const keys = Object.keys(object);
  return keys[keys.indexOf(key) - 1]?.startsWith('#') ?? false;
}

function printEntry(key: string, value: Exclude<Yaml, undefined>): string[] {
  if (isList(value)) return printList(key, value);
  if (typeof value === 'object') {
    const inner = printObject(value, key);
    return inner.length === 0 ? [`${key}: {}`] : [`${key}:`, ...indent(inner)];
  }
  if (typeof value === 'string' && value.includes('\n')) return [`${key}: |`, ...indent(value.trim().split('\n'))];
  // A release's name stands behind the commit, as a comment.
  return [`${key}: ${key === 'uses' ? value : scalar(value)}`];
}

function printList(key: string, list: readonly Yaml[]): string[] {
  if (list.every((item) => typeof item !== 'object')) return [`${key}: [${list.map((item) => flow(item)).join(', ')}]`];
  const items = list.map((item) => printItem(key === 'steps' ? inOrder(item as YamlObject) : (item as YamlObject)));
  const isApart = spaced.has(key);
  return [`${key}:`, ...indent(items.flatMap((lines, index) => (isApart && index > 0 ? ['', ...lines] : lines)))];
}

function printItem({ '#': why, ...rest }: YamlObject): string[] {
  const [first = '', ...others] = printObject(rest, 'steps');
  return [...(why === undefined ? [] : comment(String(why))), `- ${first}`, ...indent(others)];
}

const orderOfStep = ['#', 'name', 'id', 'if', 'continue-on-error', 'uses', 'with', 'env', 'run'];

function inOrder(step: YamlObject): YamlObject {
  return Object.fromEntries(orderOfStep.flatMap((key) => (step[key] === undefined ? [] : [[key, step[key]]])));
}

function comment(text: string): string[] {
  return text.split('\n').map((line) => `# ${line}`.trimEnd());
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}

function flow(value: Yaml): string {
  const text = scalar(value);
  return /[,[\]{}]/.test(text) && !text.startsWith("'") ? quoted(text) : text;
}

/** Plain where it can only be read as this text. */
function scalar(value: Yaml): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = /^[A-Za-z_./$][^\n]*$/.test(value) && !/: |:$| #|\s$/.test(value);
  const means = /^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return isPlain && !means ? value : quoted(value);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function isList(value: Yaml): value is readonly Yaml[] {
  return Array.isArray(value);
}
