import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire to a database on which a service's words arrive, and the answer to a COMMIT never does. */
export interface DeafWire {
  readonly port: number;
  /** From the next COMMIT on, no answer on that connection passes. */
  deafen(): void;
  close(): Promise<void>;
}

export async function deafWire(target: { readonly host: string; readonly port: number }): Promise<DeafWire> {
  let armed = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target);
    let deaf = false;
    near.on('data', (data) => {
      if (armed && /\bcommit\b/i.test(data.toString('latin1'))) deaf = true;
      far.write(data);
    });
    far.on('data', (data) => void (deaf || near.write(data)));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    deafen: () => void (armed = true),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
