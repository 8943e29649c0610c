/** Bytes of an answer that are read at most. */
const longestAnswer = 1024 * 1024;

export interface BoundedRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: NonNullable<Parameters<typeof fetch>[1]>['body'];
  /** Ends the request, its body included. */
  readonly signal: AbortSignal;
}

/**
 * `fetch` for servers that are asked on behalf of a waiting request: whole answer or none, no redirects, and only sizes that
 * make sense.
 * @throws Error whose message is the reason, without the address
 */
export async function boundedFetch(url: string, request: BoundedRequest): Promise<Response> {
  try {
    const { method = 'GET', body: sent = null, signal } = request;
    // Calls are rare, and a kept connection may be dead after a freeze (Lambda): a code cannot be exchanged twice.
    const headers = { ...request.headers, connection: 'close' };
    const response = await fetch(url, { method, headers, body: sent, redirect: 'manual', signal });
    const body = await readLimited(response);
    const { status } = response;
    return new Response(status === 204 || status === 304 ? null : body, {
      status,
      headers: plainHeaders(response.headers),
    });
  } catch (error) {
    throw new Error(reasonOf(error), { cause: error });
  }
}

/**
 * Waits for work that several requests share, but for one of them no longer than its own deadline.
 * @throws what `late` makes when that passes
 */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(late());
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
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  return error.cause instanceof Error ? error.cause.message : error.message;
}
