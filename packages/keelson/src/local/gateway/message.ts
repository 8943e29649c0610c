import type { IncomingMessage, ServerResponse } from 'node:http';

/** Milliseconds that a client has to read why its body was refused, while it sends the rest. */
const linger = 2_000;
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

/** Closed with bytes unread, TCP would take the answer back. */
function lingerBeforeClose({ socket }: IncomingMessage): void {
  // What Node calls when an answer with `Connection: close` is written.
  socket.destroySoon = () => {
    socket.end();
    const late = setTimeout(() => socket.destroy(), linger).unref();
    socket.once('close', () => clearTimeout(late));
  };
}
