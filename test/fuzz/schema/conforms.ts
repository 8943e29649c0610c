import { isObject, type JsonSchema, typesOf } from './json-schema.ts';

/** Whether a value is what the schema says; not the service's own validator, so that the two are compared. */
export function conforms(value: unknown, schema: JsonSchema): boolean {
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (!typesOf(schema).includes(typeOf(value)) && !isWhole(value, schema)) return false;
  if (typeof value === 'string') return fitsText(value, schema);
  if (typeof value === 'number') return value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity);
  if (Array.isArray(value)) return fitsList(value, schema);
  return !isObject(value) || fitsObject(value, schema);
}

/** What is left of a conforming value when nulls and fields that the schema does not name are dropped. */
export function known(value: unknown, schema: JsonSchema): unknown {
  if (Array.isArray(value)) return value.map((item) => known(item, schema.items ?? {}));
  if (!isObject(value)) return value;
  const kept = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    return member === undefined || member === null ? [] : [[name, known(member, property)]];
  });
  return Object.fromEntries(kept) as unknown;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function isWhole(value: unknown, schema: JsonSchema): boolean {
  return Number.isInteger(value) && typesOf(schema).includes('integer');
}

/** Lengths are in code points (JSON Schema validation, 6.3.1). */
function fitsText(text: string, { minLength = 0, maxLength = Infinity, pattern }: JsonSchema): boolean {
  const length = [...text].length;
  if (length < minLength || length > maxLength) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(text);
}

function fitsList(list: readonly unknown[], { items, minItems = 0, maxItems = Infinity }: JsonSchema): boolean {
  if (list.length < minItems || list.length > maxItems) return false;
  return items === undefined || list.every((item) => conforms(item, items));
}

function fitsObject(
  object: Readonly<Record<string, unknown>>,
  { properties = {}, required = [] }: JsonSchema,
): boolean {
  if (!required.every((name) => Object.hasOwn(object, name))) return false;
  return Object.entries(properties).every(
    ([name, property]) => !Object.hasOwn(object, name) || conforms(object[name], property),
  );
}
