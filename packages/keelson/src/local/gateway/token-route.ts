import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Discover } from './discovery.ts';
import type { Refusal } from './http-api.ts';
import type { TokensAtGateway } from './issuers.ts';

/** Milliseconds, and bytes: a token request is a short form. */
const timeout = 10_000;
const largestBody = 64 * 1024;

const tooLarge = {
  status: 413,
  message: 'Request Entity Too Large',
  reason: `a request for a token has at most ${largestBody} bytes`,
};
const tooSlow = {
  status: 408,
  message: 'Request Timeout',
  reason: `the body of a request for a token did not arrive within ${timeout / 1000} s`,
};
const unreachable = {
  status: 503,
  message: 'Service Unavailable',
  reason: 'the provider of tokens does not answer',
};

/** `POST /oauth/token` at the HTTP API: passed on to where the provider gives tokens, its answer as it is. */
export async function passTokenRequest(
  request: IncomingMessage,
  response: ServerResponse,
  tokens: TokensAtGateway,
  discover: Discover,
  refuse: (refusal: Refusal) => void,
): Promise<void> {
  const body = await readBody(request);
  if (!Buffer.isBuffer(body)) return refuse(body);
  const answer = await ask(request, body, tokens, discover).catch(() => undefined);
  if (!answer) return refuse(unreachable);
  for (const name of ['content-type', 'cache-control', 'pragma', 'www-authenticate']) {
    const value = answer.headers.get(name);
    if (value !== null) response.setHeader(name, value);
  }
  response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
}

async function ask(
  { headers }: IncomingMessage,
  body: Buffer,
  tokens: TokensAtGateway,
  discover: Discover,
): Promise<Response> {
  const [issuer = ''] = tokens.issuers;
  const endpoint = tokens.endpoint ?? (await discover(issuer)).tokenEndpoint;
  if (endpoint === undefined) throw new Error(`${issuer} tells no token endpoint`);
  const passed = ['authorization', 'content-type', 'accept'] as const;
  const own = passed.flatMap((name): [string, string][] => (headers[name] ? [[name, headers[name]]] : []));
  return fetch(endpoint, {
    method: 'POST',
    headers: Object.fromEntries(own),
    body: new Uint8Array(body),
    signal: AbortSignal.timeout(timeout),
    redirect: 'error',
  });
}

/** The body, or why it is not taken. */
function readBody(request: IncomingMessage): Promise<Buffer | Refusal> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const late = setTimeout(() => settle(() => resolve(tooSlow)), timeout);
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else settle(() => resolve(tooLarge));
    };
    const end = () => settle(() => resolve(Buffer.concat(chunks)));
    const gone = () => settle(() => reject(new Error('The client went away.')));
    const settle = (done: () => void) => {
      clearTimeout(late);
      request.off('data', take).off('end', end).off('error', gone).off('close', gone);
      done();
    };
    request.on('data', take).on('end', end).on('error', gone).on('close', gone);
  });
}
