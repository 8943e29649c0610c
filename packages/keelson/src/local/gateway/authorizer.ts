import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Discover } from './discovery.ts';
import type { TokensAtGateway } from './issuers.ts';

/** Why a request is not let through, as API Gateway answers. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly message: 'Unauthorized' | 'Forbidden';
  /** `WWW-Authenticate`. */
  readonly challenge: string;
  /** For the developer; nothing of the token is in it. */
  readonly reason: string;
}

/** API Gateway takes RSA signatures alone. */
const algorithms = ['RS256', 'RS384', 'RS512'];

/** Seconds. AWS states none; the service behind has the same, so that both answer alike. */
const clockTolerance = 60;

/**
 * The JWT authorizer of an HTTP API, from AWS's description of it: signature by the issuer's RSA key with the token's `kid`,
 * `iss`, `aud` (`client_id` where there is none), `exp`, `nbf`, `iat`, and one of the route's scopes in `scope` or `scp`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 *
 * @param headers all that the request has of `Authorization`
 * @returns `undefined`: the request may go on
 */
export async function authorize(
  headers: readonly string[],
  scopes: readonly string[],
  tokens: TokensAtGateway,
  discover: Discover,
): Promise<Refusal | undefined> {
  if (headers.length === 0) return noToken;
  // Repeated headers are joined, which makes no token.
  const token = headers.join(',').replace(/^Bearer +/i, '');
  const wanted = scopes.map(tokens.scope);
  const claims = await verify(token, tokens, discover).catch((error: unknown) => reasonOf(error));
  if (typeof claims === 'string') return unauthorized(wanted, claims);
  if (wanted.length === 0 || scopesOf(claims).some((scope) => wanted.includes(scope))) return undefined;
  return forbidden(wanted);
}

const noToken: Refusal = {
  status: 401,
  message: 'Unauthorized',
  challenge: 'Bearer',
  reason: 'there is no Authorization header',
};

async function verify(token: string, tokens: TokensAtGateway, discover: Discover) {
  const { kid } = decodeProtectedHeader(token);
  if (typeof kid !== 'string') throw new Refused('the token names no key');
  const { iss } = decodeJwt(token);
  const issuer = tokens.issuers.find((each) => each === iss);
  if (issuer === undefined) throw new Refused('invalid issuer');
  const { keys } = await discover(issuer).catch(() => {
    throw new Refused('OIDC discovery endpoint communication error');
  });
  const { payload } = await jwtVerify(token, keys, {
    algorithms,
    issuer,
    clockTolerance,
    requiredClaims: ['exp', 'iat'],
  });
  if ((payload.iat ?? 0) > Date.now() / 1000 + clockTolerance) throw new Refused('the token was issued in the future');
  if (!isFor(payload, tokens.audiences)) throw new Refused('invalid audience');
  return payload;
}

function isFor({ aud, client_id }: JWTPayload, audiences: readonly string[]): boolean {
  const named = aud === undefined ? [client_id] : [aud].flat();
  return named.some((name) => typeof name === 'string' && audiences.includes(name));
}

function scopesOf({ scope, scp }: JWTPayload): string[] {
  const claim = scope ?? scp;
  if (typeof claim === 'string') return claim.split(' ');
  return Array.isArray(claim) ? claim.filter((name) => typeof name === 'string') : [];
}

function unauthorized(scopes: readonly string[], reason: string): Refusal {
  return { status: 401, message: 'Unauthorized', challenge: challenge(scopes, 'invalid_token', reason), reason };
}

function forbidden(scopes: readonly string[]): Refusal {
  const reason = 'token does not have the required scope';
  return {
    status: 403,
    message: 'Forbidden',
    challenge: challenge(scopes, 'insufficient_scope', reason),
    reason: `${reason} ${scopes.join(' or ')}`,
  };
}

function challenge(scopes: readonly string[], error: string, description: string): string {
  return `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description}"`;
}

/** A reason of ours, safe to answer with: it has nothing of the token in it. */
class Refused extends Error {}

function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `invalid claim ${error.claim}`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'the signing method is invalid';
  if (error instanceof errors.JWKSNoMatchingKey) return 'the key of the token is unknown';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature is invalid';
  if (error instanceof errors.JOSEError || error instanceof TypeError) return 'the token is malformed';
  return 'the keys of the issuer cannot be read';
}
