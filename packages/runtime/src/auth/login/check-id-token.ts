import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { ServerMetadata } from 'openid-client';
import { clockTolerance, signatureAlgorithms } from '../keys/algorithms.ts';
import { KeelsonError } from '../../errors/index.ts';
import { isIdentifier } from '../identifier.ts';
import { describeError, rejected } from './failure.ts';
import type { Login } from './login.ts';
import type { Transaction } from './transactions.ts';

export type IdTokenClaims = JWTPayload & { readonly iss: string; readonly sub: string };

/** Seconds that a token fresh from the token endpoint may have been on its way, clocks aside. */
const longestWay = 240;

/**
 * Checks the ID token (OpenID Connect Core, section 3.1.3.7). openid-client has compared its claims already, but verifies no
 * signature in the code flow; that happens here, with keys that survive a rotation and an outage of the provider.
 * @throws KeelsonError `LOGIN_REJECTED`, or `LOGIN_UNAVAILABLE` while the keys cannot be read
 */
export async function checkIdToken(
  login: Login,
  metadata: ServerMetadata,
  idToken: string,
  transaction: Transaction,
  signal: AbortSignal,
): Promise<IdTokenClaims> {
  const claims = await verify(login, metadata, idToken, signal);
  checkSubject(claims);
  checkNonce(claims, transaction);
  checkAuthorizedParty(claims, login.settings.clientId.value());
  checkFreshness(claims);
  checkHostedDomain(claims, login.hostedDomain);
  return claims;
}

async function verify(login: Login, metadata: ServerMetadata, idToken: string, signal: AbortSignal) {
  try {
    const { payload } = await jwtVerify<{ iss: string; sub: string }>(
      idToken,
      login.client.keys.source(() => signal),
      {
        issuer: metadata.issuer,
        audience: login.settings.clientId.value(),
        algorithms: signatureAlgorithms,
        clockTolerance,
        requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
      },
    );
    return payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw rejected(`the ID token is not acceptable: ${describeError(error)}`);
  }
}

function checkSubject({ sub }: IdTokenClaims): void {
  if (!isIdentifier(sub)) throw rejected('the ID token names no usable subject');
}

function checkNonce({ nonce }: IdTokenClaims, transaction: Transaction): void {
  if (nonce !== transaction.nonce) throw rejected('the ID token belongs to another login (nonce)');
}

function checkAuthorizedParty({ aud, azp }: IdTokenClaims, clientId: string): void {
  const several = Array.isArray(aud) && aud.length > 1;
  if (azp === undefined ? several : azp !== clientId) throw rejected('the ID token was made for another client (azp)');
}

/** Either clock being wrong by minutes shows here, whichever it is. */
function checkFreshness({ iat = 0 }: IdTokenClaims): void {
  const age = Math.floor(Date.now() / 1_000) - iat;
  if (age < -clockTolerance || age > clockTolerance + longestWay) {
    throw rejected(`the ID token was issued ${Math.round(age)} s ago: the clock here or at the provider is wrong`);
  }
}

/**
 * Whose account it is says the claim `hd` alone: the request's `hd` only preselects, and anyone can have an account with an
 * address of any domain.
 * @see https://developers.google.com/identity/openid-connect/openid-connect#hd-param
 */
function checkHostedDomain({ hd }: IdTokenClaims, hostedDomain: string | undefined): void {
  if (hostedDomain === undefined) return;
  if (typeof hd !== 'string' || hd.toLowerCase() !== hostedDomain.toLowerCase()) {
    const whose = hd === undefined ? 'no Workspace domain' : 'another Workspace domain';
    throw new KeelsonError('ACCOUNT_NOT_ADMITTED', {
      detail: `the account is of ${whose}; only those of ${hostedDomain} may sign in (hostedDomain, OIDC_HOSTED_DOMAIN)`,
      extensions: { hostedDomain },
    });
  }
}
