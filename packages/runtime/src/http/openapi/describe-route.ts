import type { FastifySchema, RouteOptions } from 'fastify';
import type { TokenDocumentation } from '../../auth/augment.ts';
import type { AuthRule } from '../../auth/rule.ts';
import { problemSchema, problemType } from '../errors/problem.ts';

/** How those who call prove who they are. */
export interface Callers {
  people: 'session' | 'bearer';
  machines?: TokenDocumentation;
}

/** Adds to a route's schema what its method, address and rule say: operation id, security, problem responses. */
export function describeRoute(
  schema: FastifySchema | undefined,
  url: string,
  route: RouteOptions,
  callers: Callers,
): FastifySchema {
  if (schema?.hide === true) return schema;
  const rule = route.auth ?? 'user';
  const method = [route.method].flat()[0] ?? 'GET';
  return {
    ...schema,
    ...(schema?.querystring === undefined ? {} : { querystring: withoutRequiredDefaults(schema.querystring) }),
    operationId: schema?.operationId ?? operationId(method, url),
    security: security(rule, callers),
    response: { ...problems(rule, schema), ...object(schema?.response) },
  };
}

/** What has a default may be left out of a query; TypeBox calls it required because the handler always sees it. */
function withoutRequiredDefaults(querystring: unknown): unknown {
  const { required, properties, ...rest } = querystring as {
    required?: string[];
    properties?: Record<string, { default?: unknown }>;
  };
  if (required === undefined || properties === undefined) return querystring;
  return { ...rest, properties, required: required.filter((name) => properties[name]?.default === undefined) };
}

/** `GET /v1/notes/:id` → `getV1NotesById`. */
function operationId(method: string, url: string): string {
  const words = url.split('/').flatMap((segment) => {
    if (segment === '') return [];
    return segment.startsWith(':') ? ['by', ...segment.split(/\W+/)] : segment.split(/\W+/);
  });
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function security(rule: AuthRule, { people, machines }: Callers): Record<string, string[]>[] {
  if (rule === 'public') return [];
  if (typeof rule === 'object' && 'scopes' in rule) {
    const bearer = { bearer: [...rule.scopes] };
    if (machines?.tokenUrl === undefined) return [bearer];
    return [{ oauth2: rule.scopes.map((scope) => machines.scopePrefix + scope) }, bearer];
  }
  return [{ [people]: [] }];
}

function problems(rule: AuthRule, schema: FastifySchema | undefined): Record<string, object> {
  const takesInput = schema?.body ?? schema?.querystring ?? schema?.params;
  return {
    ...(takesInput === undefined ? {} : { 400: problem('The request is not valid') }),
    ...(rule === 'public' ? {} : { 401: problem('Nobody is signed in'), 403: problem('The caller may not do this') }),
    default: problem('Any other error'),
  };
}

function problem(description: string): object {
  return { description, content: { [problemType]: { schema: problemSchema } } };
}

function object(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
