import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { templateFolder } from './compose-file.ts';

export interface PageServer {
  readonly url: string;
  /** How many questions the page has asked. */
  readonly asked: number;
  /** What answers `/api/`. */
  backend: RequestListener;
  close(): Promise<void>;
}

export const container = { hostname: 'ip-10-0-1-23', ip: '10.0.1.23', status: 'active' };

/** An active backend. */
export const active: RequestListener = (_request, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(container));
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The page's files under nginx's content security policy, before a backend that a test makes up. */
export async function startPageServer(): Promise<PageServer> {
  const folder = join(templateFolder, 'frontend/public');
  const policy = /Content-Security-Policy "([^"]+)"/.exec(
    readFileSync(join(templateFolder, 'frontend/nginx.conf'), 'utf8'),
  )?.[1];
  if (policy === undefined) throw new Error('nginx.conf has no Content-Security-Policy');
  let asked = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('content-security-policy', policy).setHeader('cache-control', 'no-store');
    if (pathname === '/api/') {
      asked++;
      return page.backend(request, response);
    }
    const file = join(folder, pathname === '/' ? 'index.html' : pathname);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page: PageServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return asked;
    },
    backend: active,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return page;
}
