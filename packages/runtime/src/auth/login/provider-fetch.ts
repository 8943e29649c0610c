import type { FetchBody } from 'openid-client';
import { unavailable } from './failure.ts';

/** Milliseconds that one request of a browser may wait for the provider, all calls together. */
const patience = 4_000;

/** Bytes of an answer that are read at most. */
const longestAnswer = 1024 * 1024;

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
  return async (url, { method = 'GET', headers = {}, body = null } = {}) => {
    let answer: { response: Response; body: Uint8Array<ArrayBuffer> };
    try {
      const response = await fetch(url, { method, headers, body, redirect: 'manual', signal });
      answer = { response, body: await readLimited(response) };
    } catch (error) {
      throw unavailable(
        `the provider at ${new URL(url).host} cannot be reached: ${reasonOf(error)}`,
        'Check OIDC_ISSUER (or AUTH0_DOMAIN) and the network.',
      );
    }
    const { status } = answer.response;
    if (status === 429 || status >= 500) throw unavailable(`the provider at ${new URL(url).host} answered ${status}`);
    return new Response(status === 204 || status === 304 ? null : answer.body, {
      status,
      headers: plainHeaders(answer.response.headers),
    });
  };
}

/**
 * Waits for work that several requests share, but for one of them no longer than its own deadline.
 * @throws KeelsonError `LOGIN_UNAVAILABLE` when that passes
 */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(unavailable('the provider did not answer in time'));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function readLimited(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > longestAnswer) throw new Error(`answer longer than ${longestAnswer} bytes`);
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}

/** The body was decoded already. */
function plainHeaders(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete('content-encoding');
  copy.delete('content-length');
  return copy;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return `no answer within ${patience} ms`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
