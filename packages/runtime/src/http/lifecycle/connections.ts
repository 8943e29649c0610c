import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Lifecycle } from '../keelson.ts';
import { drainBeforeClose } from './drain.ts';

export interface ConnectionsOptions {
  readonly lifecycle: Lifecycle;
}

const sweepMs = 50;

/**
 * Ends connections while the service stops without resetting a request: answers carry `Connection: close`, connections
 * without a request in flight are closed once the server listens no more.
 */
export const connections = fp(connectionsPlugin, { name: 'keelson-connections', fastify: '5.x' });

async function connectionsPlugin(app: FastifyInstance, { lifecycle }: ConnectionsOptions): Promise<void> {
  const unused = new Set<Socket>();
  app.server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });

  // In onSend, not onRequest: requests that began before the stop close their connection too.
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (lifecycle.stopping) reply.header('connection', 'close');
    if (reply.getHeader('connection') === 'close' && !request.raw.complete) drainBeforeClose(request.raw);
    done();
  });

  app.addHook('preClose', (done) => {
    lifecycle.stopping = true;
    // Node closes idle connections once, at the start of close(); some become idle later, and one on which a browser
    // has not sent anything yet never counts as idle.
    const sweep = setInterval(() => {
      app.server.closeIdleConnections();
      for (const socket of unused) if (socket.bytesRead === 0) socket.destroy();
    }, sweepMs);
    app.server.once('close', () => clearInterval(sweep));
    sweep.unref();
    done();
  });
}
