import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { untilAborted } from './bounded-fetch.ts';

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
  /** A key source for one verification, which waits no longer than `signal`. */
  source(signal: AbortSignal): JWTVerifyGetKey;
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

  const wait = (work: Promise<Known>, signal: AbortSignal): Promise<Known> =>
    untilAborted(work, signal, () => unavailable('the key set did not answer in time'));

  const current = async (signal: AbortSignal): Promise<Known> => {
    const before = known;
    const age = before ? since(before.readAt) : Number.POSITIVE_INFINITY;
    if (before && age < fresh) return before;
    try {
      if (isPausing()) throw failure?.error;
      const found = refresh();
      return before && age < overdue ? before : await wait(found, signal);
    } catch (error) {
      if (before && age < usable) return before;
      throw error;
    }
  };

  /** Keys that came after `before`; `undefined` when they are not asked for again yet. */
  const newer = async (before: Known, signal: AbortSignal): Promise<Known | undefined> => {
    if (known && known !== before) return known;
    if (reading) return wait(reading, signal);
    if (since(triedForUnknown) < cooldown) {
      // While the server is away nobody can tell an invented key from a new one.
      if (failure) throw failure.error;
      return undefined;
    }
    triedForUnknown = Date.now();
    return wait(refresh(), signal);
  };

  return {
    ready: async (signal) => void (await current(signal)),
    source: (signal) => async (header, token) => {
      const before = await current(signal);
      try {
        return await before.find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        const found = await newer(before, signal);
        if (!found) throw error;
        return found.find(header, token);
      }
    },
  };
}

function keysIn(set: JSONWebKeySet, unavailable: KeySetOptions['unavailable']): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(set);
  } catch {
    throw unavailable('the key set is no JWKS');
  }
}

/** Milliseconds between then and now, also when the clock was set back. */
function since(then: number): number {
  return Math.abs(Date.now() - then);
}
