import { createHash, hkdfSync } from 'node:crypto';
import type { Secret } from '../../config/secret.ts';
import { KeelsonError } from '../../errors/index.ts';

/** What a sealed cookie is for. Each purpose has keys of its own, so that one cookie never passes for another. */
export type Purpose = 'session' | 'login';

export interface SealingKey {
  readonly kid: string;
  /** 256 bits. */
  readonly key: Uint8Array;
}

/** Keys of one purpose at one moment. A rotation gives a new object, so what was cached under the old one can be told. */
export interface Keys {
  /** Seals. */
  readonly first: SealingKey;
  /** Opens, by `kid`. */
  readonly byKid: ReadonlyMap<string, SealingKey>;
}

export interface Keyring {
  /** @throws KeelsonError `SECRET_UNAVAILABLE` while the keys are not set or too short */
  keys(purpose: Purpose): Keys;
}

/** Characters that a session key has at least. */
export const minimumKeyLength = 32;

/** Derives cookie keys from `SESSION_KEYS` as it is now: the first key seals, all of them and those just rotated out open. */
export function createKeyring(secret: Secret): Keyring {
  let known: readonly string[] = [];
  let derived: Record<Purpose, Keys> | undefined;
  return {
    keys(purpose) {
      const values = secret.values();
      if (!derived || !sameStrings(values, known)) {
        // An empty list means that the secret is not set yet: `value()` says so better than anything here.
        const strings = splitKeys(values.length > 0 ? values : [secret.value()], secret.name);
        derived = { session: deriveAll(strings, 'session'), login: deriveAll(strings, 'login') };
        known = [...values];
      }
      return derived[purpose];
    },
  };
}

function sameStrings(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((value, index) => value === b[index]));
}

function splitKeys(values: readonly string[], name: string): string[] {
  const strings = values.flatMap((value) => value.split(',')).flatMap((part) => part.trim() || []);
  if (strings.length === 0 || strings.some((part) => part.length < minimumKeyLength)) {
    const detail = `${name} must hold comma-separated keys of ${minimumKeyLength} characters or more`;
    throw new KeelsonError('SECRET_UNAVAILABLE', {
      detail,
      hint: `Set ${name}, e.g. from \`openssl rand -base64 32\`.`,
    });
  }
  return [...new Set(strings)];
}

function deriveAll(strings: readonly string[], purpose: Purpose): Keys {
  const keys = strings.map((string) => derive(string, purpose));
  const [first] = keys;
  if (!first) throw new KeelsonError('SECRET_UNAVAILABLE');
  return { first, byKid: new Map(keys.map((key) => [key.kid, key])) };
}

function derive(string: string, purpose: Purpose): SealingKey {
  const key = new Uint8Array(hkdfSync('sha256', string, '', `keelson/1 ${purpose} cookie`, 32));
  const kid = createHash('sha256').update('kid').update(key).digest('base64url').slice(0, 8);
  return { kid, key };
}
