import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { unavailable } from './failure.ts';
import { deadline, providerFetch, untilAborted } from './provider-fetch.ts';

/** Milliseconds between two fetches that an unknown `kid` causes, so that a flood of them is one request to the provider. */
const cooldown = 30_000;
/** Milliseconds after which the keys are fetched again although they are all known. */
const fresh = 10 * 60_000;
/** Milliseconds for which known keys go on working when the provider cannot be reached. */
const usable = 24 * 60 * 60_000;

/** The provider's public keys (JWKS). A rotated key is taken at once; known keys outlive an outage of the provider. */
export interface KeySet {
  /** A key source for one verification, whose fetches end with `signal`. */
  source(signal: AbortSignal): JWTVerifyGetKey;
}

interface Known {
  readonly find: JWTVerifyGetKey;
  readonly readAt: number;
}

export function createKeySet(address: (signal: AbortSignal) => Promise<string>): KeySet {
  let known: Known | undefined;
  let reading: Promise<Known> | undefined;
  let triedForUnknown = Number.NEGATIVE_INFINITY;

  const read = (signal: AbortSignal): Promise<Known> => {
    reading ??= fetchKeys(address, signal)
      .then((find) => (known = { find, readAt: Date.now() }))
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  const current = async (signal: AbortSignal): Promise<Known> => {
    const age = known ? Date.now() - known.readAt : Number.POSITIVE_INFINITY;
    if (known && age < fresh) return known;
    try {
      return await read(signal);
    } catch (error) {
      if (known && age < usable) return known;
      throw error;
    }
  };

  return {
    source: (signal) => async (header, token) => {
      const before = await untilAborted(current(signal), signal);
      try {
        return await before.find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        const now = Date.now();
        if (known !== before) return (known ?? before).find(header, token);
        if (now - triedForUnknown < cooldown) throw error;
        triedForUnknown = now;
        return (await untilAborted(read(signal), signal)).find(header, token);
      }
    },
  };
}

async function fetchKeys(
  address: (signal: AbortSignal) => Promise<string>,
  signal: AbortSignal,
): Promise<JWTVerifyGetKey> {
  const url = await address(signal);
  // Several requests wait for this fetch, so it must not end with the first of them.
  const response = await providerFetch(deadline())(url, { headers: { accept: 'application/json' } });
  if (response.status !== 200) throw unavailable(`the key set at ${new URL(url).host} answered ${response.status}`);
  try {
    return createLocalJWKSet((await response.json()) as JSONWebKeySet);
  } catch {
    throw unavailable(`the key set at ${new URL(url).host} is no JWKS`);
  }
}
