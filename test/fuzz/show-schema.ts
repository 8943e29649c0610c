import type { Operation } from './api.ts';
import type { JsonSchema } from './schema/json-schema.ts';

/** What a show is, by the document of the service. */
export function showSchema(operations: readonly Operation[]): JsonSchema {
  const items = operations
    .map(({ body }) => body?.properties?.['payload']?.items)
    .find((schema) => schema !== undefined);
  if (!items) throw new Error('The OpenAPI document describes no shows.');
  return items;
}
