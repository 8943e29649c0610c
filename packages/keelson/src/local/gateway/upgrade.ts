import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { hasBody } from './headers.ts';

/** A handshake (RFC 6455, 4.1). */
export function isWebSocket(request: IncomingMessage): boolean {
  const protocols = (request.headers.upgrade ?? '').toLowerCase().split(',');
  return request.method === 'GET' && protocols.some((each) => each.trim() === 'websocket') && !hasBody(request);
}

/**
 * Whoever is offered another protocol may go on with this one (RFC 9110, 7.8), and so do we: curl and the HTTP client of Java
 * offer `h2c` with requests of every kind. Node has stopped reading there, with the body unread, so that the request is put
 * back without its offer.
 */
export function takeAsRequest(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = rawHeaders.flatMap((name, index) => {
    const isName = index % 2 === 0 && name.toLowerCase() !== 'upgrade';
    return isName ? [`${name}: ${rawHeaders[index + 1]}`] : [];
  });
  const text = `${method} ${url} HTTP/${httpVersion}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
  socket.unshift(Buffer.concat([Buffer.from(text, 'latin1'), head]));
  server.emit('connection', socket);
}
