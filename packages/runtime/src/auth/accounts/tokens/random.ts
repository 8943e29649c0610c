import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes: a link, a refresh token, a device token. Only its hash is stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** How a token is stored: it has enough entropy for a plain SHA-256. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Whether a text has the form of {@link newToken}; what has not is never looked up. */
export function isToken(text: string | undefined): text is string {
  return text !== undefined && /^[\w-]{43}$/.test(text);
}
