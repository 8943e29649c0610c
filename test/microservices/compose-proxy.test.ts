import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/http.ts';
import { freePort } from '../support/free-port.ts';
import { startBackend } from './backend.ts';
import { templateFolder } from './compose-file.ts';
import { type NameServer, startNameServer } from './name-server.ts';
import { hasNginx, type Nginx, noNginx, startNginx } from './nginx.ts';

if (!hasNginx) console.log(noNginx);

let names: NameServer;
let nginx: Nginx;
let backendPort: number;

/** As docker-compose.yml mounts it, with this test's name server, and a port that is free. */
function proxyFile(): string {
  return readFileSync(join(templateFolder, 'frontend/compose/api.conf'), 'utf8')
    .replace('resolver 127.0.0.11 valid=5s', `resolver 127.0.0.1:${names.port} valid=1s`)
    .replace('http://backend:8080', `http://backend:${backendPort}`);
}

const get = (path: string, headers: Record<string, string> = {}) => call(`${nginx.url}/`, { rawPath: path, headers });

/** nginx notices by itself, after the seconds that it keeps an address. */
async function until(path: string, wanted: (status: number) => boolean): Promise<number> {
  for (;;) {
    const { status } = await get(path);
    if (wanted(status)) return status;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const up = (status: number) => status === 200;
const down = (status: number) => status === 502;

// Other systems have no 127.0.0.2 of their own.
describe.runIf(hasNginx && process.platform === 'linux')(
  'the way to the backend in docker compose, run by nginx',
  () => {
    beforeAll(async () => {
      names = await startNameServer();
      backendPort = await freePort();
      nginx = await startNginx({ 'api.conf': proxyFile() });
    });
    afterAll(async () => {
      await nginx?.stop();
      await names?.close();
    });

    test('without a backend nginx starts, and /api/ alone is 502', async () => {
      for (const path of ['/api/', '/api', '/api/health', '/api/.env']) {
        const { status, headers, body } = await get(path);
        expect([path, status, headers['content-type']]).toEqual([path, 502, 'application/problem+json']);
        expect(JSON.parse(body)).toMatchObject({ status: 502, code: 'BACKEND_UNAVAILABLE' });
        expect(headers['content-security-policy']).toContain("default-src 'none'");
      }
      for (const path of ['/', '/health', '/style.css']) expect([path, (await get(path)).status]).toEqual([path, 200]);
      expect((await get('/apis')).status).toBe(404);
    });

    test('a backend that comes is found, and so is the next one, at another address', async () => {
      for (const address of ['127.0.0.2', '127.0.0.3']) {
        const backend = await startBackend(address, backendPort);
        names.address = address;
        await until('/api/', up);
        const answer = await get('/api/');
        expect(answer.json()).toMatchObject({ status: 'active' });
        expect((await get('/api/health')).json()).toEqual({ status: 'ok' });
        // The backend's own, each once.
        expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
        expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
        expect(answer.headers).toHaveProperty('x-request-id');
        expect((await get('/api/nothing')).headers['content-type']).toContain('application/problem+json');
        await backend.stop();
        await until('/api/', down);
      }
    });

    test('security 48: the backend hears of the client what nginx knows, not what the client says', async () => {
      const seen: IncomingMessage[] = [];
      const server = await listenAt('127.0.0.4', (request) => seen.push(request));
      names.address = '127.0.0.4';
      await until('/api/', up);
      await get('/api/a%2Fb/../c?x=1&y=%20', {
        host: 'app.example.com',
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'evil.example',
        forwarded: 'for=203.0.113.9',
        'content-type': 'application/json',
      });
      const { url, headers } = seen.at(-1) ?? {};
      expect(url).toBe('/api/a%2Fb/../c?x=1&y=%20');
      expect(headers).toMatchObject({
        host: 'app.example.com',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'content-type': 'application/json',
      });
      for (const name of ['x-forwarded-host', 'forwarded']) expect(headers).not.toHaveProperty(name);
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });

    test('a backend that takes connections and says nothing does not hold the page up', async () => {
      const silent = createTcpServer().listen(backendPort, '127.0.0.5');
      await once(silent, 'listening');
      const connected = once(silent, 'connection') as Promise<[Socket]>;
      names.address = '127.0.0.5';
      const waiting = until('/api/', (status) => !down(status));
      const [socket] = await connected;
      for (const path of ['/', '/health']) expect((await get(path)).status).toBe(200);
      socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
      expect(await waiting).toBe(204);
      silent.close();
    });
  },
);

async function listenAt(address: string, heard: (request: IncomingMessage) => void): Promise<Server> {
  const server = createServer((request, response) => {
    heard(request);
    response.end('{}');
  });
  server.listen(backendPort, address);
  await once(server, 'listening');
  return server;
}
