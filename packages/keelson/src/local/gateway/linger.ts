import type { IncomingMessage } from 'node:http';

/** Milliseconds that a client has to read why its body was refused, while it sends the rest. */
const linger = 2_000;

/** Closed with bytes unread, TCP would take the answer back. */
export function lingerBeforeClose({ socket }: IncomingMessage): void {
  // What Node calls when an answer with `Connection: close` is written.
  socket.destroySoon = () => {
    socket.end();
    const late = setTimeout(() => socket.destroy(), linger).unref();
    socket.once('close', () => clearTimeout(late));
  };
}
