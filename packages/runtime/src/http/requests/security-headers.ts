import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { contentSecurityPolicy } from './content-security-policy.ts';

export interface SecurityHeadersOptions {
  /** Whether people reach the service over https now; then answers carry HSTS. */
  readonly https: () => boolean;
}

const headers = Object.freeze({
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
});
const httpsHeaders = Object.freeze({ ...headers, 'strict-transport-security': 'max-age=31536000; includeSubDomains' });

export function securityHeaderValues({ https }: SecurityHeadersOptions): Readonly<Record<string, string>> {
  return https() ? httpsHeaders : headers;
}

/**
 * Security headers and the request id on every answer, errors included. They are set before a route runs, so a route may
 * replace one. Not @fastify/helmet: it computes its headers anew for each request.
 */
export const securityHeaders = fp(securityHeadersPlugin, { name: 'keelson-security-headers', fastify: '5.x' });

async function securityHeadersPlugin(app: FastifyInstance, options: SecurityHeadersOptions): Promise<void> {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaderValues(options)).header('x-request-id', request.id);
    done();
  });
}
