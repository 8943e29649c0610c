import { CompactEncrypt } from 'jose';
import { createKeyring } from '../../packages/runtime/src/auth/session/keyring.ts';
import { seal } from '../../packages/runtime/src/auth/session/sealed.ts';

/** Someone signed in a moment ago, as the session cookies of both servers hold it. */
export function newSession() {
  const now = Date.now();
  return {
    iss: 'https://login.bench.example/',
    sub: 'auth0|5f7c8ec7c33c6c004bbafe82',
    sid: 'bG9hZC10ZXN0LXNlc3Npb24',
    iat: now,
    at: now,
    email: 'ada@example.com',
    ev: true,
    name: 'Ada Lovelace',
    roles: ['admin'],
  };
}

/** The cookie value that the runtime itself would send for this session. */
export function sealForRuntime(session: object, sessionKeys: string): Promise<string> {
  const secret = { name: 'SESSION_KEYS', value: () => sessionKeys, values: () => [sessionKeys] };
  return seal(session, 'session', createKeyring(secret).keys('session'));
}

/** The same session, encrypted the same way (RFC 7516: `dir`, A256GCM), for the service written by hand. */
export function sealByHand(session: object, key: Uint8Array): Promise<string> {
  const encrypt = new CompactEncrypt(new TextEncoder().encode(JSON.stringify(session)));
  return encrypt.setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key);
}
