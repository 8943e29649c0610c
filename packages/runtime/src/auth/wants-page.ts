import type { FastifyRequest } from 'fastify';

/**
 * Whether the caller is a person's browser loading a page, who can be sent to the login, rather than code calling an API.
 * It is one when the method is GET or HEAD, `Accept` names `text/html`, and `Sec-Fetch-Mode` is absent or `navigate`.
 */
export function wantsPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const mode = request.headers['sec-fetch-mode'];
  return (mode === undefined || mode === 'navigate') && acceptsHtml(request);
}

/** Whether an answer may be an HTML page. */
export function acceptsHtml(request: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(request.headers.accept ?? '');
}
