import { clientId, identifier, seconds } from '../../support/token-issuer.ts';
import type { Minted } from './mint.ts';
import type { TokenPlan } from './token-plan.ts';

/** Who may refuse: the gateway has the HTTP API's rules, the service behind it its own. */
export type Door = 'gateway' | 'service';

/**
 * What the rules of Cognito's access tokens say of a token: `no` must never open anything, `yes` must; `maybe` is not said.
 * `scopes` are the short names that it grants if it is valid.
 */
export interface Verdict {
  readonly valid: 'yes' | 'no' | 'maybe';
  readonly scopes: readonly string[];
}

/** The model: written from RFC 7515, 7519, 8725 and Cognito's page on access tokens, not from the code that is tested. */
export function judge(plan: TokenPlan, minted: Minted, issuer: string, kid: string, door: Door): Verdict {
  const { claims, token } = minted;
  const own = { valid: ofService(plan, minted, issuer, kid), scopes: scopesOf(claims, door) };
  if (door === 'service' || own.valid === 'no') return own;
  // An HTTP API wants `iat`, and where there is an audience, a client in it; it takes 10,240 bytes of headers.
  if (!('iat' in claims) || token.length > 9_500) return { ...own, valid: 'no' };
  return isFor(claims, [clientId]) ? own : { ...own, valid: 'no' };
}

function ofService(plan: TokenPlan, { header, claims, token }: Minted, issuer: string, kid: string): Verdict['valid'] {
  if (plan.signer !== 'issuer' || plan.tamper !== null) return 'no';
  if (header['alg'] !== 'RS256' || ['crit', 'jwk', 'jku', 'x5u'].some((name) => name in header)) return 'no';
  if (header['kid'] !== kid) return header['kid'] === undefined ? 'maybe' : 'no';
  const times = timesHold(claims);
  if (times === 'no') return 'no';
  if (claims['iss'] !== issuer || claims['client_id'] !== clientId || claims['token_use'] !== 'access') return 'no';
  if (!isFor(claims, [clientId, identifier])) return 'no';
  return token.length > 8_000 || !isUsual(header, claims) ? 'maybe' : times;
}

/** A token may name nobody that it is for; one that does is for nobody else. */
function isFor({ aud }: Minted['claims'], names: readonly string[]): boolean {
  return aud === undefined || [aud].flat().some((each) => names.some((name) => name === each));
}

/** A minute is forgiven. The answer has been under way when this is asked, and tokens are kept for a while: near it, either is right. */
function timesHold({ exp, nbf, iat }: Minted['claims']): Verdict['valid'] {
  if (typeof exp !== 'number' || exp <= seconds(-90)) return 'no';
  const starts = [nbf, iat].filter((time) => time !== undefined);
  if (starts.some((time) => typeof time !== 'number' || time > seconds(65))) return 'no';
  return exp > seconds(-45) && starts.every((time) => Number(time) < seconds(30)) ? 'yes' : 'maybe';
}

const usualTypes: readonly unknown[] = [undefined, 'JWT', 'jwt', 'at+jwt', 'application/at+jwt'];

/** Nothing in it that a careful service may stumble over. */
function isUsual(header: Minted['header'], { sub }: Minted['claims']): boolean {
  if (!usualTypes.includes(header['typ']) || 'b64' in header || 'x5c' in header) return false;
  return sub === undefined || (typeof sub === 'string' && /^[\x20-\x7e]{1,255}$/.test(sub));
}

/** Which short names are granted at most: those behind the identifier. The HTTP API looks at `scope`, else `scp`. */
function scopesOf({ scope, scp, permissions }: Minted['claims'], door: Door): readonly string[] {
  const words = door === 'gateway' ? wordsOf(scope ?? scp) : [scope, scp, permissions].flatMap(wordsOf);
  const start = `${identifier}/`;
  return words.flatMap((word) => (word.startsWith(start) ? [word.slice(start.length)] : []));
}

function wordsOf(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(' ');
  return Array.isArray(claim) ? claim.filter((word): word is string => typeof word === 'string') : [];
}
