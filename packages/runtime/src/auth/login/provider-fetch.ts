import type { FetchBody } from 'openid-client';
import { boundedFetch, untilAborted as waitUntilAborted } from '../keys/bounded-fetch.ts';
import { unavailable } from './failure.ts';

/** Milliseconds that one request of a browser may wait for the provider, all calls together. */
const patience = 4_000;

/** `fetch` for calls to the provider: no longer than the deadline, no redirects, and only sizes that make sense. */
export type ProviderFetch = (
  url: string,
  init?: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: FetchBody },
) => Promise<Response>;

/** Time left for one browser request; every call made for it shares it. */
export function deadline(): AbortSignal {
  return AbortSignal.timeout(patience);
}

/**
 * Makes a fetch whose calls end with `signal`.
 * @throws KeelsonError `LOGIN_UNAVAILABLE` when the provider cannot be reached, is too slow or answers 429 or 5xx
 */
export function providerFetch(signal: AbortSignal): ProviderFetch {
  return async (url, init = {}) => {
    const response = await boundedFetch(url, { ...init, signal }).catch((error: Error) => {
      const hint = 'Check OIDC_ISSUER (or AUTH0_DOMAIN) and the network.';
      throw unavailable(`the provider at ${new URL(url).host} cannot be reached: ${error.message}`, hint);
    });
    const { status } = response;
    if (status === 429 || status >= 500) throw unavailable(`the provider at ${new URL(url).host} answered ${status}`);
    return response;
  };
}

/**
 * Waits for work that several requests share, but for one of them no longer than its own deadline.
 * @throws KeelsonError `LOGIN_UNAVAILABLE` when that passes
 */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return waitUntilAborted(promise, signal, () => unavailable('the provider did not answer in time'));
}
