import type { JWTPayload } from 'jose';

/**
 * What a token allows: words of `scope` (RFC 9068, section 2.2.3), of `scp` (a list or words) and of Auth0's `permissions`.
 *
 * Of a scope that begins with `<prefix>/` exactly that is taken off. Others stay whole, so that `other/shows.read`, a scope
 * of another resource server, never meets a rule that says `shows.read`.
 */
export function grantedScopes({ scope, scp, permissions }: JWTPayload, prefix: string | undefined): readonly string[] {
  const words = [scope, scp, permissions].flatMap(wordsOf);
  const start = prefix === undefined ? undefined : `${prefix}/`;
  return Object.freeze([
    ...new Set(words.map((word) => (start && word.startsWith(start) ? word.slice(start.length) : word))),
  ]);
}

function wordsOf(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '');
  return Array.isArray(claim) ? claim.filter((word): word is string => typeof word === 'string') : [];
}
