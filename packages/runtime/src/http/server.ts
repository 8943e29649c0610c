import { randomUUID } from 'node:crypto';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { type FastifyBaseLogger, type FastifyInstance, fastify } from 'fastify';
import type { Logger } from 'pino';
import { clientErrorHandler } from './errors/client-error.ts';
import { answerError } from './errors/index.ts';
import type { Keelson } from './keelson.ts';
import type { ServiceOptions } from './options.ts';
import { useClientAddress } from './requests/client-address.ts';
import { RequestLog } from './requests/request-log.ts';
import { securityHeaderValues } from './requests/security-headers.ts';
import { compileValidator } from './requests/validation.ts';

/** A Fastify instance whose route schemas are TypeBox. */
export type App = FastifyInstance<
  FastifyInstance['server'],
  Parameters<FastifyInstance['routing']>[0],
  Parameters<FastifyInstance['routing']>[1],
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** Load balancers keep a connection idle for 60 s; who closes first must not be the service (502). */
const keepAliveTimeout = 65_000;
const headersTimeout = 5_000;
/**
 * Bytes. API Gateway takes 10,240 bytes of request line and headers; the adapter repeats path and user agent in a header of
 * its own as JSON, which escapes some characters by six. Node's default of 16 KiB would refuse what was let in.
 */
const maxHeaderSizeOnLambda = 96 * 1024;

/** Fastify with limits on time and size, and nothing believed that a client says of itself. */
export function createServer(keelson: Keelson, logger: Logger, options: ServiceOptions): App {
  const { trustedProxies, clientAddressHeader, lambda } = keelson.config;
  const requestTimeout = options.requestTimeout ?? 10_000;
  const readClientAddress = useClientAddress(clientAddressHeader);
  const answerHeaders = () => securityHeaderValues({ https: httpsNow(keelson) });

  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new RequestLog(),
    genReqId: (raw) => {
      // Of all there is to set, this runs first: nobody reads the headers before.
      readClientAddress(raw);
      return randomUUID();
    },
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: options.bodyLimit ?? 1_048_576,
    requestTimeout,
    keepAliveTimeout: keepAliveTimeout,
    // `connectionsCheckingInterval` is what makes the other two happen on time: its default is 30 s.
    http: {
      requestTimeout,
      headersTimeout: Math.min(headersTimeout, requestTimeout),
      connectionsCheckingInterval: 500,
      ...(lambda && { maxHeaderSize: maxHeaderSizeOnLambda }),
      // Refused by `strictRequests`: Node's own answer has no security headers.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: 500 },
    // What arrives on an open connection while the service stops is still answered.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: clientErrorHandler(answerHeaders),
    frameworkErrors: (error, request, reply) => {
      reply.headers(answerHeaders()).header('x-request-id', request.id);
      answerError(error, request, reply);
    },
  });
  // Node drops headers after the thousandth without a word, the proxy's own among them. Their bytes are limited already.
  app.server.maxHeadersCount = 0;
  // Never: a process that was frozen for longer would close the adapter's connection as the first thing it does, with the
  // next request on it already. Fastify takes 0 for its own default.
  if (lambda) app.server.keepAliveTimeout = 0;
  app.decorate('keelson', keelson);
  return app.setValidatorCompiler(compileValidator).withTypeProvider<TypeBoxTypeProvider>();
}

export function httpsNow({ publicUrl }: Keelson): () => boolean {
  return () => publicUrl.peek()?.protocol === 'https:';
}
