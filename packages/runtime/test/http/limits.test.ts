import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '@keelson/runtime';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
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
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('answers what is no HTTP with 400 and security headers', async () => {
    const socket = await openSocket(port);
    socket.write('NONSENSE\r\n\r\n');
    const answer = await readAll(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*x-content-type-options: nosniff/);
  });

  const get = '/hello HTTP/1.1\r\n';
  it.each([
    ['no Host', 400, `GET ${get}`],
    ['two Hosts', 400, `GET ${get}host: a\r\nHost: b\r\n`],
    ['two Hosts that agree', 400, `GET ${get}host: a\r\nhost: a\r\n`],
    ['no Host on a path that is not there', 400, 'GET /nothing HTTP/1.1\r\n'],
    ['an expectation', 417, `GET ${get}host: a\r\nexpect: a-miracle\r\n`],
    ['an expectation and a body', 417, 'POST /anything HTTP/1.1\r\nhost: a\r\nexpect: x\r\ncontent-length: 2\r\n'],
  ])(
    'security 47: a request with %s is answered %i, with security headers and a line in the log',
    async (_w, status, head) => {
      const socket = await openSocket(port);
      socket.write(`${head}connection: close\r\n\r\n${head.includes('length') ? '{}' : ''}`);
      const answer = await readAll(socket);
      expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(answer).toContain('"code":"INVALID_REQUEST"');
      expect(answer).toMatch(/content-security-policy: .*object-src 'none'/);
      expect(answer).toMatch(/strict-transport-security: /);
      const id = /x-request-id: (\S+)/.exec(answer)?.[1] ?? 'no id';
      const logged = () => lines.filter((line) => line.includes(id)).join();
      await expect.poll(logged, { timeout: 30_000 }).toContain(`"status":${status}`);
    },
  );

  it('HTTP/1.0 needs no Host, and 100-continue is no surprise', async () => {
    const old = await openSocket(port);
    old.write('GET /hello HTTP/1.0\r\n\r\n');
    expect(await readAll(old)).toMatch(/^HTTP\/1\.1 200 /);
    const careful = await openSocket(port);
    const head = 'host: a\r\nexpect: 100-continue\r\ncontent-type: application/json\r\ncontent-length: 2';
    careful.write(`POST /anything HTTP/1.1\r\nconnection: close\r\n${head}\r\n\r\n{}`);
    expect(await readAll(careful)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });

  it('fault 10: a late event loop gives fast 503s, health stays up, and it recovers', async () => {
    const url = `http://127.0.0.1:${port}`;
    const [busy, health] = await whileLate(url);
    expect([busy.status, health.status]).toEqual([503, 200]);
    expect(busy.headers.get('retry-after')).toBe('2');
    expect(await busy.json()).toMatchObject({ code: 'OVERLOADED' });
    const refusals = lines.filter((line) => line.includes('OVERLOADED'));
    expect(refusals.map((line) => (JSON.parse(line) as { level: string }).level)).toContain('warn');
    // Where it was made says nothing, and there may be thousands.
    expect(refusals.join('')).not.toMatch(/"level":"error"|stack/);
    await expect.poll(async () => (await fetch(`${url}/hello`)).status, { timeout: 10_000 }).toBe(200);
  });
});

test('a start that keeps the loop busy is no overload: the first request is served', async () => {
  const app = await buildSample();
  const end = Date.now() + 1_600;
  while (Date.now() < end);
  await delay(1);
  expect((await app.inject('/hello')).statusCode).toBe(200);
  await app.close();
});

/** Answers of `/hello` and `/health` right after the loop was blocked; again where the machine took longer than it counts as late. */
async function whileLate(url: string, attempts = 5): Promise<[Response, Response]> {
  const blocking = fetch(`${url}/block`);
  await delay(100);
  const answers = await Promise.all([fetch(`${url}/hello`), fetch(`${url}/health`)]);
  expect((await blocking).status).toBe(200);
  return answers[0].status === 200 && attempts > 1 ? whileLate(url, attempts - 1) : answers;
}

describe('body limits', () => {
  it('refuses a body over the limit with 413', async () => {
    const app = await buildSample({ bodyLimit: 1_000 });
    const payload = { text: 'x'.repeat(2_000) };
    const answer = await app.inject({ method: 'POST', url: '/anything', payload });
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await app.close();
  });

  describe('of a service that listens', () => {
    let app: App;
    let port: number;
    beforeAll(async () => {
      app = await sampleService({ bodyLimit: 1_000, requestTimeout: 5_000 }).build(productionEnv(), {
        logger: { write: () => {} },
      });
      await app.listen({ port: 0, host: '127.0.0.1' });
      port = (app.server.address() as AddressInfo).port;
    });
    afterAll(() => app.close());

    const head = 'POST /anything HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n';
    const fiveMegabytes = 'x'.repeat(5_000_000);

    /** Writes all of it, and looks at what came back only then. */
    async function writeThenRead(text: string): Promise<{ answer: string; error: unknown }> {
      const socket = await openSocket(port);
      socket.pause();
      const error = await new Promise((resolve) => socket.on('error', resolve).write(text, resolve));
      socket.resume();
      return { answer: await readAll(socket), error };
    }

    it.each([
      ['Content-Length', `${head}content-length: 5000000\r\n\r\n${fiveMegabytes}`],
      ['chunks', `${head}transfer-encoding: chunked\r\n\r\n4c4b40\r\n${fiveMegabytes}\r\n0\r\n\r\n`],
    ])('a client that writes 5 MB by %s and then reads gets 413', async (_how, text) => {
      const { answer, error } = await writeThenRead(text);
      expect(error).toBeFalsy();
      expect(answer).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*"code":"PAYLOAD_TOO_LARGE"/i);
    });

    it('fetch gets 413, many times at once', async () => {
      const send = () =>
        fetch(`http://127.0.0.1:${port}/anything`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: fiveMegabytes,
        });
      const answers = await Promise.all(Array.from({ length: 10 }, send));
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 413));
      for (const answer of answers) expect(await answer.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    });

    it('a client that sends no more, or without end, is answered at once and let go', async () => {
      const idle = await openSocket(port);
      idle.write(`${head}content-length: 5000000\r\n\r\n`);
      const endless = await openSocket(port);
      endless.write(`${head}content-length: 5000000000\r\n\r\n`);
      const [first, second] = [readAll(idle), readAll(endless)];
      const write = () => {
        while (!endless.destroyed && endless.write(fiveMegabytes)) {}
      };
      endless.on('drain', write);
      write();
      expect(await first).toMatch(/^HTTP\/1\.1 413 /);
      expect(await second).toMatch(/^(HTTP\/1\.1 413 |$)/);
      expect(endless.bytesWritten).toBeLessThan(100_000_000);
    });
  });
});
