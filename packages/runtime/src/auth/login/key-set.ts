import type { JSONWebKeySet } from 'jose';
import { createKeySet as createSharedKeySet, type KeySet } from '../keys/key-set.ts';
import { unavailable } from './failure.ts';
import { deadline, providerFetch } from './provider-fetch.ts';

/** The provider's public keys. */
export function createKeySet(address: (signal: AbortSignal) => Promise<string>): KeySet {
  return createSharedKeySet({ read: () => fetchKeys(address), unavailable });
}

async function fetchKeys(address: (signal: AbortSignal) => Promise<string>): Promise<JSONWebKeySet> {
  // Several requests wait for this fetch, so it must not end with the first of them.
  const signal = deadline();
  const url = await address(signal);
  const response = await providerFetch(signal)(url, { headers: { accept: 'application/json' } });
  if (response.status !== 200) throw unavailable(`the key set at ${new URL(url).host} answered ${response.status}`);
  try {
    return (await response.json()) as JSONWebKeySet;
  } catch {
    throw unavailable(`the key set at ${new URL(url).host} is no JWKS`);
  }
}
