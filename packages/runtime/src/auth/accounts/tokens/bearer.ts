import type { IncomingMessage } from 'node:http';

/**
 * The token of a request's `Authorization: Bearer` (RFC 6750, section 2.1); `undefined` without one, and when there are
 * several, of which nobody can say which one counts.
 */
export function bearerToken({
  headers,
  rawHeaders,
}: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): string | undefined {
  const { authorization } = headers;
  if (authorization === undefined || count(rawHeaders) > 1) return undefined;
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
}

function count(rawHeaders: readonly string[]): number {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'authorization').length;
}
