import type { IncomingMessage } from 'node:http';

/** Bytes, and milliseconds. */
const most = 10 * 1024 * 1024;
const longest = 2_000;

/**
 * Before the connection closes, reads on what the client is still sending, within limits. Closed with bytes unread, TCP takes
 * the answer back: clients that write their whole request first would see a broken pipe instead of it.
 */
export function drainBeforeClose(request: IncomingMessage): void {
  const { socket } = request;
  // What Node calls when an answer with `Connection: close` is written.
  socket.destroySoon = () => {
    const until = socket.bytesRead + most;
    const end = () => {
      clearTimeout(late);
      socket.destroy();
    };
    const late = setTimeout(end, longest).unref();
    socket.once('close', () => clearTimeout(late));
    if (request.complete) return void socket.end(end);
    socket.end();
    request.once('end', end).once('error', end);
    request.on('data', () => socket.bytesRead > until && end());
    request.resume();
  };
}
