import { Agent, type ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

type Done = (error?: Error | null) => void;

/** Connections to services, used again, that give an answer even when it comes before the body was taken. */
export class ServiceAgent extends Agent {
  constructor() {
    super({ keepAlive: true });
  }

  override createConnection(options: ClientRequestArgs, done?: (error: Error | null, stream: Duplex) => void) {
    const socket = super.createConnection(options, done) as Socket | undefined;
    if (!socket) return socket;
    readOnWhenRefused(socket);
    // Between two requests Node leaves a connection without a listener for a moment: an error then would end this process.
    socket.on('error', () => {});
    return socket;
  }
}

/**
 * A service that refuses a body (413) answers and closes while we still write. The failed write must not end the
 * connection: what was answered may wait to be read. The peer is gone, so reading ends by itself.
 */
function readOnWhenRefused(socket: Socket): void {
  const unlessGone = (done: Done): Done => {
    return (error) => (isGone(error) ? undefined : done(error));
  };
  const write = socket._write.bind(socket);
  socket._write = (chunk, encoding, done) => write(chunk, encoding, unlessGone(done));
  const writev = socket._writev?.bind(socket);
  if (writev) socket._writev = (chunks, done) => writev(chunks, unlessGone(done));
}

function isGone(error: NodeJS.ErrnoException | null | undefined): boolean {
  return error?.code === 'EPIPE' || error?.code === 'ECONNRESET';
}
