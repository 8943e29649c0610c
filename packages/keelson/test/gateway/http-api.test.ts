import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  clientId,
  identifier,
  newKey,
  publicKeyTexts,
  seconds,
  startTokenIssuer,
  takesTokensOf,
  type TokenIssuer,
} from '../../../../test/support/token-issuer.ts';
import { createHttpApi, startGateway, tokensAtGateway } from '../../src/local/gateway/index.ts';
import { upload } from './upload.ts';

type Options = Parameters<typeof createHttpApi>[0];

const closings: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

/** What reached the service. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
}

let issuer: TokenIssuer;
beforeAll(async () => {
  issuer = await startTokenIssuer();
  closings.push(issuer.close);
});

const routes: NonNullable<Options['routes']> = {
  'GET /v1/shows': { scopes: ['shows.read', 'shows.admin'] },
  'POST /v1/shows': { scopes: ['shows.write'] },
  'GET /v1/me': { scopes: [] },
  'GET /v1/health': 'public',
  'POST /v1/upload': 'public',
};

/** A service that takes whatever comes, behind the HTTP API: what is refused was refused by the gateway. */
async function open(options: Partial<Options> = {}) {
  const seen: Seen[] = [];
  const service = createServer(async (request, response) => {
    const bytes = await sizeOf(request).catch(() => undefined);
    if (bytes === undefined) return;
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, bytes });
    response.setHeader('access-control-allow-origin', 'https://of-the-service.example');
    response.end('through');
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const { port } = service.address() as AddressInfo;
  const api = createHttpApi({ routes, tokens: async () => tokensAtGateway(takesTokensOf(issuer)), ...options });
  const gateway = await startGateway({ port: 0 }, { name: 'api', target: async () => ({ port }) }, api);
  closings.push(async () => {
    await gateway.close();
    service.closeAllConnections();
    service.close();
  });
  const url = `http://127.0.0.1:${gateway.port}`;
  const get = (path: string, token?: string) =>
    fetch(`${url}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  return { url, port: gateway.port, seen, get };
}

/** @throws when the sender gives up */
async function sizeOf(request: AsyncIterable<unknown>): Promise<number> {
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  return bytes;
}

/** Sends the request target as it is written, which `fetch` would tidy up. */
async function raw(port: number, head: string, body = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${head}\r\nHost: localhost\r\nConnection: close\r\n\r\n${body}`);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

const status = (answer: string) => Number(answer.split(' ')[1]);

it('tells the developer what it refused and why, and nothing of tokens or queries', async () => {
  const lines: string[] = [];
  const refused = (line: string) => void lines.push(line);
  const { get } = await open({ refused, throttle: { rate: 0.001, burst: 4 } });
  const writes = await issuer.token({ scope: `${identifier}/shows.write` });
  await get('/v1/hello?secret=1');
  await get('/v1/shows');
  await get('/v1/shows?secret=1', 'nonsense');
  await get('/v1/shows', writes);
  await get('/v1/health');
  await get('/v1/health');
  expect(lines).toEqual([
    'GET /v1/hello 404 at the gateway: not in `routes` of keelson.config.ts',
    'GET /v1/shows 401 at the gateway: there is no Authorization header',
    'GET /v1/shows 401 at the gateway: the token is malformed',
    `GET /v1/shows 403 at the gateway: token does not have the required scope ${identifier}/shows.read or ${identifier}/shows.admin`,
    'GET /v1/health 429 at the gateway: more than `throttle` allows',
  ]);
});

describe('routes of the HTTP API', () => {
  it('answers an unknown path or method with 404, as API Gateway does', async () => {
    const { url, seen } = await open();
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/docs'],
      ['DELETE', '/v1/shows'],
      ['PUT', '/v1/shows'],
      ['OPTIONS', '/v1/shows'],
    ] as const) {
      const answer = await fetch(`${url}${path}`, { method });
      expect([answer.status, await answer.text()]).toEqual([404, '{"message":"Not Found"}']);
      expect(answer.headers.get('content-type')).toBe('application/json');
    }
    expect(seen).toEqual([]);
  });

  it('security 34: //path, /path;x, /path%2F, other case, another spelling and HEAD never come through', async () => {
    const { port, seen } = await open();
    const token = await issuer.token();
    const targets = [
      '//v1/shows',
      '/v1//shows',
      '/v1/shows/',
      '/v1/shows;x',
      '/v1/shows%2F',
      '/v1%2Fshows',
      '/v1/%73hows',
      '/V1/shows',
      '/v1/Shows',
      '/./v1/shows',
      '/v1/x/../shows',
      '/v1/shows%00',
      '/v1/shows#x',
      '/v1/shows%3Fx',
      '/v1\\shows',
      'http://localhost/v1/shows',
      '*',
    ];
    for (const target of targets) {
      const answer = await raw(port, `GET ${target} HTTP/1.1\r\nAuthorization: Bearer ${token}`);
      expect([target, status(answer)]).toEqual([target, 404]);
    }
    expect(status(await raw(port, `HEAD /v1/shows HTTP/1.1\r\nAuthorization: Bearer ${token}`))).toBe(404);
    expect(status(await raw(port, `get /v1/shows HTTP/1.1\r\nAuthorization: Bearer ${token}`))).not.toBe(200);
    expect(seen).toEqual([]);
    expect(status(await raw(port, `GET /v1/shows?a=//b HTTP/1.1\r\nAuthorization: Bearer ${token}`))).toBe(200);
  });

  it('takes the most specific of several routes', async () => {
    const { get, url } = await open({
      routes: {
        'ANY /{rest+}': { scopes: ['shows.write'] },
        'ANY /shows/{slug}': { scopes: ['shows.read'] },
        'GET /shows/{slug}': 'public',
        'GET /shows/mine': { scopes: ['shows.read'] },
        'GET /shows/{slug}/seasons/{rest+}': 'public',
      },
    });
    const statusOf = async (path: string, method = 'GET') => (await fetch(`${url}${path}`, { method })).status;
    expect(await statusOf('/shows/one')).toBe(200);
    expect(await statusOf('/shows/one', 'POST')).toBe(401);
    expect(await statusOf('/shows/mine')).toBe(401);
    expect(await statusOf('/shows/one/seasons/1/2')).toBe(200);
    expect(await statusOf('/shows/one/seasons')).toBe(401);
    expect(await statusOf('/')).toBe(404);
    expect(await statusOf('/shows/')).toBe(401);
    expect((await get('/elsewhere', await issuer.token())).status).toBe(200);
  });

  it('lets everything through when the config names no routes', async () => {
    const { url, seen } = await open({ routes: undefined });
    await fetch(`${url}/anything?x=1`, { method: 'PATCH' });
    expect(seen).toMatchObject([{ method: 'PATCH', url: '/anything?x=1' }]);
  });

  it('lets nobody past the rules by asking for a WebSocket', async () => {
    const { port, seen } = await open();
    const upgrade = 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13';
    expect(status(await raw(port, `GET /v1/shows HTTP/1.1\r\n${upgrade}`))).toBe(401);
    expect(seen).toEqual([]);
  });
});

describe('the JWT authorizer of the HTTP API', () => {
  let gateway: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    gateway = await open();
  });

  /** A token that must be refused, and nothing of it may reach the service. */
  async function refused(token: string | undefined, path = '/v1/shows', expected = 401) {
    const before = gateway.seen.length;
    const answer = await gateway.get(path, token);
    const message = expected === 401 ? 'Unauthorized' : 'Forbidden';
    expect([answer.status, await answer.json()]).toEqual([expected, { message }]);
    expect(gateway.seen).toHaveLength(before);
    return answer.headers.get('www-authenticate');
  }

  it('passes a token with one of the scopes, with `Bearer ` or without', async () => {
    const token = await issuer.token({ scope: `${identifier}/shows.admin` });
    expect((await gateway.get('/v1/shows', token)).status).toBe(200);
    const bare = await fetch(`${gateway.url}/v1/shows`, { headers: { authorization: token } });
    expect(bare.status).toBe(200);
    const listed = await issuer.token({ scope: undefined, scp: [`${identifier}/shows.read`] });
    expect((await gateway.get('/v1/shows', listed)).status).toBe(200);
    expect((await gateway.get('/v1/me', await issuer.token({ scope: '' }))).status).toBe(200);
    expect((await gateway.get('/v1/health')).status).toBe(200);
  });

  it('security 32: answers a request without a token with 401 and a bare challenge', async () => {
    expect(await refused(undefined)).toBe('Bearer');
    const inQuery = await gateway.get(`/v1/shows?access_token=${await issuer.token()}`);
    expect(inQuery.status).toBe(401);
    const token = await issuer.token();
    const twice = `Authorization: Bearer ${token}\r\nAuthorization: Bearer ${token}`;
    expect(status(await raw(gateway.port, `GET /v1/shows HTTP/1.1\r\n${twice}`))).toBe(401);
  });

  it('security 31: answers a token without the scope with 403, also for a scope of another resource server', async () => {
    for (const scope of [
      '',
      'shows.read',
      'other/shows.read',
      `${identifier}/shows.readwrite`,
      `${identifier}/shows.write`,
    ]) {
      const challenge = await refused(await issuer.token({ scope }), '/v1/shows', 403);
      expect(challenge).toContain('error="insufficient_scope"');
    }
  });

  it('security 24: takes no token without a signature or with an HMAC, whatever the case', async () => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const [, payload = '', signature = ''] = (await issuer.token()).split('.');
    for (const alg of ['none', 'None', 'nOnE', 'HS256', 'ES256', 'PS256', '']) {
      const header = encode({ alg, kid: issuer.key.kid });
      for (const end of ['', signature]) await refused(`${header}.${payload}.${end}`);
    }
    const { createHmac } = await import('node:crypto');
    for (const secret of ['', ...(await publicKeyTexts(issuer.key))]) {
      const text = `${encode({ alg: 'HS256', kid: issuer.key.kid })}.${payload}`;
      await refused(`${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`);
    }
  });

  it('security 25: follows no address of a token and knows no hostile kid', async () => {
    const before = issuer.paths.length;
    const key = await newKey();
    const jku = `${new URL(issuer.issuer).origin}/evil.json`;
    await refused(await issuer.token({}, { jku, x5u: jku }, key));
    for (const kid of ['../key-1', "' or 1=1 --", 'constructor', 'x'.repeat(5_000), '']) {
      await refused(await issuer.token({}, { kid }));
    }
    await refused(await issuer.token({}, { kid: undefined }));
    expect(issuer.paths.slice(before).filter((path) => !path.includes('.well-known'))).toEqual([]);
  });

  it('security 26: refuses an unknown crit', async () => {
    const [header = '', payload, signature] = (await issuer.token()).split('.');
    const changed = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), crit: ['x'], x: 1 };
    await refused(`${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${payload}.${signature}`);
  });

  it('security 27: refuses what is expired, not valid yet, or says no time', async () => {
    for (const claims of [
      { exp: seconds(-600) },
      { exp: undefined },
      { exp: 'soon' },
      { nbf: seconds(600) },
      { iat: seconds(600) },
      { iat: undefined },
    ]) {
      expect(await refused(await issuer.token(claims))).toContain('error="invalid_token"');
    }
    expect((await gateway.get('/v1/shows', await issuer.token({ iat: seconds(30) }))).status).toBe(200);
  });

  it('security 28: compares issuer and audience letter by letter', async () => {
    for (const iss of [`${issuer.issuer}/`, issuer.issuer.slice(0, -1), [issuer.issuer], undefined, 'https://evil']) {
      await refused(await issuer.token({ iss }));
    }
    for (const claims of [
      { client_id: 'other' },
      { client_id: undefined },
      { aud: 'other' },
      // Where there is an audience, the client does not count.
      { aud: ['other'], client_id: clientId },
    ]) {
      await refused(await issuer.token(claims));
    }
    expect((await gateway.get('/v1/shows', await issuer.token({ aud: ['other', clientId] }))).status).toBe(200);
  });

  it('security 30: refuses a token that another key has signed', async () => {
    const other = await newKey();
    await refused(await issuer.token({}, { kid: issuer.key.kid }, other));
    const token = await issuer.token();
    await refused(`${token.slice(0, -10)}AAAAAAAAAA`);
    for (const nonsense of ['x', 'a.b.c', '..', '%00', 'null']) await refused(nonsense);
  });

  it('fault 5: goes on with known keys when the key server is down; without any, nobody comes in', async () => {
    const own = await startTokenIssuer();
    closings.push(own.close);
    const { get, seen } = await open({ tokens: async () => tokensAtGateway(takesTokensOf(own)) });
    own.breakDown();
    const early = await get('/v1/shows', await own.token());
    expect(early.status).toBe(401);
    expect(early.headers.get('www-authenticate')).toContain('communication error');
    expect(seen).toEqual([]);
    own.mend();
    expect((await get('/v1/shows', await own.token())).status).toBe(200);
    own.breakDown();
    expect((await get('/v1/shows', await own.token())).status).toBe(200);
  });

  it('fault 6: asks once for the keys, however many unknown ones are named', async () => {
    const own = await startTokenIssuer();
    closings.push(own.close);
    const { get } = await open({ tokens: async () => tokensAtGateway(takesTokensOf(own)) });
    await get('/v1/shows', await own.token());
    const tokens = await Promise.all(Array.from({ length: 30 }, (_, n) => own.token({}, { kid: `unknown-${n}` })));
    const answers = await Promise.all(tokens.map((token) => get('/v1/shows', token)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([401]));
    expect(own.fetches).toBe(1);
  });

  it('holds requests until it knows whose tokens are taken', async () => {
    let tell: (tokens: ReturnType<typeof tokensAtGateway>) => void = () => {};
    const known = new Promise<ReturnType<typeof tokensAtGateway>>((resolve) => {
      tell = resolve;
    });
    const { get } = await open({ tokens: () => known });
    const answer = get('/v1/shows', await issuer.token());
    expect((await get('/v1/health')).status).toBe(200);
    tell(tokensAtGateway(takesTokensOf(issuer)));
    expect((await answer).status).toBe(200);
  });
});

describe('what the HTTP API tells the service', () => {
  it('security 48: appends who asked to Forwarded, whatever the caller wrote', async () => {
    const { url, seen, port } = await open();
    await fetch(`${url}/v1/health`, { headers: { forwarded: 'for=6.6.6.6;host=evil' } });
    expect(seen[0]?.headers['forwarded']).toBe(
      `for=6.6.6.6;host=evil, by=127.0.0.1;for=127.0.0.1;host="127.0.0.1:${port}";proto=http`,
    );
    await raw(port, 'GET /v1/health HTTP/1.1\r\nForwarded: for=1.1.1.1\r\nForwarded: for=2.2.2.2');
    expect(seen[1]?.headers['forwarded']).toMatch(/^for=1\.1\.1\.1, for=2\.2\.2\.2, by=127\.0\.0\.1;for=127\.0\.0\.1;/);
  });
});

describe('limits of the HTTP API', () => {
  it('refuses headers of more than 10,240 bytes', async () => {
    const { url, seen } = await open();
    const answer = await fetch(`${url}/v1/health`, { headers: { 'x-long': 'x'.repeat(10_240) } });
    expect([answer.status, await answer.json()]).toEqual([431, { message: 'Request Header Fields Too Large' }]);
    expect((await fetch(`${url}/v1/health`, { headers: { 'x-long': 'x'.repeat(9_000) } })).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  it('refuses a body of more than 10 MB, whether or not its length is told', async () => {
    const { url, seen } = await open();
    const size = 10 * 1024 * 1024 + 1;
    const told = await upload(`${url}/v1/upload`, size);
    const chunked = await upload(`${url}/v1/upload`, size, { 'transfer-encoding': 'chunked' });
    expect([told.status, chunked.status]).toEqual([413, 413]);
    expect(seen).toEqual([]);
    const body = new Uint8Array(size - 1);
    expect((await fetch(`${url}/v1/upload`, { method: 'POST', body })).status).toBe(200);
    expect(seen).toMatchObject([{ bytes: size - 1 }]);
  });

  it('refuses a request for a token that is long, and one that does not end, and closes', {
    timeout: 30_000,
  }, async () => {
    const { port, get } = await open({ tokenPath: '/oauth/token' });
    const head = 'POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n';
    const [long, slow] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    slow.write(`${head}Content-Length: 100\r\n\r\ngrant_type=`);
    long.write(`${head}Content-Length: 5000000\r\n\r\n${'x'.repeat(5_000_000)}`);
    const answers = await Promise.all(
      [long, slow].map(async (socket) => String(Buffer.concat(await socket.toArray()))),
    );
    expect(answers.map(status)).toEqual([413, 408]);
    for (const answer of answers) expect(answer).toMatch(/^connection: close\r$/im);
    expect((await get('/v1/health')).status).toBe(200);
  });

  it('throttles when the config says so', async () => {
    const { get } = await open({ throttle: { rate: 1, burst: 3 } });
    const answers = await Promise.all(Array.from({ length: 10 }, () => get('/v1/health')));
    const throttled = answers.filter((answer) => answer.status === 429);
    expect(throttled.length).toBeGreaterThanOrEqual(5);
    expect(await throttled[0]?.json()).toEqual({ message: 'Too Many Requests' });
    const unlimited = await open();
    const all = await Promise.all(Array.from({ length: 300 }, () => unlimited.get('/v1/health')));
    expect(all.every((answer) => answer.status === 200)).toBe(true);
  });
});

describe('CORS of the HTTP API', () => {
  const origin = 'https://app.example.com';

  it('answers preflights of listed origins before looking at tokens', async () => {
    const { url, seen } = await open({ corsOrigins: [origin] });
    const preflight = { origin, 'access-control-request-method': 'GET' };
    const answer = await fetch(`${url}/v1/shows`, { method: 'OPTIONS', headers: preflight });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(seen).toEqual([]);
  });

  it('security 46: `null`, suffix and sub-domain origins are told nothing', async () => {
    const { url } = await open({ corsOrigins: [origin] });
    for (const other of ['null', `${origin}.evil.com`, 'https://x.app.example.com', 'http://app.example.com', '']) {
      const headers = { origin: other, 'access-control-request-method': 'GET' };
      const answer = await fetch(`${url}/v1/shows`, { method: 'OPTIONS', headers });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('puts its own headers into the place of the service’s, on refusals too', async () => {
    const { url } = await open({ corsOrigins: [origin] });
    const health = await fetch(`${url}/v1/health`, { headers: { origin } });
    expect(health.headers.get('access-control-allow-origin')).toBe(origin);
    expect((await fetch(`${url}/v1/health`)).headers.get('access-control-allow-origin')).toBeNull();
    expect((await fetch(`${url}/v1/shows`, { headers: { origin } })).headers.get('access-control-allow-origin')).toBe(
      origin,
    );
  });

  it('leaves CORS to the service when the config names no origins', async () => {
    const { get } = await open();
    const answer = await get('/v1/health');
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://of-the-service.example');
  });
});
