import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeServer } from '../loopback.ts';
import { listenOn, type PortWish } from '../ports.ts';
import type { HttpApi } from './http-api.ts';
import { answerMessage } from './message.ts';
import { answerNothing, refuseNothing, type Route } from './paths.ts';
import { createProxy, type Proxy } from './proxy.ts';
import { refuse } from './refuse.ts';
import { maxHeaderSize, type Upstream } from './upstream.ts';
import { isWebSocket, takeAsRequest } from './upgrade.ts';

export { createHttpApi, type HttpApi } from './http-api.ts';
export { createRouter } from './routes.ts';
export { type TokensAtGateway, tokensAtGateway } from './issuers.ts';
export { type Route, routeByPath } from './paths.ts';
export type { Target, Upstream } from './upstream.ts';

export interface Gateway {
  readonly port: number;
  /** The port that was wished for and in use; absent: it was free. */
  readonly movedFrom?: number;
  close(): Promise<void>;
}

/** Milliseconds. Long uploads and event streams are the service's to limit; headers it never sees are ours. */
const limits = { requestTimeout: 0, headersTimeout: 5_000, connectionsCheckingInterval: 500 };

/**
 * The address people reach a service at. It stands where the load balancer or the HTTP API stands in AWS: it outlives restarts
 * of the service, and says who asked.
 *
 * @param to the service, or, at the address that several share, the choice among them
 * @param api rules of the HTTP API; absent: everything goes on, as at a load balancer
 */
export async function startGateway(wish: PortWish, to: Upstream | Route, api?: HttpApi): Promise<Gateway> {
  const route: Route = typeof to === 'function' ? to : () => to;
  const proxy = createProxy();
  const server = createServer({ ...limits, maxHeaderSize });
  // Node would drop headers after the thousandth without a word.
  server.maxHeadersCount = 0;
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, response) => {
    responses.set(request.socket, response);
    const upstream = route(request.url ?? '');
    if (!upstream) return answerNothing(request, response);
    void (api ? throughApi(api, proxy, request, response, upstream) : proxy.request(request, response, upstream));
  });
  // An HTTP API has no WebSockets: without a listener they are ordinary requests, which its rules are for.
  const upgraded = api ? new Set<Duplex>() : passUpgrades(server, proxy, route);
  server.on('clientError', (error, socket) => refuse(error, socket, responses.get(socket)));
  const port = await listenOn(server, wish);
  return {
    port,
    ...(wish.port !== 0 && port !== wish.port ? { movedFrom: wish.port } : {}),
    close: async () => {
      proxy.close();
      for (const socket of upgraded) socket.destroy();
      await closeServer(server);
    },
  };
}

async function throughApi(
  api: HttpApi,
  proxy: Proxy,
  request: IncomingMessage,
  response: ServerResponse,
  upstream: Upstream,
): Promise<void> {
  try {
    const passing = await api.admit(request, response);
    if (passing) await proxy.request(request, response, upstream, passing);
  } catch {
    answerMessage(request, response, 500, 'Internal Server Error');
  }
}

/** @returns the connections that were taken over */
function passUpgrades(server: Server, proxy: Proxy, route: Route): Set<Duplex> {
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    if (!isWebSocket(request)) return takeAsRequest(server, request, socket, head);
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    const upstream = route(request.url ?? '');
    if (upstream) void proxy.upgrade(request, socket, head, upstream);
    else refuseNothing(socket);
  });
  return upgraded;
}
