import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Secret } from '../../../config/secret.ts';
import { KeelsonError } from '../../../errors/index.ts';

/** Characters that each part of `ACCOUNT_KEYS` has at least. */
export const minimumSecretLength = 32;

/** RFC 8037. */
export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly kid: string;
  readonly alg: string;
  readonly use: string;
}

export interface SigningKey {
  /** Thumbprint of the public key (RFC 7638). */
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: PublicJwk;
}

export interface SigningKeys {
  /** Signs. */
  readonly first: SigningKey;
  /** Verify, by `kid`. */
  readonly byKid: ReadonlyMap<string, SigningKey>;
}

/** The keys as `ACCOUNT_KEYS` gives them now. @throws KeelsonError `SECRET_UNAVAILABLE` */
export type ReadSigningKeys = () => Promise<SigningKeys>;

/**
 * Derives an Ed25519 key from each secret of `ACCOUNT_KEYS`, by HKDF-SHA256 (RFC 5869). The first one signs; all of them, and
 * those that were just rotated out, verify and are published. To rotate, put a new secret in front.
 */
export function signingKeys(secret: Secret): ReadSigningKeys {
  let known = '';
  let derived: Promise<SigningKeys> | undefined;
  return () => {
    // An empty list means that the secret is not set yet: `value()` says so best.
    const values = secret.values().length > 0 ? secret.values() : [secret.value()];
    const text = values.join(',');
    if (!derived || text !== known) {
      known = text;
      derived = deriveAll(split(text, secret.name));
    }
    return derived;
  };
}

/** The secrets themselves, newest first. @throws KeelsonError `SECRET_UNAVAILABLE` */
export function secretsOf(secret: Secret): readonly string[] {
  return split((secret.values().length > 0 ? secret.values() : [secret.value()]).join(','), secret.name);
}

function split(text: string, name: string): string[] {
  const parts = [...new Set(text.split(',').flatMap((part) => part.trim() || []))];
  if (parts.length > 0 && parts.every((part) => part.length >= minimumSecretLength)) return parts;
  throw new KeelsonError('SECRET_UNAVAILABLE', {
    detail: `${name} must hold comma-separated secrets of ${minimumSecretLength} characters or more`,
    hint: `Set ${name}, e.g. from \`openssl rand -base64 32\`.`,
  });
}

async function deriveAll(secrets: readonly string[]): Promise<SigningKeys> {
  const keys = await Promise.all(secrets.map(derive));
  const [first] = keys;
  if (!first) throw new KeelsonError('SECRET_UNAVAILABLE');
  return { first, byKid: new Map(keys.map((key) => [key.kid, key])) };
}

/** PKCS #8 around the 32 bytes of an Ed25519 key (RFC 8410, section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

async function derive(secret: string): Promise<SigningKey> {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'keelson', 'keelson/1 account access tokens ed25519', 32));
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const { kty = '', crv = '', x = '' } = publicKey.export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint({ kty, crv, x });
  return { kid, privateKey, publicKey, jwk: { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' } };
}
