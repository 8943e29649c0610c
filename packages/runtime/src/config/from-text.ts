import type { TSchema } from 'typebox';
import Value from 'typebox/value';

/**
 * Text (a query parameter, a header, a variable of the environment) as the type that its schema names, in one spelling per
 * type: decimal digits for an integer, those with a fraction for a number, `true`, `false`, `1` and `0` for a boolean. What
 * is spelled otherwise stays text, which the schema then refuses. A single text is a list of one where a list is wanted.
 *
 * Not TypeBox's own conversion: that takes `0x10`, `1e1` and `true` for integers.
 */
export function fromText(schema: TSchema, value: unknown): unknown {
  const { type, properties, items, anyOf, allOf }: Keywords = schema;
  if (anyOf) return fromTextOfOne(anyOf, value);
  if (allOf) return allOf.reduce((converted, each) => fromText(each, converted), value);
  if (properties !== undefined || type === 'object') return fromTexts(schema, value);
  if (type === 'array') return toList(value).map((item) => (isSchema(items) ? fromText(items, item) : item));
  return typeof value === 'string' ? fromWord(schema, value) : value;
}

interface Keywords {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly patternProperties?: Readonly<Record<string, TSchema>>;
  readonly additionalProperties?: unknown;
  readonly items?: unknown;
  readonly anyOf?: readonly TSchema[];
  readonly allOf?: readonly TSchema[];
}

function fromTextOfOne(schemas: readonly TSchema[], value: unknown): unknown {
  if (schemas.some((schema) => Value.Check(schema, value))) return value;
  for (const schema of schemas) {
    const converted = fromText(schema, value);
    if (Value.Check(schema, converted)) return converted;
  }
  return value;
}

function fromTexts(schema: Keywords, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const own = schemaOf(schema, name);
      return [name, own ? fromText(own, each) : each];
    }),
  );
}

function schemaOf({ properties = {}, patternProperties = {}, additionalProperties }: Keywords, name: string) {
  if (Object.hasOwn(properties, name)) return properties[name];
  const fitting = Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern, 'u').test(name));
  if (fitting) return fitting[1];
  return isSchema(additionalProperties) ? additionalProperties : undefined;
}

function fromWord({ type, enum: values, const: only }: Keywords, text: string): unknown {
  const choices = values ?? (only === undefined ? [] : [only]);
  if (choices.length > 0)
    return choices.includes(text) ? text : (choices.find((choice) => text === String(choice)) ?? text);
  if (type === 'integer' && /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  if (type === 'number' && /^-?\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text))) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === '1')) return true;
  if (type === 'boolean' && (text === 'false' || text === '0')) return false;
  return text;
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isSchema(value: unknown): value is TSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
