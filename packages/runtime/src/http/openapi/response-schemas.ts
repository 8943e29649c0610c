import type { Problem } from '@keelson/contract';
import type { FastifyInstance, RouteOptions } from 'fastify';

/**
 * Collects routes that could leak a column: those that declare no response of 2xx or 3xx. `schema: { hide: true }` marks a
 * route that is no part of the API (a page, a redirect) and needs none.
 */
export function collectUndeclaredResponses(app: FastifyInstance): () => Problem[] {
  const undeclared: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (!declaresResponse(route)) undeclared.push(route);
  });
  // Read late: hooks of the route's own plugin may still complete its schema.
  return () => undeclared.filter((route) => !declaresResponse(route)).map(toProblem);
}

function declaresResponse({ method, schema }: RouteOptions): boolean {
  if ([method].flat().every((each) => each === 'HEAD' || each === 'OPTIONS') || schema?.hide === true) return true;
  const { response } = schema ?? {};
  return (
    typeof response === 'object' && response !== null && Object.keys(response).some((status) => /^[23]/.test(status))
  );
}

function toProblem({ method, url }: RouteOptions): Problem {
  return {
    path: `route ${[method].flat().join(',')} ${url}`,
    message: 'declares no successful response.',
    hint: 'Add `schema: { response: { 200: … } }`: answers then hold what it names and nothing else. A page or redirect says `schema: { hide: true }`.',
  };
}
