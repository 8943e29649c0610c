import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Whether a request comes from a page of the console itself. `Host` was checked, so it names this console. Browsers send
 * `Origin` with every POST, and `Sec-Fetch-Site` with every request; what sends neither is no browser, and is refused too.
 */
export function fromOwnPage({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (headers.origin !== undefined) return headers.origin === `http://${headers.host?.toLowerCase()}`;
  return site === 'same-origin';
}

export function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${reason}\n`);
}
