import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A wire to an HTTP server that wants to be called by its own name; a test can cut it, and lose answers. */
export interface HttpRelay {
  readonly url: string;
  /** Ends every connection, and answers nothing until `mend`. */
  cut(): void;
  mend(): void;
  /** The next request whose body matches is passed on, and the connection ends before its answer. */
  loseAnswer(to: RegExp): void;
  close(): Promise<void>;
}

export async function httpRelay(target: string): Promise<HttpRelay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isCut = false;
  let lost: RegExp | undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const loses = lost?.test(body.toString()) ?? false;
      if (loses) lost = undefined;
      const { method, url, headers } = request;
      const passed = httpRequest(
        { hostname, port, method, path: url, headers: { ...headers, host: `${hostname}:${port}` }, agent: false },
        (answer) => {
          if (loses) {
            answer.resume();
            answer.on('end', () => request.socket.destroy());
            return;
          }
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      passed.on('error', () => request.socket.destroy());
      passed.end(body);
    });
  });
  server.on('connection', (socket) => {
    if (isCut) return void socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const destroyAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      destroyAll();
    },
    mend: () => void (isCut = false),
    loseAnswer: (to) => void (lost = to),
    close: async () => {
      destroyAll();
      server.close();
      await once(server, 'close');
    },
  };
}
