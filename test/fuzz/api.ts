import type { JsonSchema } from './schema/json-schema.ts';

/** One operation of an API, as its OpenAPI document tells. */
export interface Operation {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Short names; none: anybody may call it. */
  readonly scopes: readonly string[];
  readonly query: Readonly<Record<string, JsonSchema>>;
  readonly body: JsonSchema | undefined;
}

interface Described {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: JsonSchema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

/** Asks a running service what it offers. */
export async function readApi(serviceUrl: string): Promise<readonly Operation[]> {
  const { paths } = (await (await fetch(`${serviceUrl}/openapi.json`)).json()) as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operation(method, path, described)),
  );
}

function operation(
  method: string,
  path: string,
  { security = [], parameters = [], requestBody }: Described,
): Operation {
  const upper = method.toUpperCase();
  if (upper !== 'GET' && upper !== 'POST') throw new Error(`The fuzz has no model of ${upper} ${path}.`);
  const query = parameters.filter((parameter) => parameter.in === 'query').map(({ name, schema }) => [name, schema]);
  return {
    method: upper,
    path,
    scopes: security.flatMap(({ bearer = [] }) => bearer),
    query: Object.fromEntries(query) as Record<string, JsonSchema>,
    body: requestBody?.content['application/json']?.schema,
  };
}
