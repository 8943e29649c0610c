import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';

/**
 * Refuses a request that was not addressed to this machine by name: a web page whose domain resolves to 127.0.0.1
 * (DNS rebinding) sends its own name as `Host`.
 *
 * @returns whether the request may go on; otherwise it has been answered with 403
 */
export function checkHost(request: IncomingMessage, response: ServerResponse, allowed: readonly string[]): boolean {
  if (allowed.includes(request.headers.host?.toLowerCase() ?? '')) return true;
  request.resume();
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`This server only answers requests for http://${allowed[0]}.\n`);
  return false;
}

/**
 * Listens on 127.0.0.1 at the first free port of `preferred` … `preferred + tries - 1`.
 * A port that something else holds on ::1 counts as taken: `localhost` would lead some clients there.
 *
 * @returns the port
 * @throws Error when every port is taken
 */
export async function listenOnLoopback(server: NetServer, preferred: number, tries = 100): Promise<number> {
  for (let port = preferred; port < preferred + tries; port++) {
    if ((await isFreeOnIpv6(port)) && (await listen(server, port))) return (server.address() as AddressInfo).port;
  }
  throw new Error(`No free port between ${preferred} and ${preferred + tries - 1} on 127.0.0.1.`);
}

/** Stops at once: kept-alive connections of browsers and SDK clients do not hold it up. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

function listen(server: NetServer, port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off('listening', succeeded);
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    const succeeded = () => {
      server.off('error', failed);
      resolve(true);
    };
    server.once('error', failed);
    server.once('listening', succeeded);
    server.listen(port, host);
  });
}

async function isFreeOnIpv6(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    if (!(await listen(probe, port, '::1'))) return false;
    await closeServer(probe);
    return true;
  } catch {
    return true; // no IPv6 on this machine
  }
}
