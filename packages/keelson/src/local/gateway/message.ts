import type { IncomingMessage, ServerResponse } from 'node:http';
import { lingerBeforeClose } from './linger.ts';

const refusesBody = new Set([408, 413]);

/** An answer of the HTTP API itself: `{"message":"Not Found"}`. Headers that were set stay. */
export function answerMessage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const closes = refusesBody.has(status) && !request.complete;
  if (closes) lingerBeforeClose(request);
  const body = JSON.stringify({ message });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(closes && { connection: 'close' }),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  // A client that is still sending reads the answer once it has sent the rest.
  request.resume();
}
