import { createHash } from 'node:crypto';
import { compactDecrypt, CompactEncrypt } from 'jose';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Values that leave the service encrypted and come back in a cookie. */
export function sealing(secret: string) {
  const key = createHash('sha256').update(secret).digest();
  return {
    seal: (value: object): Promise<string> =>
      new CompactEncrypt(encoder.encode(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(key),
    open: async <Value>(header: string | undefined, name: string): Promise<Value | null> => {
      const jwe = new RegExp(`(?:^|;\\s*)${name}=([^;\\s]+)`).exec(header ?? '')?.[1];
      if (!jwe) return null;
      try {
        return JSON.parse(decoder.decode((await compactDecrypt(jwe, key)).plaintext)) as Value;
      } catch {
        return null;
      }
    },
  };
}

export function cookie(name: string, value: string, maxAge: number): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}`;
}
