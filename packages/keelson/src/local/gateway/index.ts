import { createServer, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeServer } from '../loopback.ts';
import { listenOn, type PortWish } from '../ports.ts';
import { createProxy } from './proxy.ts';
import { refuse } from './refuse.ts';
import { maxHeaderSize, type Upstream } from './upstream.ts';

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
 * The address people reach a service at. It stands where the load balancer stands in AWS: it outlives restarts of the
 * service, and says who asked.
 */
export async function startGateway(wish: PortWish, upstream: Upstream): Promise<Gateway> {
  const proxy = createProxy();
  const server = createServer({ ...limits, maxHeaderSize });
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, response) => {
    responses.set(request.socket, response);
    void proxy.request(request, response, upstream);
  });
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    void proxy.upgrade(request, socket, head, upstream);
  });
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
