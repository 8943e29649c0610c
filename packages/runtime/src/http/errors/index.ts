import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { KeelsonError } from '../../errors/index.ts';
import { serializeError } from '../../log/error-serializer.ts';
import { type Fault, fault, faultOf } from './fault.ts';
import { methodsByPath } from './methods-by-path.ts';
import { sendFault } from './send.ts';

/**
 * Errors as `application/problem+json` (RFC 9457) with a stable `code` and the request id; the detail goes to the log.
 * An unknown path is 404; a known one with another method is 405 with `Allow`.
 */
export const errors = fp(errorsPlugin, { name: 'keelson-errors', fastify: '5.x' });

async function errorsPlugin(app: FastifyInstance): Promise<void> {
  const methodsOf = methodsByPath(app);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url);
    if (methods.length === 0 || methods.includes(request.method)) return sendFault(fault('NOT_FOUND'), request, reply);
    return sendFault({ ...fault('METHOD_NOT_ALLOWED'), headers: { allow: methods.join(', ') } }, request, reply);
  });
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = faultOf(error);
  logFault(error, known, request);
  return sendFault(known, request, reply);
}

function logFault(error: unknown, { status, code }: Fault, request: FastifyRequest): void {
  const known = error instanceof KeelsonError;
  // A service that is overloaded, or waits for its database, answers many of these: where they were made says nothing.
  if (known && status === 503) return request.log.warn({ code, ...briefly(error) }, error.message);
  if (status >= 500) {
    const message = error instanceof Error ? error.message : 'A route threw what is no error';
    return request.log.error({ err: error, code }, message);
  }
  if (known && (error.hint ?? error.cause) !== undefined) {
    return request.log.warn({ err: error, code }, error.message);
  }
  request.log.debug({ err: error, code }, 'Request refused');
}

function briefly({ hint, cause }: KeelsonError) {
  if (cause === undefined) return { hint };
  const { type, message, code } = serializeError(cause);
  return { hint, cause: [type, message, code].filter(Boolean).join(': ') };
}
