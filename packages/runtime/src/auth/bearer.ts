import type { FastifyRequest } from 'fastify';
import { KeelsonError } from '../errors/index.ts';

/** RFC 6750, section 3.1. */
export const invalidToken = 'Bearer error="invalid_token"';

const scheme = /^bearer(?: +|$)/i;

/**
 * The token of the Authorization header (RFC 6750, section 2.1), the only place where one is taken; `null` without one.
 * @throws KeelsonError `INVALID_REQUEST` when there are several, or one in the address
 */
export function bearerToken(request: FastifyRequest): string | null {
  const { authorization } = request.headers;
  if (isRepeated(request)) throw ambiguous('The request has several Authorization headers.');
  if (hasTokenInQuery(request)) throw ambiguous('The request has an access token in its address.');
  if (authorization === undefined || !scheme.test(authorization)) return null;
  return authorization.replace(scheme, '');
}

/** Node keeps the first of several and says nothing. */
function isRepeated({ raw: { rawHeaders } }: FastifyRequest): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 13 && name.toLowerCase() === 'authorization') count++;
  }
  return count > 1;
}

function hasTokenInQuery({ query }: FastifyRequest): boolean {
  return typeof query === 'object' && query !== null && 'access_token' in query;
}

/** Whether a form brings a token (RFC 6750, section 2.2), which would be a second one beside the header's. */
export function hasTokenInForm({ headers, body }: FastifyRequest): boolean {
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) return false;
  if (body instanceof URLSearchParams) return body.has('access_token');
  return typeof body === 'object' && body !== null && 'access_token' in body;
}

/** RFC 6750, section 3.1: more than one way to send a token is an invalid request. */
export function ambiguous(detail: string): KeelsonError {
  return new KeelsonError('INVALID_REQUEST', {
    detail,
    headers: { 'www-authenticate': 'Bearer error="invalid_request"' },
    extensions: {
      errors: [{ path: 'headers/authorization', message: 'Send one token, in the Authorization header.' }],
    },
  });
}

/** Whether the request shows a token, good or bad: then a refusal says so. */
export function bearerChallenge(request: FastifyRequest): string {
  return bearerToken(request) === null ? 'Bearer' : invalidToken;
}
