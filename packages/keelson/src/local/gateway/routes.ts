import type { RouteRule } from '@keelson/contract';

export interface Route {
  /** As in keelson.config.ts: `GET /v1/shows/{slug}`. */
  readonly key: string;
  readonly rule: RouteRule;
}

/** @returns the route that takes the request; `undefined`: none does */
export type Router = (method: string, path: string) => Route | undefined;

interface Pattern {
  readonly route: Route;
  readonly method: string;
  readonly parts: readonly string[];
}

/**
 * Chooses routes as an HTTP API does: the most specific path wins (a word before `{x}` before `{x+}`), then a method before
 * `ANY`. Paths are compared as they were sent, byte by byte: another case, a doubled or trailing slash, `%2F`, `;x` are another
 * path. `HEAD` is not `GET`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 *
 * @param routes absent: everything is let through (`$default`)
 */
export function createRouter(routes: Readonly<Record<string, RouteRule>> | undefined): Router {
  if (!routes) return () => ({ key: '$default', rule: 'public' });
  const patterns = Object.entries(routes)
    .map(([key, rule]) => patternOf({ key, rule }))
    .toSorted(bySpecificity);
  return (method, path) => {
    const parts = path.split('/');
    return patterns.find((pattern) => (pattern.method === method || pattern.method === 'ANY') && fits(pattern, parts))
      ?.route;
  };
}

function patternOf(route: Route): Pattern {
  const [method = '', path = ''] = route.key.split(' ');
  return { route, method, parts: path.split('/') };
}

function fits({ parts: pattern }: Pattern, parts: readonly string[]): boolean {
  const greedy = pattern.length > 0 && rank(pattern.at(-1) ?? '') === 2;
  if (greedy ? parts.length < pattern.length : parts.length !== pattern.length) return false;
  return pattern.every((wanted, index) => {
    if (rank(wanted) === 0) return parts[index] === wanted;
    return (rank(wanted) === 2 ? parts.slice(index).join('/') : parts[index]) !== '';
  });
}

function bySpecificity(one: Pattern, other: Pattern): number {
  for (let index = 0; index < Math.min(one.parts.length, other.parts.length); index++) {
    const difference = rank(one.parts[index] ?? '') - rank(other.parts[index] ?? '');
    if (difference !== 0) return difference;
  }
  return other.parts.length - one.parts.length || Number(one.method === 'ANY') - Number(other.method === 'ANY');
}

function rank(part: string): 0 | 1 | 2 {
  if (/^\{[^{}]*\+\}$/.test(part)) return 2;
  return /^\{[^{}]*\}$/.test(part) ? 1 : 0;
}
