import type { Static, TObject, TSchema } from 'typebox';
import Schema from 'typebox/schema';
import type { Boot } from './boot.ts';
import { fromText } from './from-text.ts';
import { invalid, missing } from './problems.ts';

/**
 * Reads environment variables as described by `schema`, one property per variable; `''` counts as absent.
 * Numbers and booleans (`true`/`false`/`1`/`0`) are converted, `default` and `Type.Optional` are honoured.
 *
 * Every variable that cannot be used is reported to `boot`; its place in the result holds a harmless value of the right
 * type, so that setup goes on and finds the other problems. A service with a problem never starts.
 *
 * @example
 * const { CURRENCY, PAGE_SIZE } = readEnv(currentBoot(), Type.Object({
 *   CURRENCY: Type.String({ description: 'ISO 4217 code', minLength: 3, maxLength: 3 }),
 *   PAGE_SIZE: Type.Integer({ default: 20, minimum: 1 }),
 * }));
 */
export function readEnv<Variables extends TObject>(boot: Boot, schema: Variables): Readonly<Static<Variables>> {
  const required = new Set<string>(schema.required ?? []);
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<TSchema>(schema.properties)) {
    const value = readVariable(boot, name, variable, required.has(name));
    if (value !== undefined) values[name] = value;
  }
  return Object.freeze(values) as Readonly<Static<Variables>>;
}

function readVariable(boot: Boot, name: string, schema: TSchema, required: boolean): unknown {
  const text = boot.env[name];
  if (text === undefined || text === '') {
    const fallback = keyword(schema, 'default');
    if (fallback !== undefined || !required) return fallback;
    boot.problem(missing(name, description(schema)));
    return placeholder(schema);
  }
  const value = fromText(schema, text);
  const [valid, errors] = Schema.Errors(schema, value);
  if (valid) return value;
  boot.problem(invalid(name, `${reasons(errors)}.`, hintFor(schema)));
  return placeholder(schema);
}

function reasons(errors: readonly { message: string }[]): string {
  return [...new Set(errors.map(({ message }) => message))].join(', ') || 'is not valid';
}

function hintFor(schema: TSchema): string {
  const allowed = keyword(schema, 'enum');
  if (Array.isArray(allowed)) return `Use one of: ${allowed.join(', ')}.`;
  const text = description(schema);
  return text ? `Expected: ${text}.` : '';
}

function placeholder(schema: TSchema): unknown {
  const allowed = keyword(schema, 'enum');
  if (Array.isArray(allowed)) return allowed[0];
  switch (keyword(schema, 'type')) {
    case 'integer':
    case 'number':
      return keyword(schema, 'minimum') ?? 0;
    case 'boolean':
      return false;
    default:
      return '';
  }
}

function description(schema: TSchema): string | undefined {
  const text = keyword(schema, 'description');
  return typeof text === 'string' ? text : undefined;
}

function keyword(schema: TSchema, name: string): unknown {
  return Reflect.get(schema, name);
}
