import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { ServiceAgent } from './agent.ts';
import { endToEnd, forwarded, framing, hasBody, type RawHeaders, replaced } from './headers.ts';
import { lingerBeforeClose } from './linger.ts';
import { answerUnavailable } from './unavailable.ts';
import { holdTime, maxHeaderSize, type Target, type Upstream } from './upstream.ts';

/** What an HTTP API changes about a request that it lets through. */
export interface Passing {
  /** Header that replaces the request's. */
  readonly header: readonly [name: string, value: string];
  /** Headers of the answer. */
  answerHeaders(headers: RawHeaders): RawHeaders;
  /** Bytes. */
  readonly largestBody: number;
  /** Answers a body that turns out to be larger. */
  tooLarge(): void;
}

export interface Proxy {
  request(request: IncomingMessage, response: ServerResponse, upstream: Upstream, passing?: Passing): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, upstream: Upstream): Promise<void>;
  close(): void;
}

/** Written first, it sends the head. `flushHeaders()` would send its bytes anew, as UTF-8 of what was read as Latin-1. */
const nothing = Buffer.alloc(0);

/** Passes requests to services on this machine. Bodies stream both ways; an abort on one side ends the other. */
export function createProxy(): Proxy {
  const agent = new ServiceAgent();
  return {
    request: (...args) => passRequest(agent, ...args),
    upgrade: passUpgrade,
    close: () => agent.destroy(),
  };
}

async function passRequest(
  agent: Agent,
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
  passing?: Passing,
) {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const target = await targetWithin(upstream, gone.signal);
  if (gone.signal.aborted) return;
  if (!('port' in target)) {
    return answerUnavailable(request, response, { status: 503, service: upstream.name, ...target });
  }
  const told = passing ? replaced(forwardedHeaders(request), passing.header) : forwardedHeaders(request);
  const headers = [...told, ...framing(request.rawHeaders, request.method)];
  const outgoing = httpRequest({ ...destination(request, target.port), headers, agent });
  outgoing.once('response', (incoming) => {
    if (!request.complete) lingerBeforeClose(request);
    passResponse(incoming, response, passing);
  });
  outgoing.on('error', () => failed(request, response, upstream));
  response.once('close', () => outgoing.destroy());
  if (passing) limitBody(request, response, outgoing, passing);
  // The service may answer by the head alone, long before the body comes. Without one both go out together.
  if (hasBody(request)) outgoing.write(nothing);
  request.pipe(outgoing);
  // Answered before all of the body was taken: the client reads the answer once it has sent the rest.
  outgoing.once('close', () => request.unpipe(outgoing).resume());
}

/** A body in chunks tells its length only by coming. */
function limitBody(
  request: IncomingMessage,
  response: ServerResponse,
  outgoing: ClientRequest,
  { largestBody, tooLarge }: Passing,
): void {
  let size = 0;
  const count = (chunk: Buffer) => {
    size += chunk.length;
    if (size <= largestBody) return;
    request.off('data', count);
    request.unpipe(outgoing);
    if (!response.headersSent) tooLarge();
    outgoing.destroy();
  };
  request.on('data', count);
}

function passResponse(incoming: IncomingMessage, response: ServerResponse, passing?: Passing): void {
  const headers = endToEnd(incoming.rawHeaders);
  const changed = [...(passing?.answerHeaders(headers) ?? headers)];
  response.writeHead(incoming.statusCode ?? 502, incoming.statusMessage ?? '', changed);
  // Event streams count on the head arriving before the first event.
  response.write(nothing);
  incoming.pipe(response);
  // A body that was cut short must not look whole.
  incoming.once('close', () => {
    if (!incoming.complete) response.destroy();
  });
}

function failed(request: IncomingMessage, response: ServerResponse, upstream: Upstream): void {
  if (response.writableEnded) return;
  // An answer that began may be whole although the rest of the body could not be sent; `passResponse` sees to one that is not.
  if (response.headersSent || response.destroyed) return;
  const reason = `${upstream.name} closed the connection without an answer.`;
  answerUnavailable(request, response, { status: 502, service: upstream.name, reason, tail: '' });
}

async function passUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, upstream: Upstream): Promise<void> {
  socket.on('error', () => socket.destroy());
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  const target = await targetWithin(upstream, gone.signal);
  if (!('port' in target) || socket.destroyed)
    return void socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
  const protocol = request.headers.upgrade ?? '';
  const headers = [...forwardedHeaders(request), 'Connection', 'Upgrade', 'Upgrade', protocol];
  const outgoing = httpRequest({ ...destination(request, target.port), headers });
  outgoing.once('upgrade', (answer, other, otherHead) => {
    socket.write(`${rawHead(answer, ['Connection', 'Upgrade', 'Upgrade', protocol])}`);
    socket.write(otherHead);
    other.write(head);
    join(socket, other);
  });
  outgoing.once('response', (answer) => refuseUpgrade(answer, socket));
  outgoing.on('error', () => socket.destroy());
  socket.once('close', () => outgoing.destroy());
  outgoing.end();
}

/** The service answered with an ordinary response. */
function refuseUpgrade(answer: IncomingMessage, socket: Duplex): void {
  socket.write(rawHead(answer, ['Connection', 'close']));
  answer.pipe(socket);
}

function rawHead(answer: IncomingMessage, extra: readonly string[]): string {
  const headers = [...endToEnd(answer.rawHeaders), ...extra];
  const lines = headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : []));
  return `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${lines.join('\r\n')}\r\n\r\n`;
}

function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.once('close', () => to.destroy());
    from.pipe(to);
  }
}

async function targetWithin(upstream: Upstream, gone: AbortSignal): Promise<Target> {
  try {
    return await upstream.target(AbortSignal.any([gone, AbortSignal.timeout(holdTime)]));
  } catch {
    return { reason: `${upstream.name} did not start within ${holdTime / 1000} seconds.`, tail: '' };
  }
}

function forwardedHeaders(request: IncomingMessage): string[] {
  const { remoteAddress = '127.0.0.1', localPort = 0 } = request.socket;
  const headers = endToEnd(request.rawHeaders);
  // HTTP/1.0 needs none, HTTP/1.1, which the service is spoken to, does.
  const host = request.headers.host === undefined ? ['Host', `localhost:${localPort}`] : [];
  return [...host, ...forwarded(headers, { client: remoteAddress, port: localPort })];
}

function destination({ method, url }: IncomingMessage, port: number) {
  return { host: '127.0.0.1', port, method: method ?? 'GET', path: url ?? '/', maxHeaderSize };
}
