import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route is for programs: a browser that opens it gets what they get, 401 and problem documents instead of pages. */
    api?: boolean;
  }
}

/**
 * Whether the caller is a person's browser loading a page, who can be sent to the login, rather than code calling an API.
 * It is one when the method is GET or HEAD, `Accept` names `text/html`, `Sec-Fetch-Mode` is absent or `navigate`, and the
 * route does not say `config: { api: true }`.
 *
 * Node's `fetch` says `Sec-Fetch-Mode: cors` of everything, but unlike a browser's scripts no `Sec-Fetch-Dest`: its `Accept` decides.
 */
export function wantsPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (request.routeOptions.config?.api === true) return false;
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = request.headers;
  const script = mode !== undefined && mode !== 'navigate' && destination !== undefined;
  return !script && acceptsHtml(request);
}

/** Whether an answer may be an HTML page. */
export function acceptsHtml(request: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(request.headers.accept ?? '');
}
