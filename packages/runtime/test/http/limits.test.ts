import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '@keelson/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSocket, readAll } from './fixtures/raw.ts';
import { buildSample, productionEnv, sampleService } from './fixtures/services.ts';

describe('limits', () => {
  let app: App;
  let port: number;
  const lines: string[] = [];
  beforeAll(async () => {
    const logger = { write: (line: string) => void lines.push(line) };
    app = await sampleService({ requestTimeout: 1_500 }).build(productionEnv(), { logger });
    await app.listen({ port: 0, host: '127.0.0.1' });
    port = (app.server.address() as AddressInfo).port;
  });
  afterAll(() => app.close());

  it('fault 3: keeps connections longer than a load balancer does', () => {
    expect(app.server.keepAliveTimeout).toBeGreaterThan(60_000);
  });

  it.each([
    ['headers', 'GET /hello HTTP/1.1\r\nhost: a\r\nx-slow'],
    [
      'body',
      'POST /anything HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":',
    ],
  ])('fault 4: slow %s get 408 within seconds, with security headers', async (_what, text) => {
    const started = Date.now();
    const socket = await openSocket(port);
    socket.write(text);
    const answer = await readAll(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"REQUEST_TIMEOUT"');
    expect(answer).toMatch(/content-security-policy: .*object-src 'none'/);
    expect(answer).toMatch(/strict-transport-security: /);
    expect(Date.now() - started).toBeLessThan(8_000);
  });

  it('answers what is no HTTP with 400 and security headers', async () => {
    const socket = await openSocket(port);
    socket.write('NONSENSE\r\n\r\n');
    const answer = await readAll(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*x-content-type-options: nosniff/);
  });

  it('fault 10: a late event loop gives fast 503s, health stays up, and it recovers', async () => {
    const url = `http://127.0.0.1:${port}`;
    const blocking = fetch(`${url}/block`);
    await delay(100);
    const [busy, health] = await Promise.all([fetch(`${url}/hello`), fetch(`${url}/health`)]);
    expect([busy.status, health.status]).toEqual([503, 200]);
    expect(busy.headers.get('retry-after')).toBe('2');
    expect(await busy.json()).toMatchObject({ code: 'OVERLOADED' });
    expect((await blocking).status).toBe(200);
    await expect.poll(async () => (await fetch(`${url}/hello`)).status, { timeout: 10_000 }).toBe(200);
  });
});

describe('body limits', () => {
  it('refuses a body over the limit with 413', async () => {
    const app = await buildSample({ bodyLimit: 1_000 });
    const payload = { text: 'x'.repeat(2_000) };
    const answer = await app.inject({ method: 'POST', url: '/anything', payload });
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await app.close();
  });
});
