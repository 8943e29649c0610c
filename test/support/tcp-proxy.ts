import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

/** A wire between a service and a server, which a test can cut, hold and mend. */
export interface TcpProxy {
  readonly port: number;
  /** Ends every connection, and refuses new ones. */
  cut(): void;
  /** Lets nothing through, while connections stay. */
  hold(): void;
  /** As at the beginning. */
  mend(): void;
  close(): Promise<void>;
}

export async function tcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  let state: 'open' | 'held' | 'cut' = 'open';
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect(target);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data) => void to.write(data));
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
      if (state === 'held') from.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = () => [...pairs].flat();
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut';
      for (const socket of sockets()) socket.destroy();
    },
    hold: () => {
      state = 'held';
      for (const socket of sockets()) socket.pause();
    },
    mend: () => {
      state = 'open';
      for (const socket of sockets()) socket.resume();
    },
    close: async () => {
      for (const socket of sockets()) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
