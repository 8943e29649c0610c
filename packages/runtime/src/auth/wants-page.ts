import type { FastifyRequest } from 'fastify';

/**
 * Whether the caller is a person's browser loading a page, who can be sent to the login, rather than code calling an API.
 * It is one when the method is GET or HEAD, `Accept` names `text/html`, and `Sec-Fetch-Mode` is absent or `navigate`.
 *
 * Node's `fetch` says `Sec-Fetch-Mode: cors` of everything, but unlike a browser's scripts no `Sec-Fetch-Dest`: its `Accept` decides.
 */
export function wantsPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = request.headers;
  const script = mode !== undefined && mode !== 'navigate' && destination !== undefined;
  return !script && acceptsHtml(request);
}

/** Whether an answer may be an HTML page. */
export function acceptsHtml(request: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(request.headers.accept ?? '');
}
