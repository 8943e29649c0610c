import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { redactText } from '../../log/redact.ts';

/** Characters of a path that no route knows. */
const longestPath = 1_024;

/** One line per request, when it has been answered: no headers, no query, no body, and of a known path only its pattern. */
export class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'requestId' });
  }

  override incomingRequest(): void {}

  override routeNotFound(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const fields = {
      method: request.method,
      // Parameters may be what a mail's link proves a person with.
      path: request.routeOptions.url ?? unknownPath(request.url),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      client: request.ip,
    };
    if (error) request.log.warn({ ...fields, err: error }, 'request aborted');
    else if (request.routeOptions.config.vital === true) request.log.debug(fields, 'request');
    else request.log.info(fields, 'request');
  }
}

function unknownPath(url: string): string {
  const query = url.indexOf('?');
  // Redacted before it is cut: the beginning of a secret would not be recognized.
  const path = redactText(query === -1 ? url : url.slice(0, query));
  return path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
}
