import { hash } from 'node:crypto';
import type { Machine } from '../identity.ts';
import { createLru } from '../lru.ts';

/** Tokens that are remembered; the least used is forgotten first. */
const capacity = 5_000;
/** Milliseconds for which a token is not verified again. */
const longest = 60_000;

/** Tokens that were verified a moment ago, by their SHA-256 ({@link digestOf}): the tokens themselves are not kept. */
export interface VerifiedTokens {
  get(digest: string): Machine | undefined;
  /** @param exp seconds since 1970 */
  add(digest: string, machine: Machine, exp: number): void;
}

interface Entry {
  readonly machine: Machine;
  readonly from: number;
  readonly until: number;
}

export function createVerifiedTokens(): VerifiedTokens {
  const entries = createLru<Entry>(capacity);
  return {
    get(digest) {
      const entry = entries.get(digest);
      if (entry === undefined) return undefined;
      const now = Date.now();
      // A clock that was set back must not lengthen it.
      return now >= entry.from && now < entry.until ? entry.machine : undefined;
    },
    add(digest, machine, exp) {
      const from = Date.now();
      const until = Math.min(from + longest, exp * 1_000);
      if (until > from) entries.set(digest, { machine, from, until });
    },
  };
}

export function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}
