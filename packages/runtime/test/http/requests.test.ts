import type { App } from '@keelson/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSample, origin, productionEnv } from './fixtures/services.ts';

let app: App;
beforeAll(async () => {
  app = await buildSample({ cors: { origins: ['https://partner.example'] } });
});
afterAll(() => app.close());

const post = (headers: Record<string, string>, payload = '{}') =>
  app.inject({
    method: 'POST',
    url: '/anything',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });

describe('security 44: unsafe requests from other sites', () => {
  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site', origin }],
    [{ 'sec-fetch-site': 'nonsense' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: `${origin}.evil.example` }],
    [{ origin: 'http://app.example.com' }],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://partner.example', cookie: 'a=b' }],
    [{ origin: 'https://sub.partner.example' }],
  ])('%o is refused', async (headers) => {
    const answer = await post(headers);
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'CROSS_SITE_REQUEST' });
  });

  it.each([
    [{}],
    [{ 'sec-fetch-site': 'same-origin', origin }],
    [{ origin }],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://partner.example' }],
  ])('%o is taken', async (headers) => {
    expect((await post(headers)).statusCode).toBe(200);
  });

  it('lets a cross-site link be followed', async () => {
    const answer = await app.inject({ url: '/hello', headers: { 'sec-fetch-site': 'cross-site' } });
    expect(answer.statusCode).toBe(200);
  });

  it('does not take the Host header for the own origin', async () => {
    expect((await post({ host: 'evil.example', origin: 'https://evil.example' })).statusCode).toBe(403);
  });
});

describe('security 45: content types', () => {
  it.each([
    ['text/plain'],
    ['text/plain;application/json'],
    ['application/json\t'],
    ['application/json\t; charset=utf-8'],
    ['application/json ;charset=utf-8'],
    ['application/json;  charset=utf-8'],
    [' application/json, text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/'],
  ])('JSON sent as %j is refused', async (type) => {
    expect([400, 415]).toContain((await post({ 'content-type': type })).statusCode);
  });

  it.each([['application/json'], ['application/json; charset=utf-8'], ['application/json;charset=utf-8']])(
    '%j is taken',
    async (type) => {
      expect((await post({ 'content-type': type })).statusCode).toBe(200);
    },
  );
});

describe('security 46: CORS', () => {
  it.each([
    ['null'],
    ['https://partner.example.evil.example'],
    ['https://sub.partner.example'],
    ['https://evilpartner.example'],
    ['http://partner.example'],
  ])('%s gets no Access-Control-Allow-Origin', async (foreign) => {
    const answers = await Promise.all([
      app.inject({ url: '/hello', headers: { origin: foreign } }),
      app.inject({
        method: 'OPTIONS',
        url: '/hello',
        headers: { origin: foreign, 'access-control-request-method': 'POST' },
      }),
    ]);
    for (const { headers } of answers) expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('a listed origin may read, without credentials', async () => {
    const { headers } = await app.inject({ url: '/hello', headers: { origin: 'https://partner.example' } });
    expect(headers['access-control-allow-origin']).toBe('https://partner.example');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    expect(headers.vary).toMatch(/origin/i);
  });

  it('is off unless asked for', async () => {
    const plain = await buildSample();
    const { headers } = await plain.inject({ url: '/hello', headers: { origin: 'https://partner.example' } });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    await plain.close();
  });
});

describe('security 47: headers', () => {
  it.each([
    ['/hello', 200],
    ['/nothing', 404],
    ['/boom', 500],
    ['/%', 400],
    [`/list/${'x'.repeat(600)}`, 400],
  ])('%.20s (%i) carries them', async (url, status) => {
    const { statusCode, headers } = await app.inject({ url });
    expect(statusCode).toSatisfy((code: number) => code === status || (status === 400 && code === 414));
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
    expect(headers['content-security-policy']).toContain("object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBeTruthy();
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('no HSTS on http://localhost', async () => {
    const local = await buildSample({}, { PORT: '0' });
    expect((await local.inject('/hello')).headers['strict-transport-security']).toBeUndefined();
    await local.close();
  });

  it('a client does not choose the request id', async () => {
    const { headers } = await app.inject({ url: '/hello', headers: { 'x-request-id': 'mine', 'request-id': 'mine' } });
    expect(headers['x-request-id']).not.toBe('mine');
  });
});

describe('security 48: spoofed addresses', () => {
  const spoofed = {
    'x-forwarded-for': '6.6.6.6',
    x_forwarded_for: '6.6.6.6',
    forwarded: 'for=6.6.6.6',
    'x-real-ip': '6.6.6.6',
    'x-forwarded-host': 'evil.example',
    host: 'evil.example',
  };

  it('change no client address', async () => {
    const answer = await app.inject({ url: '/client', headers: spoofed, remoteAddress: '10.0.0.9' });
    expect(answer.json()).toEqual({ ip: '10.0.0.9' });
  });

  it('a trusted proxy is believed for the one entry it added', async () => {
    const behind = await buildSample({}, productionEnv({ TRUSTED_PROXIES: '10.0.0.0/24' }));
    const ask = async (remoteAddress: string) =>
      (
        await behind.inject({
          url: '/client',
          headers: { ...spoofed, 'x-forwarded-for': '6.6.6.6, 1.2.3.4' },
          remoteAddress,
        })
      ).json();
    expect(await ask('10.0.0.9')).toEqual({ ip: '1.2.3.4' });
    expect(await ask('10.0.1.9')).toEqual({ ip: '10.0.1.9' });
    await behind.close();
  });

  it('no answer repeats them', async () => {
    for (const url of ['/hello', '/nothing', '/boom']) {
      const answer = await app.inject({ url, headers: { ...spoofed, accept: 'text/html' } });
      expect(JSON.stringify([answer.headers, answer.body])).not.toContain('evil.example');
    }
  });
});

describe('security 49: JSON', () => {
  const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  it.each([
    ['__proto__', '{"__proto__":{"polluted":true}}'],
    ['escaped __proto__', '{"\\u005f_proto__":{"polluted":true}}'],
    ['nested __proto__', '{"a":[{"__proto__":{"polluted":true}}]}'],
    ['constructor.prototype', '{"constructor":{"prototype":{"polluted":true}}}'],
    ['depth 10 000', nested(10_000)],
    ['duplicate keys', '{"a":1,"a":2}'],
    ['duplicate keys, one escaped', '{"a":1,"\\u0061":2}'],
    ['nested duplicate keys', '{"a":{"b":1,"c":":","b":2}}'],
    ['NUL', '{"a":"x\\u0000y"}'],
    ['NUL in a key', '{"x\\u0000y":1}'],
    ['half of a character', '{"a":"\\ud800"}'],
    ['half of a character in a key', '{"\\udc00":1}'],
    ['raw NUL', '{"a":"x\0y"}'],
    ['no JSON', '{"a":'],
    ['nothing', ''],
  ])('%s → 400, no pollution', async (_what, payload) => {
    const answer = await post({}, payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('refuses invalid UTF-8', async () => {
    const payload = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]);
    const answer = await app.inject({
      method: 'POST',
      url: '/anything',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect(answer.statusCode).toBe(400);
  });

  it.each([
    ['{"a":"x\\"y: {\\\\","b":{"a":[1,{"a":":"}]}}'],
    [nested(50)],
    ['{"a":"\\\\u0000"}'],
    ['{"constructor":"x"}'],
  ])('%.40s is taken as it is', async (payload) => {
    const answer = await post({}, payload);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual(JSON.parse(payload));
  });

  it('NUL in an address → 400', async () => {
    expect((await app.inject('/list/a%00b')).statusCode).toBe(400);
  });
});
