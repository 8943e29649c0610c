import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { optionalPackage } from '../../../config/optional-package.ts';
import { KeelsonError } from '../../../errors/index.ts';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/** libuv has four threads: one stays free for files, names and TLS. */
const maxConcurrent = 3;
const maxWaitingEach = 100;

export interface Hasher {
  /**
   * PHC string of an argon2id hash.
   * @param salt 16 bytes @default random
   * @throws KeelsonError `OVERLOADED` when too many wait already
   */
  hash(password: string, salt?: Uint8Array): Promise<string>;
  /** Whether the password is right. Without a hash (nobody has that address) it does the same work and says no. */
  verify(hash: string | null | undefined, password: string): Promise<boolean>;
  /** Hashes computed so far, for a test. */
  readonly computed: number;
}

export interface HasherOptions {
  /** Hashes at the same time. @default one processor fewer than there are, between 1 and 3 */
  readonly concurrency?: number;
  /** Hashes that may wait; more are refused with 503. @default 100 per concurrent one */
  readonly waiting?: number;
}

/** Argon2id in a bounded queue: hashing leaves a processor and a thread to the other requests. */
export function createHasher(options: HasherOptions = {}): Hasher {
  const concurrency = options.concurrency ?? Math.max(1, Math.min(availableParallelism() - 1, maxConcurrent));
  const enqueue = createQueue(concurrency, options.waiting ?? maxWaitingEach * concurrency);
  const load = () => optionalPackage('ACCOUNT_KEYS', '@node-rs/argon2', () => import('@node-rs/argon2'));
  let computed = 0;
  let nobody: Promise<string> | undefined;

  const hash = (password: string, salt?: Uint8Array) =>
    enqueue(async () => {
      const argon2 = await load();
      computed++;
      return argon2.hash(password, { ...parameters, ...(salt ? { salt } : {}) });
    });
  const verify = (known: string, password: string) =>
    enqueue(async () => {
      const argon2 = await load();
      computed++;
      return argon2.verify(known, password);
    });
  const dummy = async () => {
    nobody ??= hash(randomBytes(32).toString('base64url'));
    try {
      return await nobody;
    } catch (error) {
      nobody = undefined;
      throw error;
    }
  };

  return {
    hash,
    verify: async (known, password) => {
      // Made for everyone, so that the first unknown address does not take twice as long.
      const other = await dummy();
      const right = await verify(known ?? other, password);
      return right && known != null;
    },
    get computed() {
      return computed;
    },
  };
}

function createQueue(concurrency: number, maxWaiting: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < concurrency) running++;
    else {
      if (waiting.length >= maxWaiting) throw busy(maxWaiting);
      await new Promise<void>((resume) => void waiting.push(resume));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place is handed on, so that nobody slips in between.
      if (next) next();
      else running--;
    }
  };
}

function busy(maxWaiting: number): KeelsonError {
  return new KeelsonError('OVERLOADED', {
    detail: `${maxWaiting} passwords wait to be hashed.`,
    hint: 'Someone may be guessing. Or give the service more CPU.',
    retryAfter: 3,
  });
}
