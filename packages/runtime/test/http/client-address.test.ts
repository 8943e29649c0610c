import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import type { App } from '@keelson/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSample, productionEnv } from './fixtures/services.ts';

const proxied = { TRUSTED_PROXIES: '10.0.0.0/24,2001:db8:5::/64', CLIENT_ADDRESS_HEADER: 'forwarded' };
const proxy = '10.0.0.9';

let app: App;
beforeAll(async () => {
  app = await buildSample({}, productionEnv(proxied));
});
afterAll(() => app.close());

async function clientOf(forwarded: string, remoteAddress = proxy, headers: Record<string, string> = {}) {
  const answer = await app.inject({ url: '/client', remoteAddress, headers: { forwarded, ...headers } });
  return (answer.json() as { ip: string }).ip;
}

describe('client address behind an HTTP API (Forwarded, RFC 7239)', () => {
  it.each([
    ['by=3.4.5.6;for=198.51.100.7;host=api.example.com;proto=https', '198.51.100.7'],
    ['for=198.51.100.7', '198.51.100.7'],
    ['For = 198.51.100.7', proxy],
    ['FOR=198.51.100.7;Proto=https', '198.51.100.7'],
    ['for="198.51.100.7:4711"', '198.51.100.7'],
    ['for=198.51.100.7:4711', '198.51.100.7'],
    ['for="[2001:db8::17]:4711"', '2001:db8::17'],
    ['for="[2001:db8::17]"', '2001:db8::17'],
    ['for="[2001:db8::17]:_port"', '2001:db8::17'],
    ['for=2001:db8::17', '2001:db8::17'],
    ['by="[::1]:8"; for="198.51.100.7" ; host="a"', '198.51.100.7'],
    ['for="198\\.51.100.7"', '198.51.100.7'],
  ])('%s → %s', async (header, address) => {
    expect(await clientOf(header)).toBe(address);
  });

  it.each([
    ['unknown', 'for=unknown'],
    ['obfuscated', 'for=_hidden'],
    ['obfuscated, quoted', 'for="_SEVKISEK"'],
    ['empty', ''],
    ['no for', 'by=3.4.5.6;host=a'],
    ['two for in one element', 'for=198.51.100.7;for=6.6.6.6'],
    ['a name', 'for=localhost'],
    ['a number that some call an address', 'for=3325256711'],
    ['octal', 'for=0198.051.100.007'],
    ['brackets around IPv4', 'for="[198.51.100.7]"'],
    ['a zone', 'for="[fe80::1%25eth0]"'],
    ['rubbish behind', 'for="[2001:db8::17]x"'],
    ['an open quote', 'for="198.51.100.7'],
    ['a trailing comma', 'for=198.51.100.7,'],
    ['a port of letters', 'for="198.51.100.7:abc"'],
    ['10 KB of it', `for="${'\\a'.repeat(5_000)}"`],
  ])('%s → the peer', async (_what, header) => {
    expect(await clientOf(header)).toBe(proxy);
  });
});

describe('security 48: spoofed Forwarded', () => {
  it.each([
    ['an element of the client before', 'for=6.6.6.6, for=198.51.100.7'],
    ['many of them', `${'for=6.6.6.6, '.repeat(300)}for=198.51.100.7`],
    ['an open quote of the client', 'for="6.6.6.6, by=3.4.5.6;for=198.51.100.7;proto=https'],
    ['a backslash of the client', 'for="6.6.6.6\\, for=198.51.100.7'],
    ['a semicolon of the client', 'for=6.6.6.6;, for=198.51.100.7'],
    ['rubbish of the client', '\u007f;;==, for=198.51.100.7'],
  ])('%s: the last element counts', async (_what, header) => {
    expect(await clientOf(header)).toBe('198.51.100.7');
  });

  it('a quote that the client opened and the proxy closes gives the peer, never the address of the client’s choice', async () => {
    expect(await clientOf('x=", by=3.4.5.6;for="[2001:db8::17]:1"')).toBe('2001:db8::17');
    expect(await clientOf('for=6.6.6.6;x=", for="a,b"')).toBe(proxy);
  });

  it('nobody but a trusted proxy is believed', async () => {
    for (const peer of ['10.0.1.9', '198.51.100.9', '::1', '2001:db8:6::1']) {
      expect(await clientOf('for=6.6.6.6', peer)).toBe(peer);
    }
    expect(await clientOf('for=198.51.100.7', '2001:db8:5::1')).toBe('198.51.100.7');
    expect(await clientOf('for=198.51.100.7', '::ffff:10.0.0.9')).toBe('198.51.100.7');
  });

  it('X-Forwarded-* and their like count for nothing, with and without Forwarded', async () => {
    const others = {
      'x-forwarded-for': '6.6.6.6',
      x_forwarded_for: '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-real-ip': '6.6.6.6',
    };
    expect(await clientOf('for=198.51.100.7', proxy, others)).toBe('198.51.100.7');
    expect(await clientOf('for=unknown', proxy, others)).toBe(proxy);
    const answer = await app.inject({ url: '/client', remoteAddress: proxy, headers: others });
    expect(answer.json()).toEqual({ ip: proxy });
  });

  it('Forwarded counts for nothing where X-Forwarded-For is the rule', async () => {
    const other = await buildSample({}, productionEnv({ TRUSTED_PROXIES: '10.0.0.0/24' }));
    const headers = { forwarded: 'for=6.6.6.6', 'x-forwarded-for': '198.51.100.7' };
    expect((await other.inject({ url: '/client', remoteAddress: proxy, headers })).json()).toEqual({
      ip: '198.51.100.7',
    });
    delete (headers as { 'x-forwarded-for'?: string })['x-forwarded-for'];
    expect((await other.inject({ url: '/client', remoteAddress: proxy, headers })).json()).toEqual({ ip: proxy });
    await other.close();
  });

  it('security 48: over a socket, however many header lines, they are one list, of which the last entry counts', async () => {
    const local = await buildSample({}, productionEnv({ ...proxied, TRUSTED_PROXIES: '127.0.0.1/32' }));
    await local.listen({ host: '127.0.0.1', port: 0 });
    const socket = connect((local.server.address() as AddressInfo).port, '127.0.0.1');
    // Node would leave out what comes after a thousand headers.
    const filler = Array.from({ length: 1_005 }, () => 'a:');
    const lines = ['Forwarded: for=6.6.6.6', 'X-Forwarded-For: 7.7.7.7', ...filler, 'Forwarded: for=198.51.100.7'];
    socket.write(`GET /client HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines.join('\r\n')}\r\n\r\n`);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    await once(socket, 'close');
    expect(text).toContain('{"ip":"198.51.100.7"}');
    await local.close();
  });

  it('the log names the same address', async () => {
    const lines: string[] = [];
    const { sampleService } = await import('./fixtures/services.ts');
    const logged = await sampleService().build(productionEnv(proxied), {
      logger: { write: (line) => void lines.push(line) },
    });
    await logged.inject({ url: '/hello', remoteAddress: proxy, headers: { forwarded: 'for=198.51.100.7' } });
    await logged.inject({ url: '/%', remoteAddress: proxy, headers: { 'x-forwarded-for': '6.6.6.6' } });
    expect(lines.join('')).toContain('"client":"198.51.100.7"');
    expect(lines.join('')).not.toContain('6.6.6.6');
    await logged.close();
  });

  it('another value of CLIENT_ADDRESS_HEADER is named at boot', async () => {
    const build = buildSample({}, productionEnv({ CLIENT_ADDRESS_HEADER: 'x-real-ip' }));
    await expect(build).rejects.toThrow(/CLIENT_ADDRESS_HEADER.*x-forwarded-for, forwarded/);
  });
});
