import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import type { Keys, Purpose } from './keyring.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const types: Record<Purpose, string> = { session: 'keelson-session', login: 'keelson-login' };

/** Encrypts and authenticates a value as a compact JWE (RFC 7516): `dir`, `A256GCM`. */
export function seal(value: object, purpose: Purpose, keys: Keys): Promise<string> {
  return new CompactEncrypt(encoder.encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: keys.first.kid, typ: types[purpose] })
    .encrypt(keys.first.key);
}

/** What was sealed; `undefined` when it was altered, is of another purpose or sealed with a key that is gone. Never throws. */
export async function unseal(sealed: string, purpose: Purpose, keys: Keys): Promise<unknown> {
  try {
    if (!isCanonical(sealed)) return undefined;
    const { kid, typ } = decodeProtectedHeader(sealed);
    const key = typeof kid === 'string' ? keys.byKid.get(kid) : undefined;
    if (!key || typ !== types[purpose]) return undefined;
    const { plaintext } = await compactDecrypt(sealed, key.key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return JSON.parse(decoder.decode(plaintext));
  } catch {
    return undefined;
  }
}

/** Decoders ignore the last bits of a base64 string; without this a cookie would have several spellings. */
function isCanonical(sealed: string): boolean {
  return sealed.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}
