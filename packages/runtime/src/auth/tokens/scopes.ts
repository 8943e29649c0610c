import type { JWTPayload } from 'jose';

/**
 * What a token allows: words of `scope` (RFC 9068, section 2.2.3), of `scp` (a list or words) and of Auth0's `permissions`.
 *
 * With a prefix only scopes that begin with `<prefix>/` count, without it: `other/shows.read` belongs to another resource
 * server, and a bare `shows.read` is none that the API in front would let through.
 */
export function grantedScopes({ scope, scp, permissions }: JWTPayload, prefix: string | undefined): readonly string[] {
  const words = [scope, scp, permissions].flatMap(wordsOf);
  return Object.freeze([...new Set(prefix === undefined ? words : withoutPrefix(words, `${prefix}/`))]);
}

function withoutPrefix(words: readonly string[], prefix: string): string[] {
  return words.filter((word) => word.startsWith(prefix)).map((word) => word.slice(prefix.length));
}

function wordsOf(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '');
  return Array.isArray(claim) ? claim.filter((word): word is string => typeof word === 'string') : [];
}
