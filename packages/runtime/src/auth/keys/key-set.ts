import { errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { untilAborted } from './bounded-fetch.ts';
import { keysIn } from './keys-in.ts';

/** Milliseconds between two fetches that an unknown `kid` causes, so that a flood of them is one request to the issuer. */
const cooldown = 30_000;
/** Milliseconds after which the keys are fetched again although they are all known. */
const fresh = 10 * 60_000;
/** Milliseconds after which a request waits for that fetch: a withdrawn key must not live on in a service that slept. */
const overdue = 2 * fresh;
/** Milliseconds for which known keys go on working when their server cannot be reached. */
const usable = 24 * 60 * 60_000;
/** Milliseconds to the next attempt after a failed one while keys are known; doubled by each further failure. */
const firstPause = 2_000;
const longestPause = 60_000;

export interface KeySetOptions {
  /** Reads the keys from their server, in bounded time. */
  read(): Promise<JSONWebKeySet>;
  /** The error of a caller who gets no keys. */
  unavailable(reason: string): Error;
  /** Milliseconds between two attempts while nothing was ever read. @default 0 */
  readonly pauseWithoutKeys?: number;
  /** Told of every failed attempt. */
  onFailure?(error: unknown, known: boolean): void;
}

/** An issuer's public keys (JWKS, RFC 7517). A rotated key is taken at once; known keys outlive an outage of the server. */
export interface KeySet {
  /**
   * A key source for one verification.
   * @param deadline starts the time that the verification has: only when it must wait, for a timer costs as much as a check
   */
  source(deadline: () => AbortSignal): JWTVerifyGetKey;
  /** Resolves when there are keys that may be used. */
  ready(signal: AbortSignal): Promise<void>;
}

interface Known {
  readonly find: JWTVerifyGetKey;
  readonly readAt: number;
}

export function createKeySet(options: KeySetOptions): KeySet {
  const { read, unavailable, pauseWithoutKeys = 0 } = options;
  let known: Known | undefined;
  let reading: Promise<Known> | undefined;
  let failure: { readonly error: unknown; readonly at: number; readonly times: number } | undefined;
  let triedForUnknown = Number.NEGATIVE_INFINITY;

  const attempt = async (): Promise<Known> => {
    try {
      known = { find: keysIn(await read(), unavailable), readAt: Date.now() };
      failure = undefined;
      return known;
    } catch (error) {
      failure = { error, at: Date.now(), times: (failure?.times ?? 0) + 1 };
      options.onFailure?.(error, known !== undefined);
      throw error;
    }
  };

  const refresh = (): Promise<Known> => {
    reading ??= attempt().finally(() => {
      reading = undefined;
    });
    // Whoever waits hears of a failure; this keeps it from ending the process when nobody does.
    reading.catch(() => {});
    return reading;
  };

  const isPausing = (): boolean => {
    if (!failure || reading) return false;
    const growing = Math.min(longestPause, firstPause * 2 ** Math.min(failure.times - 1, 10));
    return since(failure.at) < (known ? growing : pauseWithoutKeys);
  };

  const wait = (work: Promise<Known>, deadline: () => AbortSignal): Promise<Known> =>
    untilAborted(work, deadline(), () => unavailable('the key set did not answer in time'));

  const current = (deadline: () => AbortSignal): Known | Promise<Known> => {
    const age = known ? since(known.readAt) : Number.POSITIVE_INFINITY;
    return known && age < fresh ? known : renewed(known, age, deadline);
  };

  const renewed = async (before: Known | undefined, age: number, deadline: () => AbortSignal): Promise<Known> => {
    try {
      if (isPausing()) throw failure?.error;
      const found = refresh();
      return before && age < overdue ? before : await wait(found, deadline);
    } catch (error) {
      if (before && age < usable) return before;
      throw error;
    }
  };

  /** Keys that came after `before`; `undefined` when they are not asked for again yet. */
  const newer = async (before: Known, deadline: () => AbortSignal): Promise<Known | undefined> => {
    if (known && known !== before) return known;
    if (reading) return wait(reading, deadline);
    if (since(triedForUnknown) < cooldown) {
      // While the server is away nobody can tell an invented key from a new one.
      if (failure) throw failure.error;
      return undefined;
    }
    triedForUnknown = Date.now();
    return wait(refresh(), deadline);
  };

  const find = async (deadline: () => AbortSignal, ...args: Parameters<JWTVerifyGetKey>) => {
    const before = await current(deadline);
    try {
      return await before.find(...args);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const found = await newer(before, deadline);
      if (!found) throw error;
      return found.find(...args);
    }
  };

  return {
    ready: async (signal) => void (await current(() => signal)),
    source: (deadline) => {
      // One time for all that a verification waits for.
      let signal: AbortSignal | undefined;
      const limit = () => (signal ??= deadline());
      return (...args) => find(limit, ...args);
    },
  };
}

/** Milliseconds between then and now, also when the clock was set back. */
function since(then: number): number {
  return Math.abs(Date.now() - then);
}
