import { createHash } from 'node:crypto';
import { KeelsonError } from '../../../errors/index.ts';

/** So many times within so many seconds. */
export interface Limit {
  readonly name: string;
  readonly max: number;
  /** Seconds, from the first one on. */
  readonly window: number;
}

export interface Taken {
  /** Including this one. */
  readonly count: number;
  /** Seconds until the window ends. */
  readonly wait: number;
}

/** Counts by key. */
export interface LimitStore {
  take(key: string, window: number): Promise<Taken>;
  giveBack(key: string): Promise<void>;
}

export interface Limiter {
  /** Counts one; whether it was within the limit. */
  allows(limit: Limit, subject: string): Promise<boolean>;
  /** Counts one. @throws KeelsonError `TOO_MANY_REQUESTS` with `Retry-After` beyond the limit */
  take(limit: Limit, subject: string): Promise<void>;
  /** Takes one back, because it turned out to be no abuse. */
  giveBack(limit: Limit, subject: string): Promise<void>;
}

export function createLimiter(store: LimitStore): Limiter {
  const count = (limit: Limit, subject: string) => store.take(keyOf(limit, subject), limit.window);
  return {
    allows: async (limit, subject) => (await count(limit, subject)).count <= limit.max,
    take: async (limit, subject) => {
      const taken = await count(limit, subject);
      if (taken.count > limit.max) throw tooMany(limit, taken);
    },
    giveBack: (limit, subject) => store.giveBack(keyOf(limit, subject)),
  };
}

/** Addresses and emails are nobody's business in that table. */
function keyOf({ name }: Limit, subject: string): string {
  return createHash('sha256').update(`${name}\0${subject}`).digest('base64url');
}

function tooMany({ name, max, window }: Limit, { wait }: Taken): KeelsonError {
  return new KeelsonError('TOO_MANY_REQUESTS', {
    detail: `More than ${max} in ${window} s: ${name}.`,
    retryAfter: Math.max(1, wait),
  });
}
