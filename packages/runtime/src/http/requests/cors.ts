import fastifyCors from '@fastify/cors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

export interface CorsOptions {
  /** Exact origins, such as `https://app.example.com`, that may read answers. They never get credentials. */
  readonly origins: readonly string[];
}

/** Lets pages of the listed origins call the API with a token; cookies stay out. */
export const cors = fp(corsPlugin, { name: 'keelson-cors', fastify: '5.x' });

async function corsPlugin(app: FastifyInstance, { origins }: CorsOptions): Promise<void> {
  app.addHook('onRequest', refuseOthers);
  await app.register(fastifyCors, {
    origin: [...origins],
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    exposedHeaders: ['x-request-id'],
    maxAge: 600,
  });
}

/** An `OPTIONS` that is no preflight is a method that no address takes, said in the form of all errors. */
function refuseOthers({ method, headers }: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const isPreflight = headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
  if (method === 'OPTIONS' && !isPreflight) reply.callNotFound();
  else done();
}
