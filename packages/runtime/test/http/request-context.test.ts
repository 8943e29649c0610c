import type { App } from '@keelson/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSocket, readAll } from './fixtures/raw.ts';
import { buildSample, productionEnv, sampleService } from './fixtures/services.ts';

const onLambda = { TRUSTED_PROXIES: '127.0.0.1/32', CLIENT_ADDRESS_HEADER: 'x-amzn-request-context' };
const adapter = '127.0.0.1';

let app: App;
beforeAll(async () => {
  app = await buildSample({}, productionEnv(onLambda));
});
afterAll(() => app.close());

/** As API Gateway makes it and the adapter writes it down. */
function contextOf(sourceIp: unknown, more: object = {}): string {
  const http = { method: 'GET', path: '/client', protocol: 'HTTP/1.1', sourceIp, userAgent: 'curl/8.5.0' };
  return JSON.stringify({ routeKey: '$default', stage: '$default', apiId: 'a1b2c3d4e5', timeEpoch: 1, http, ...more });
}

async function clientOf(context: string, remoteAddress = adapter, headers: Record<string, string> = {}) {
  const answer = await app.inject({
    url: '/client',
    remoteAddress,
    headers: { 'x-amzn-request-context': context, ...headers },
  });
  expect(answer.statusCode).toBe(200);
  return (answer.json() as { ip: string }).ip;
}

describe('client address on Lambda (request context of API Gateway)', () => {
  it.each([
    ['IPv4', contextOf('198.51.100.7'), '198.51.100.7'],
    ['IPv6', contextOf('2001:db8::17'), '2001:db8::17'],
    [
      'white space',
      JSON.stringify({ http: { sourceIp: '198.51.100.7' } }, undefined, 1).replaceAll('\n', ' '),
      '198.51.100.7',
    ],
    [
      'a user agent that looks like more',
      contextOf('198.51.100.7', { userAgent: '"}, {"http":{"sourceIp":"6.6.6.6"}' }),
      '198.51.100.7',
    ],
    ['other alphabets', contextOf('198.51.100.7', { path: '/\u00e4\u00f6\u00fc' }), '198.51.100.7'],
  ])('%s', async (_what, header, address) => {
    expect(await clientOf(header)).toBe(address);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'sourceIp=6.6.6.6'],
    ['a cut document', contextOf('198.51.100.7').slice(0, -1)],
    ['a string', '"198.51.100.7"'],
    ['null', 'null'],
    ['a list', `[${contextOf('198.51.100.7')}]`],
    ['no http', '{}'],
    ['http as a string', '{"http":"198.51.100.7"}'],
    ['http as a list', '{"http":["198.51.100.7"]}'],
    ['no sourceIp', '{"http":{}}'],
    ['a number', contextOf(3_325_256_711)],
    ['a list of addresses', contextOf(['198.51.100.7'])],
    ['an object', contextOf({ toString: '198.51.100.7' })],
    ['a name', contextOf('localhost')],
    ['several', contextOf('198.51.100.7, 6.6.6.6')],
    ['a port', contextOf('198.51.100.7:4711')],
    ['a block', contextOf('198.51.100.0/24')],
    ['a zone', contextOf('fe80::1%eth0')],
    ['a line break', contextOf('198.51.100.7\r\nx: y')],
    ['octal', contextOf('0198.051.100.007')],
    ['the prototype of objects', '{"__proto__":{"http":{"sourceIp":"6.6.6.6"}}}'],
    ['the other form of API Gateway', '{"identity":{"sourceIp":"198.51.100.7"}}'],
    ['60 KB of brackets', '['.repeat(60_000)],
    ['60 KB of text', contextOf('1'.repeat(60_000))],
    ['bytes above 127', '\u00ff'.repeat(200)],
  ])('%s → the peer', async (_what, header) => {
    expect(await clientOf(header)).toBe(adapter);
  });
});

describe('security 48: spoofed request context', () => {
  it('nobody but the adapter is believed', async () => {
    for (const peer of ['127.0.0.2', '10.0.0.9', '198.51.100.9', '::1', '2001:db8::1']) {
      expect(await clientOf(contextOf('6.6.6.6'), peer)).toBe(peer);
    }
    expect(await clientOf(contextOf('198.51.100.7'), '::ffff:127.0.0.1')).toBe('198.51.100.7');
  });

  it('X-Forwarded-*, Forwarded and their like count for nothing, with and without a context', async () => {
    const others = {
      'x-forwarded-for': '6.6.6.6',
      x_forwarded_for: '6.6.6.6',
      'x-amzn-request_context': contextOf('6.6.6.6'),
      'x-amzn-lambda-context': contextOf('6.6.6.6'),
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-real-ip': '6.6.6.6',
      forwarded: 'for=6.6.6.6',
    };
    expect(await clientOf(contextOf('198.51.100.7'), adapter, others)).toBe('198.51.100.7');
    expect(await clientOf('{}', adapter, others)).toBe(adapter);
    const answer = await app.inject({ url: '/client', remoteAddress: adapter, headers: others });
    expect(answer.json()).toEqual({ ip: adapter });
  });

  it.each(['x-forwarded-for', 'forwarded'])('counts for nothing where %s is the rule', async (header) => {
    const other = await buildSample({}, productionEnv({ ...onLambda, CLIENT_ADDRESS_HEADER: header }));
    const headers = { 'x-amzn-request-context': contextOf('6.6.6.6') };
    expect((await other.inject({ url: '/client', remoteAddress: adapter, headers })).json()).toEqual({ ip: adapter });
    await other.close();
  });

  it('over a socket, a context that came twice names nobody, in either order', async () => {
    const port = await listen(app);
    const lines = [contextOf('6.6.6.6'), contextOf('198.51.100.7')];
    for (const both of [lines, lines.toReversed()]) {
      const socket = await openSocket(port);
      const headers = both.map((context) => `X-Amzn-Request-Context: ${context}\r\n`).join('');
      socket.write(`GET /client HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n`);
      expect(await readAll(socket)).toContain('{"ip":"127.0.0.1"}');
    }
  });

  it('the log names the same address', async () => {
    const lines: string[] = [];
    const logged = await sampleService().build(productionEnv(onLambda), {
      logger: { write: (line) => void lines.push(line) },
    });
    const headers = { 'x-amzn-request-context': contextOf('198.51.100.7'), 'x-forwarded-for': '6.6.6.6' };
    await logged.inject({ url: '/hello', remoteAddress: adapter, headers });
    await logged.inject({ url: '/%', remoteAddress: adapter, headers: { 'x-forwarded-for': '6.6.6.6' } });
    expect(lines.join('')).toContain('"client":"198.51.100.7"');
    expect(lines.join('')).not.toContain('6.6.6.6');
    await logged.close();
  });
});

describe('in a function', () => {
  it('what API Gateway lets through is not too large with what the adapter adds', async () => {
    const lambda = await buildSample({}, productionEnv({ ...onLambda, AWS_LAMBDA_FUNCTION_NAME: 'app-dev-api' }));
    const socket = await openSocket(await listen(lambda));
    // 10,240 bytes of request line and headers, most of which JSON escapes.
    const userAgent = '\u00ff"'.repeat(4_800);
    const headers = [`User-Agent: ${userAgent}`, `X-Amzn-Request-Context: ${contextOf('198.51.100.7', { userAgent })}`];
    socket.write(`GET /client HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers.join('\r\n')}\r\n\r\n`, 'latin1');
    expect(await readAll(socket)).toContain('{"ip":"198.51.100.7"}');
    await lambda.close();
  });

  it('a connection is kept for as long as the adapter keeps it, elsewhere for 65 s', async () => {
    const lambda = await buildSample({}, productionEnv({ ...onLambda, AWS_LAMBDA_FUNCTION_NAME: 'app-dev-api' }));
    expect([lambda.server.keepAliveTimeout, app.server.keepAliveTimeout]).toEqual([0, 65_000]);
    await lambda.close();
  });
});

async function listen(service: App): Promise<number> {
  if (!service.server.listening) await service.listen({ host: '127.0.0.1', port: 0 });
  const address = service.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
