import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/http.ts';
import { type Bundle, bundleOf, type Chain, startChain } from './chain.ts';

let bundle: Bundle;
let chain: Chain;
beforeAll(async () => {
  bundle = await bundleOf(fileURLToPath(new URL('./app', import.meta.url)));
  chain = await startChain(bundle);
});
afterAll(async () => {
  await chain?.stop();
  bundle?.remove();
});

interface Seen {
  readonly headers: Record<string, string>;
  readonly query: Record<string, unknown>;
  readonly ip: string;
  readonly url: string;
}

const seenAt = async (path: string, headers: Record<string, string | string[]> = {}): Promise<Seen> =>
  (await call(`${chain.url}${path}`, { headers })).json() as Seen;

describe('through Lambda a service', () => {
  test('answers the request that had to wait for the cold start', async () => {
    expect(chain.lambda.coldStarts).toBe(0);
    const answers = await Promise.all(Array.from({ length: 5 }, () => call(`${chain.url}/health`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(chain.lambda.coldStarts).toBe(1);
  });

  test('gets cookies however many there are, and sets several', async () => {
    const { headers } = await seenAt('/request', { cookie: 'one=1; two=2;three=a=b' });
    expect(headers['cookie']?.split(';').map((pair) => pair.trim())).toEqual(['one=1', 'two=2', 'three=a=b']);
    const answer = await call(`${chain.url}/cookies`);
    expect(answer.headers['set-cookie']).toEqual([
      'a=1; Path=/',
      'b=2; Path=/; Expires=Wed, 21 Oct 2099 07:28:00 GMT; HttpOnly',
      'c=x=y; Path=/; SameSite=Lax',
    ]);
    expect(answer.body).toBe('set');
  });

  test('gets path, query and host as they were sent', async () => {
    const { url, query, headers } = await seenAt('/request?a=1&a=2&b=%20%2B+&c=', { host: 'api.example.com' });
    expect(url).toBe('/request?a=1&a=2&b=%20%2B+&c=');
    expect(query).toEqual({ a: ['1', '2'], b: ' + ', c: '' });
    expect(headers['host']).toBe('api.example.com');
  });

  test('security 48: takes the caller’s address from the request context, whatever the caller says', async () => {
    chain.gateway.sourceIp = '198.51.100.7';
    const spoofed = {
      'x-forwarded-for': '6.6.6.6',
      forwarded: 'for=6.6.6.6',
      'x-amzn-request-context': '{"http":{"sourceIp":"6.6.6.6"}}',
      'X-Amzn-Lambda-Context': '{}',
    };
    expect((await seenAt('/request', spoofed)).ip).toBe('198.51.100.7');
    chain.gateway.sourceIp = '2001:db8::17';
    expect((await seenAt('/request', { 'user-agent': '"},{"http":{"sourceIp":"6.6.6.6"}}' })).ip).toBe('2001:db8::17');
    expect((await seenAt('/request', { 'user-agent': 'Ü\u00ff' })).ip).toBe('2001:db8::17');
  });

  test('takes whatever size of head the HTTP API takes', async () => {
    const long = '"'.repeat(4_000);
    const answer = await call(`${chain.url}/request?${'q'.repeat(4_000)}`, { headers: { 'user-agent': long } });
    expect(answer.status).toBe(200);
  });

  test('gets bytes and answers bytes', async () => {
    const body = Buffer.from(Array.from({ length: 1_024 }, (_, index) => index % 256));
    const back = await fetch(`${chain.url}/bytes`, { method: 'POST', body, headers: { 'content-type': 'image/png' } });
    expect(Buffer.from(await back.arrayBuffer()).equals(body)).toBe(true);
    expect(chain.gateway.lastEvent?.isBase64Encoded).toBe(true);
  });

  test.each(['application/x-www-form-urlencoded', 'application/json', 'text/plain; charset=utf-8'])(
    'gets %s as it was sent',
    async (type) => {
      const body = type === 'application/json' ? '{"name":"Grüße 👋"}' : 'name=Grüße+%F0%9F%91%8B';
      const back = await fetch(`${chain.url}/bytes`, { method: 'POST', body, headers: { 'content-type': type } });
      expect(await back.text()).toBe(body);
    },
  );

  test('answers pages in every alphabet, and nothing at all', async () => {
    expect((await call(`${chain.url}/page`)).body).toBe('<p>Grüße, 日本 👋</p>');
    const empty = await call(`${chain.url}/empty`);
    expect([empty.status, empty.body]).toEqual([204, '']);
    const head = await call(`${chain.url}/page`, { method: 'HEAD' });
    expect([head.status, head.body, head.headers['content-type']]).toEqual([200, '', 'text/html; charset=utf-8']);
  });

  test('answers problems as problems: 404, 405, 400, 500', async () => {
    const wanted = [
      [404, await call(`${chain.url}/nowhere`)],
      [405, await call(`${chain.url}/page`, { method: 'DELETE' })],
      [400, await call(`${chain.url}/request?x=%00`)],
      [500, await call(`${chain.url}/boom`)],
    ] as const;
    for (const [status, answer] of wanted) {
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.body).not.toContain('the inner detail');
    }
    expect((await call(`${chain.url}/nowhere`, { method: 'HEAD' })).status).toBe(404);
    expect(chain.lambda.output()).toContain('the inner detail');
  });

  test('refuses what is too large for itself with 413, and outlives what is too large for Lambda', async () => {
    const post = (bytes: number) =>
      call(`${chain.url}/bytes`, {
        method: 'POST',
        body: Buffer.alloc(bytes),
        headers: { 'content-type': 'application/octet-stream', 'content-length': bytes },
      });
    expect((await post(1_048_576)).status).toBe(200);
    const refused = await post(1_048_577);
    expect([refused.status, refused.headers['content-type']]).toEqual([413, 'application/problem+json; charset=utf-8']);
    // Three bytes become four letters: 4.5 MB are the most that comes through Lambda in either direction.
    expect((await post(4_800_000)).status).toBe(500);
    expect((await call(`${chain.url}/bytes/4700000`)).status).toBe(200);
    expect((await call(`${chain.url}/bytes/4800000`)).status).toBe(500);
    expect((await call(`${chain.url}/health`)).status).toBe(200);
    expect(chain.lambda.coldStarts).toBe(1);
  });

  test('works on one request at a time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => call(`${chain.url}/in-flight`)));
    expect(answers.map((answer) => answer.json())).toEqual(Array.from({ length: 8 }, () => ({ most: 1 })));
  });
});
