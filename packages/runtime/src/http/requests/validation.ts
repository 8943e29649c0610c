import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import Schema from 'typebox/schema';
import Value from 'typebox/value';
import { fromText } from '../../config/from-text.ts';
import { forCaller } from './schema-errors.ts';

/**
 * Validates request parts against TypeBox schemas. A body is taken as it is; path, query and headers, which are always
 * text, are converted to the types that the schema names, decimal digits only. Defaults are filled in.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Schema.Compile(schema);
  const isText = httpPart !== 'body';
  const hasDefaults = JSON.stringify(schema).includes('"default":');
  const names = propertyNames(schema);

  return (submitted: unknown) => {
    const filled = hasDefaults ? Value.Default(schema, submitted) : submitted;
    // Interpreting the schema costs more than checking with the compiled one, and most requests need no conversion.
    if (validator.Check(filled)) return { value: filled };
    const value = isText ? fromText(schema, filled) : filled;
    if (validator.Check(value)) return { value };
    const [, errors] = validator.Errors(value);
    return { error: forCaller(errors.slice(0, maxErrors), { names, isQuery: httpPart === 'querystring' }) };
  };
};

/** Errors that are told; TypeBox may be set to collect any number. */
const maxErrors = 20;

function propertyNames(schema: unknown, names = new Set<string>()): Set<string> {
  if (typeof schema !== 'object' || schema === null) return names;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && typeof value === 'object' && value !== null) {
      for (const name of Object.keys(value)) names.add(name);
    }
    propertyNames(value, names);
  }
  return names;
}
