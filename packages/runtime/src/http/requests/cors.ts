import fastifyCors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

export interface CorsOptions {
  /** Exact origins, such as `https://app.example.com`, that may read answers. They never get credentials. */
  readonly origins: readonly string[];
}

/** Lets pages of the listed origins call the API with a token; cookies stay out. */
export const cors = fp(corsPlugin, { name: 'keelson-cors', fastify: '5.x' });

async function corsPlugin(app: FastifyInstance, { origins }: CorsOptions): Promise<void> {
  await app.register(fastifyCors, {
    origin: [...origins],
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    exposedHeaders: ['x-request-id'],
    maxAge: 600,
  });
}
