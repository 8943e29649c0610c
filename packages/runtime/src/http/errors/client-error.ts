import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { type Fault, fault } from './fault.ts';
import { problemDocument, problemType } from './problem.ts';

/**
 * Answers what Node's parser refused before there was a request: broken or oversized headers, and requests that arrive
 * too slowly (408).
 */
export function clientErrorHandler(headers: () => Readonly<Record<string, string>>) {
  return (error: ConnectionError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    if (socket.writable && !hasAnswered(socket)) socket.write(rawAnswer(faultOfClient(error.code), headers()));
    socket.destroySoon();
  };
}

function faultOfClient(code: string): Fault {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return fault('REQUEST_TIMEOUT');
  if (code === 'HPE_HEADER_OVERFLOW') return { ...fault('INVALID_REQUEST'), status: 431 };
  return fault('INVALID_REQUEST');
}

/** A second status line would garble an answer that is under way. */
function hasAnswered(socket: Socket): boolean {
  const response: unknown = Reflect.get(socket, '_httpMessage');
  return typeof response === 'object' && response !== null && Reflect.get(response, 'headersSent') === true;
}

function rawAnswer(answer: Fault, headers: Readonly<Record<string, string>>): string {
  const body = problemDocument(answer);
  const lines = Object.entries({
    ...headers,
    'content-type': problemType,
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
}
