import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';

/** One line per request, when it has been answered: no headers, no query, no body. */
export class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'requestId' });
  }

  override incomingRequest(): void {}

  override routeNotFound(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const fields = {
      method: request.method,
      path: pathOf(request.url),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      client: request.ip,
    };
    if (error) request.log.warn({ ...fields, err: error }, 'request aborted');
    else if (request.routeOptions.config.vital === true) request.log.debug(fields, 'request');
    else request.log.info(fields, 'request');
  }
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
