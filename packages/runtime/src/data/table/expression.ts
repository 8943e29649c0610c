/** Placeholders for every name and value: an attribute's name never meets the expression's grammar or its reserved words. */
export class Expressions {
  readonly #names = new Map<string, string>();
  readonly #values: unknown[] = [];

  name(attribute: string): string {
    const known = this.#names.get(attribute);
    if (known) return known;
    const placeholder = `#n${this.#names.size}`;
    this.#names.set(attribute, placeholder);
    return placeholder;
  }

  value(value: unknown): string {
    return `:v${this.#values.push(value) - 1}`;
  }

  /** The maps that go with the expressions; a map without entries must be absent. */
  maps(): { ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Record<string, unknown> } {
    const names = [...this.#names].map(([attribute, placeholder]) => [placeholder, attribute]);
    const values = this.#values.map((value, index) => [`:v${index}`, value]);
    return {
      ...(names.length > 0 && { ExpressionAttributeNames: Object.fromEntries(names) }),
      ...(values.length > 0 && { ExpressionAttributeValues: Object.fromEntries(values) }),
    };
  }
}

const operators: Readonly<Record<string, string>> = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** `attribute` compared as a query or condition says. @throws TypeError for a comparison that does not exist */
export function comparison(expressions: Expressions, attribute: string, wanted: unknown): string {
  const name = expressions.name(attribute);
  const [operator, operand] = readComparison(attribute, wanted);
  const symbol = operators[operator];
  if (symbol) return `${name} ${symbol} ${expressions.value(operand)}`;
  if (operator === 'beginsWith') return `begins_with(${name}, ${expressions.value(operand)})`;
  if (operator === 'exists') return `${operand === true ? 'attribute_exists' : 'attribute_not_exists'}(${name})`;
  const [from, to] = operand as [unknown, unknown];
  return `${name} BETWEEN ${expressions.value(from)} AND ${expressions.value(to)}`;
}

/** The value that `wanted` asks to be equal to; `undefined` when it asks for something else. */
export function equalTo(attribute: string, wanted: unknown): unknown {
  const [operator, operand] = readComparison(attribute, wanted);
  return operator === 'eq' ? operand : undefined;
}

const known = new Set([...Object.keys(operators), 'between', 'beginsWith', 'exists']);

function readComparison(attribute: string, wanted: unknown): [operator: string, operand: unknown] {
  if (!isPlainObject(wanted)) return ['eq', wanted];
  const entries = Object.entries(wanted);
  const [first] = entries;
  if (entries.length !== 1 || !first || !known.has(first[0])) {
    throw new TypeError(`${attribute}: a comparison has one member of ${[...known].join(', ')}.`);
  }
  if (first[1] === undefined) throw new TypeError(`${attribute}: ${first[0]} needs a value.`);
  return first;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
