import { errors, jwtVerify } from 'jose';
import { ConfigError, KeelsonError } from '../../errors/index.ts';
import type { Machine } from '../identity.ts';
import { clockTolerance, signatureAlgorithms } from '../keys/algorithms.ts';
import type { KeySet } from '../keys/key-set.ts';
import { checkClaims, type Claims } from './check-claims.ts';
import { createIssuerKeys, deadline } from './issuer-keys.ts';
import { problemsOf, type TokenVerifierOptions } from './options.ts';
import { longestToken, readToken } from './read-token.ts';
import { InvalidTokenError, type RefusalReason } from './refusal.ts';
import { createVerifiedTokens, digestOf } from './verified-tokens.ts';

/** Checks access tokens (JWT, RFC 9068 and RFC 8725) of machines. */
export interface TokenVerifier {
  /** The holder of a token that was verified less than a minute ago and has not expired. Costs one SHA-256. */
  peek(token: string): Machine | undefined;
  /**
   * The holder of a token, whose signature is checked anew unless `peek` knows it.
   * @throws InvalidTokenError, and within 5 seconds KeelsonError `TOKENS_UNAVAILABLE` while the issuer's keys cannot be read
   */
  verify(token: string): Promise<Machine>;
  /**
   * Resolves when there are keys of every issuer.
   * @throws KeelsonError `TOKENS_UNAVAILABLE`
   */
  ready(): Promise<void>;
}

/**
 * Makes a verifier for a service that does not use the plugin.
 * @throws ConfigError
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const problems = problemsOf(options, {
    issuers: 'issuers',
    list: 'clientIds' in options ? 'clientIds' : 'audiences',
  });
  if (problems.length > 0) throw new ConfigError(problems);
  const issuers = new Map(options.issuers.map((issuer) => [issuer, keysOf(issuer, options)]));
  const verified = createVerifiedTokens();

  const verifyAnew = async (token: string, digest: string): Promise<Machine> => {
    const { iss, isAccessTokenType } = readToken(token);
    const keys = issuers.get(iss);
    if (!keys) throw new InvalidTokenError('issuer');
    const claims = await verifySignature(token, iss, keys);
    const machine = checkClaims(claims, isAccessTokenType, options);
    verified.add(digest, machine, claims.exp);
    return machine;
  };

  const peek = (token: string): Machine | undefined =>
    token.length > longestToken ? undefined : verified.get(digestOf(token));

  const verify = async (token: string): Promise<Machine> => {
    if (token.length > longestToken) throw new InvalidTokenError('too-long');
    const digest = digestOf(token);
    return verified.get(digest) ?? verifyAnew(token, digest);
  };

  return Object.freeze({
    peek,
    verify,
    ready: async () => {
      const signal = deadline();
      await Promise.all([...issuers.values()].map((keys) => keys.ready(signal)));
    },
  });
}

function keysOf(issuer: string, options: TokenVerifierOptions): KeySet {
  const { insecure = false, log } = options;
  return createIssuerKeys({ issuer, first: 'clientIds' in options ? 'well-known' : 'discovery', insecure, log });
}

/** Signature, issuer, `exp` and `nbf`. The key set is that of the issuer alone: nobody signs for another. */
async function verifySignature(token: string, issuer: string, keys: KeySet): Promise<Claims & { exp: number }> {
  try {
    const { payload } = await jwtVerify<{ iss: string; exp: number }>(token, keys.source(deadline), {
      issuer,
      algorithms: signatureAlgorithms,
      clockTolerance,
      requiredClaims: ['iss', 'exp'],
    });
    return payload;
  } catch (error) {
    if (error instanceof KeelsonError) throw error;
    // Also what is not jose's own error: a key of the set that cannot verify anything, of 1024 bits for example.
    throw new InvalidTokenError(reasonOf(error));
  }
}

function reasonOf(error: unknown): RefusalReason {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'nbf' ? 'not-yet-valid' : 'claims';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return 'unknown-key';
  }
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  return error instanceof errors.JWTInvalid ? 'claims' : 'signature';
}
