import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Milliseconds that a client has to read why it was refused: closing at once, with bytes unread, takes the answer back. */
const linger = 1000;

/** Answers what is no HTTP request, or none that may come in; closes the connection when an answer has begun already. */
export function refuse(error: Error, socket: Duplex, response: ServerResponse | undefined): void {
  if (socket.writableEnded) return;
  const begun = response?.headersSent && !response.writableFinished;
  if (!socket.writable || begun) return void socket.destroy();
  const { status, text } = reasonOf(error as NodeJS.ErrnoException);
  const body = `${text}\n`;
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  socket.resume();
  setTimeout(() => socket.destroy(), linger).unref();
}

function reasonOf({ code, message }: NodeJS.ErrnoException): { readonly status: string; readonly text: string } {
  if (code === 'HPE_HEADER_OVERFLOW') return { status: '431 Request Header Fields Too Large', text: tooLarge };
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: '408 Request Timeout', text: 'The headers of the request did not arrive in time.' };
  }
  return { status: '400 Bad Request', text: `This is not an HTTP request: ${message.replace(/^Parse Error: /, '')}.` };
}

const tooLarge =
  'The headers are too large. Every program on localhost gets the cookies of all the others: remove those of localhost.';
