import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire whose connections die while nobody looks, as those of a frozen environment do; new ones work. */
export interface MortalWire {
  readonly port: number;
  /** Connections that were opened so far. */
  readonly opened: number;
  /** The far end has forgotten the connections that are open now: what is sent on them is lost, and nobody says so. */
  forget(): void;
  /** The far end resets them. */
  reset(): void;
  close(): Promise<void>;
}

export async function mortalWire(target: { readonly host: string; readonly port: number }): Promise<MortalWire> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let opened = 0;
  const server = createServer((near) => {
    opened++;
    const far = connect(target);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near]] as const) {
      from.on('data', (data) => void to.write(data));
      from.on('error', () => {});
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = () => [...pairs].flat();
  return {
    port: (server.address() as AddressInfo).port,
    get opened() {
      return opened;
    },
    forget: () => {
      for (const socket of sockets()) socket.removeAllListeners('data').on('data', () => {});
    },
    reset: () => {
      for (const [near] of pairs) near.resetAndDestroy();
    },
    close: async () => {
      for (const socket of sockets()) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
