import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer of the HTTP API itself: `{"message":"Not Found"}`. Headers that were set stay. */
export function answerMessage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const body = JSON.stringify({ message });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  // A client that is still sending reads the answer once it has sent the rest.
  request.resume();
}
