import {
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  flattenedVerify,
  type JSONWebKeySet,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';

/**
 * A key source over a key set that was read.
 * @throws unavailable for a set without any key that signs: a server in trouble must not take the known keys away
 */
export function keysIn(set: JSONWebKeySet, unavailable: (reason: string) => Error): JWTVerifyGetKey {
  const find = localSet(set, unavailable);
  if (!set.keys.some(canSign)) throw unavailable('the key set has no key for signatures');
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (error) {
      // Without a `kid` a stranger's token would be tried with every key there is.
      if (!(error instanceof errors.JWKSMultipleMatchingKeys) || header?.kid === undefined) throw error;
      return oneOf(error, token);
    }
  };
}

function localSet(set: JSONWebKeySet, unavailable: (reason: string) => Error) {
  try {
    return createLocalJWKSet(set);
  } catch {
    throw unavailable('the key set is no JWKS');
  }
}

function canSign({ kty, use }: JWK): boolean {
  return (kty === 'RSA' || kty === 'EC' || kty === 'OKP') && (use === undefined || use === 'sig');
}

/** Of keys with the same `kid`, which RFC 7517, section 4.5 only advises against, the one that made the signature. */
async function oneOf(candidates: errors.JWKSMultipleMatchingKeys, token: FlattenedJWSInput) {
  for await (const key of candidates) {
    const made = await flattenedVerify(token, key).then(
      () => true,
      () => false,
    );
    if (made) return key;
  }
  throw new errors.JWSSignatureVerificationFailed();
}
