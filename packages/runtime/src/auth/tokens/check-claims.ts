import type { JWTPayload } from 'jose';
import type { Machine } from '../identity.ts';
import { clockTolerance } from '../keys/algorithms.ts';
import { isIdentifier } from '../identifier.ts';
import type { AudienceRules, ClientRules, TokenRules } from './options.ts';
import { InvalidTokenError } from './refusal.ts';
import { grantedScopes } from './scopes.ts';

/** Claims of a token whose signature, issuer and times were checked. */
export type Claims = JWTPayload & { readonly iss: string };

/**
 * Whether a token is an access token for this service, by the rules of its kind of issuer.
 * @throws InvalidTokenError
 */
export function checkClaims(claims: Claims, isAccessTokenType: boolean, rules: TokenRules): Machine {
  checkIssuedAt(claims);
  const clientId =
    'clientIds' in rules ? clientOfCognito(claims, rules) : clientOfAudience(claims, isAccessTokenType, rules);
  const { iss, sub } = claims;
  if (sub !== undefined && !isIdentifier(sub)) throw new InvalidTokenError('claims');
  const scopes = grantedScopes(claims, 'clientIds' in rules ? rules.scopePrefix : undefined);
  return Object.freeze({ kind: 'machine', iss, clientId, ...(sub === undefined ? {} : { sub }), scopes });
}

/** A clock that is minutes behind shows here, whichever it is. */
function checkIssuedAt({ iat }: Claims): void {
  if (iat !== undefined && iat > Date.now() / 1_000 + clockTolerance) throw new InvalidTokenError('not-yet-valid');
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html */
function clientOfCognito({ token_use: use, client_id: client, aud }: Claims, rules: ClientRules): string {
  const { clientIds, scopePrefix } = rules;
  if (use !== 'access') throw new InvalidTokenError('not-an-access-token');
  if (!isIdentifier(client) || !clientIds.includes(client)) throw new InvalidTokenError('client');
  // Only a token that was asked for by the resource it is for names an audience; one that is for another is not for us.
  if (aud !== undefined && !names(aud, [...clientIds, scopePrefix])) throw new InvalidTokenError('audience');
  return client;
}

/** RFC 9068, section 4; Auth0 puts the client into `azp`. */
function clientOfAudience(claims: Claims, isAccessTokenType: boolean, { audiences }: AudienceRules): string {
  const { aud, client_id: clientId, azp } = claims;
  if (!names(aud, audiences)) throw new InvalidTokenError('audience');
  if (!isAccessTokenType && looksOtherwise(claims)) throw new InvalidTokenError('not-an-access-token');
  const client = clientId ?? azp;
  if (!isIdentifier(client)) throw new InvalidTokenError('client');
  return client;
}

/** Whether an `aud` is, or holds, one of those that are meant. */
function names(aud: unknown, audiences: readonly (string | undefined)[]): boolean {
  return [aud].flat().some((each) => typeof each === 'string' && audiences.includes(each));
}

/** What ID tokens (OpenID Connect Core) and logout tokens have. */
const foreignClaims = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events'];
/** What only access tokens have. */
const ownClaims = ['client_id', 'scope', 'scp', 'permissions', 'gty'];

/** Whether a token without RFC 9068's type is of another kind: both kinds carry `iss`, `sub`, `aud` and times. */
function looksOtherwise(claims: Claims): boolean {
  if (foreignClaims.some((name) => name in claims) || !ownClaims.some((name) => name in claims)) return true;
  // Cognito and Keycloak say it in words.
  const { token_use: use = 'access', typ = 'Bearer' } = claims;
  return use !== 'access' || typ !== 'Bearer';
}
