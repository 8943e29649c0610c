import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { KeelsonError } from '../../errors/index.ts';
import { parseJson } from '../json/parse.ts';

const token = "[\\w!#$%&'*+.^`|~-]+";
const contentType = new RegExp(`^${token}/${token}(?:; ?${token}=(?:${token}|"[^"\\\\\\t]*"))*$`);

/**
 * Takes only requests that cannot be read in two ways: one clear content type, JSON without duplicate or magic keys, no
 * NUL. Only `application/json` has a parser; a form needs `@fastify/formbody`.
 */
export const strictRequests = fp(strictRequestsPlugin, { name: 'keelson-strict-requests', fastify: '5.x' });

async function strictRequestsPlugin(app: FastifyInstance): Promise<void> {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, done) => {
    try {
      done(null, parseJson(body));
    } catch (error) {
      done(error instanceof Error ? error : new KeelsonError('INVALID_REQUEST'));
    }
  });
  app.addHook('onRequest', (request, _reply, done) => done(refusal(request)));
}

function refusal(request: FastifyRequest): KeelsonError | undefined {
  if (request.url.includes('%00')) {
    return new KeelsonError('INVALID_REQUEST', { detail: 'The address contains a NUL byte.' });
  }
  const type = request.headers['content-type'];
  if (type !== undefined && type !== 'application/json' && !contentType.test(type)) {
    return new KeelsonError('UNSUPPORTED_MEDIA_TYPE', { detail: 'The content type is malformed.' });
  }
  return undefined;
}
