import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and the server, and does to connections what networks do. */
export interface Proxy {
  /** The connection string that leads through it. */
  readonly url: string;
  /** Connections that it took so far. */
  readonly taken: number;
  /** Resets every connection, before anybody can have noticed. */
  cut(): void;
  close(): Promise<void>;
}

/** @param delay milliseconds that a new connection waits, as at a database that wakes up; `Infinity` for ever */
export async function startProxy(url: string, delay = 0): Promise<Proxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let taken = 0;
  const server = createServer((client) => {
    taken++;
    const track = (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    };
    track(client);
    if (delay === Infinity) return;
    setTimeout(() => {
      const upstream = connect(Number(target.port), target.hostname);
      track(upstream);
      client.pipe(upstream).pipe(client);
    }, delay);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const through = new URL(url);
  through.port = String(typeof address === 'object' ? address?.port : '');
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    url: through.href,
    get taken() {
      return taken;
    },
    cut,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
