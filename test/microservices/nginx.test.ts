import { connect } from 'node:net';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/http.ts';
import { filesIn, hasNginx, type Nginx, noNginx, startNginx } from './nginx.ts';

if (!hasNginx) console.log(noNginx);

let nginx: Nginx;

describe.runIf(hasNginx)('the configuration of the frontend, run by nginx', () => {
  beforeAll(async () => {
    nginx = await startNginx();
    chmodSync(nginx.html, 0o755);
    for (const folder of ['assets', 'about', '.git', '.well-known']) mkdirSync(join(nginx.html, folder));
    writeFileSync(join(nginx.html, 'assets/app-3f2a9c1b.js'), 'export {};\n'.repeat(100));
    writeFileSync(join(nginx.html, 'about/index.html'), '<p>About</p>');
    writeFileSync(join(nginx.html, '.git/config'), 'secret');
    writeFileSync(join(nginx.html, '.env'), 'secret');
    writeFileSync(join(nginx.html, '.well-known/security.txt'), 'Contact: mailto:security@example.com');
    chmodSync(nginx.html, 0o555);
  });
  afterAll(() => nginx?.stop());

  const get = (path: string, headers: Record<string, string> = {}) => call(`${nginx.url}/`, { rawPath: path, headers });

  test('it serves the page, its parts with their types, and a page of its own for what is not there', async () => {
    const types = {
      '/': 'text/html; charset=utf-8',
      '/style.css': 'text/css; charset=utf-8',
      '/main.js': 'text/javascript; charset=utf-8',
      '/icon.svg': 'image/svg+xml; charset=utf-8',
      '/about': 'text/html; charset=utf-8',
      '/about/': 'text/html; charset=utf-8',
      '/.well-known/security.txt': 'text/plain; charset=utf-8',
    };
    for (const [path, type] of Object.entries(types)) {
      const { status, headers } = await get(path);
      expect([path, status, headers['content-type']]).toEqual([path, 200, type]);
    }
    for (const path of ['/nothing', '/assets/', '/assets', '/404.html', '/about/nothing.js']) {
      const { status, body } = await get(path);
      expect([path, status], path).toEqual([path, 404]);
      expect(body).toContain('<h1>Not found</h1>');
    }
  });

  test('GET /health is 200 ok', async () => {
    const { status, headers, body } = await get('/health');
    expect([status, headers['content-type'], body]).toEqual([200, 'text/plain; charset=utf-8', 'ok']);
  });

  test('security 47: security headers on every answer, errors of every kind included', async () => {
    const answers = [
      await get('/'),
      await get('/health'),
      await get('/nothing'),
      await get('/../etc/passwd'),
      await get('/about', { 'if-none-match': String((await get('/about')).headers.etag) }),
      await call(nginx.url, { method: 'POST', body: 'x' }),
      await call(nginx.url, { method: 'DELETE' }),
      await get(`/?${'x'.repeat(20_000)}`),
      await get('/', { 'x-large': 'x'.repeat(20_000) }),
      await get('/style.css', { range: 'bytes=9999999-' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 400, 304, 405, 405, 414, 400, 416]);
    for (const { status, headers } of answers) {
      const policy = headers['content-security-policy'];
      for (const part of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
        expect(policy, String(status)).toContain(part);
      }
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      // nginx repeats all of them on a 416.
      const once = (value: string) => (status === 416 ? `${value}, ${value}` : value);
      expect(headers).toMatchObject({
        'x-content-type-options': once('nosniff'),
        'referrer-policy': once('strict-origin-when-cross-origin'),
        'cross-origin-opener-policy': once('same-origin'),
        server: 'nginx',
      });
      expect(headers).not.toHaveProperty('strict-transport-security');
    }
    const { headers } = await get('/nothing', { 'x-forwarded-proto': 'https' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });

  test('what begins with a dot is not there, and no path leads out of the folder', async () => {
    for (const path of ['/.env', '/.git/config', '/%2eenv', '/about/../.env', '//.env', '/.well-known/../.env']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
    for (const path of ['/../nginx.conf', '/%2e%2e/nginx.conf', '/about/..%2f..%2fnginx.conf', '/a%00b']) {
      const { status, body } = await get(path);
      expect([400, 404], path).toContain(status);
      expect(body).not.toContain('worker_processes');
    }
  });

  test('security 48: no answer repeats the Host or the port of the container', async () => {
    for (const path of ['/', '/about', '/nothing', '//evil.example', '/assets']) {
      const { headers, body } = await get(path, { host: 'evil.example', 'x-forwarded-host': 'evil.example' });
      expect(JSON.stringify(headers) + body).not.toContain('evil');
      expect(headers).not.toHaveProperty('location');
    }
  });

  test('the page is asked for anew and costs a 304; files under /assets/ are kept, errors never', async () => {
    const keeps = async (path: string) => (await get(path)).headers['cache-control'];
    for (const path of ['/', '/main.js', '/style.css', '/health', '/nothing', '/assets/nothing.js']) {
      expect([path, await keeps(path)]).toEqual([path, 'no-cache']);
    }
    expect(await keeps('/assets/app-3f2a9c1b.js')).toBe('public, max-age=31536000, immutable');
    const { etag = '' } = (await get('/main.js')).headers;
    expect((await get('/main.js', { 'if-none-match': etag })).status).toBe(304);
  });

  test('text is compressed for those who take it', async () => {
    const { headers } = await get('/style.css', { 'accept-encoding': 'gzip', via: '2 proxy' });
    expect([headers['content-encoding'], headers['vary']]).toEqual(['gzip', 'Accept-Encoding']);
    expect((await get('/style.css')).headers).not.toHaveProperty('content-encoding');
  });

  test('it writes a line of JSON per request, without the query, and files nowhere', async () => {
    const before = nginx.requests().length;
    await get('/about?token=secret', { 'x-forwarded-for': '203.0.113.9", "status":"' });
    await get('/health');
    await get('/"quoted\\');
    const lines = nginx.requests().slice(before);
    expect(lines).toMatchObject([
      { level: 'info', msg: 'request', method: 'GET', path: '/about', status: 200, client: '127.0.0.1' },
      { path: '/"quoted\\', status: 404 },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
    expect(filesIn(nginx.temporary)).toEqual(['nginx.pid']);
    expect(nginx.errors()).not.toMatch(/emerg|alert|Permission denied/);
  });

  test('fault 4: headers that never end are not waited for', async () => {
    const { hostname, port } = new URL(nginx.url);
    const socket = connect(Number(port), hostname);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    const begun = performance.now();
    socket.resume();
    await once(socket, 'close');
    expect(performance.now() - begun).toBeLessThan(30_000);
  });
});
