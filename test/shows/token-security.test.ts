import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK } from 'jose';
import type { RunningApp } from 'keelson/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Answer, call } from '../support/http.ts';
import {
  bearer,
  type DirectService,
  readShows,
  startDirectly,
  startShows,
  writeShows,
  show,
} from '../support/shows.ts';
import {
  accessClaims,
  identifier,
  newKey,
  publicKeyTexts,
  seconds,
  startTokenIssuer,
  takesTokensOf,
  type TokenIssuer,
} from '../support/token-issuer.ts';

// Checks 24 to 34 of docs/security.md on the whole app: through the gateway, which looks at tokens as an HTTP API does, and at the
// service itself, for those who reached it another way.

let issuer: TokenIssuer;
let app: RunningApp;
let direct: DirectService;
let good: string;
/** Would be asked by a verifier that believes what a token says of its keys. */
let trap: Server;
let trapped: string[];

beforeAll(async () => {
  issuer = await startTokenIssuer();
  trap = createServer((request, response) => {
    trapped.push(request.url ?? '');
    response.end('{"keys":[]}');
  }).listen(0, '127.0.0.1');
  await once(trap, 'listening');
  app = await startShows(takesTokensOf(issuer));
  direct = await startDirectly(app);
  // Both have the keys before the first check.
  for (const url of [app.url, direct.url]) {
    await vi.waitUntil(async () => (await readShows(url, await issuer.token())).status === 200, { timeout: 60_000 });
  }
});
beforeEach(async () => {
  trapped = [];
  good = await issuer.token();
});
afterAll(async () => {
  trap?.close();
  await direct?.stop();
  await app?.stop();
  await issuer?.close();
});

const trapUrl = () => `http://127.0.0.1:${(trap.address() as AddressInfo).port}/keys`;

const part = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Any token at all: header and claims as given, signed with an HMAC or with nothing. */
function forged(header: object, secret?: string, claims: object = accessClaims(issuer.issuer)): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${secret === undefined ? '' : createHmac('sha256', secret).update(input).digest('base64url')}`;
}

describe.each(['gateway', 'service'] as const)('at the %s', (door) => {
  const url = () => (door === 'gateway' ? app.url : direct.url);

  function expectRefused(answer: Answer): void {
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    if (door === 'gateway') expect(answer.json()).toEqual({ message: 'Unauthorized' });
    else expect(answer.json()).toMatchObject({ code: 'TOKEN_REQUIRED' });
  }

  const refused = async (token: string) => expectRefused(await readShows(url(), token));

  /** The good token before and after shows that it is the difference that was refused. */
  async function allRefused(tokens: readonly string[]): Promise<void> {
    expect((await readShows(url(), good)).status).toBe(200);
    for (const token of tokens) await refused(token);
    expect((await readShows(url(), good)).status).toBe(200);
  }

  test('security 24: alg none in any case, HS256 with the public key, an empty HMAC key', async () => {
    const { kid } = issuer.key;
    const unsigned = ['none', 'None', 'NONE', 'nOnE', ''].map((alg) => forged({ alg, kid }));
    const keys = ['', ...(await publicKeyTexts(issuer.key))];
    await allRefused([...unsigned, ...keys.map((key) => forged({ alg: 'HS256', kid }, key))]);
  });

  test('security 25: keys and addresses of keys in a token are not believed, hostile key ids do nothing', async () => {
    const own = await newKey();
    const jwk = await exportJWK(own.publicKey);
    const x5u = trapUrl();
    const bringing = [{ jwk }, { jku: x5u }, { x5u }, { x5c: ['MIIB'] }, { jwk, jku: x5u, kid: issuer.key.kid }];
    const ids = ['../../etc/passwd', "' OR 1=1 --", trapUrl(), 'x'.repeat(3_000), '__proto__', '\u0000'];
    const tokens = [...bringing, ...ids.map((kid) => ({ kid }))].map((header) => issuer.token({}, header, own));
    await allRefused(await Promise.all(tokens));
    expect(trapped).toEqual([]);
  });

  test('security 26: an unknown critical header', async () => {
    const input = { alg: 'RS256', kid: issuer.key.kid, crit: ['b64x'], b64x: true };
    const [, claims, signature] = good.split('.');
    await allRefused([`${part(input)}.${claims}.${signature}`]);
  });

  test('security 27: expired, not valid yet, without an end', async () => {
    const tokens = [
      { exp: seconds(-600) },
      { exp: seconds(-7200), iat: seconds(-9000) },
      { nbf: seconds(600) },
      { exp: undefined },
      { exp: 'tomorrow' },
    ];
    await allRefused(await Promise.all(tokens.map((claims) => issuer.token(claims))));
  });

  test('security 27: a token that has worked is worth nothing once it has expired', async () => {
    // A clock may be off by a minute, and a checked token is remembered: neither makes this one live on. A few seconds are
    // left to it, in which a busy machine too gets to ask once.
    const token = await issuer.token({ exp: seconds(-50) });
    expect((await readShows(url(), token)).status).toBe(200);
    await expect.poll(async () => (await readShows(url(), token)).status, { timeout: 60_000, interval: 500 }).toBe(401);
    expect((await readShows(url(), token)).status).toBe(401);
  });

  test('security 28: an issuer that is nearly ours, a client that is not ours, a token for another API', async () => {
    const iss = issuer.issuer;
    const tokens = [
      { iss: `${iss}/` },
      { iss: iss.slice(0, -1) },
      { iss: [iss] },
      { iss: `${iss}.evil.example` },
      { iss: undefined },
      { client_id: 'another-client' },
      { client_id: undefined },
      { client_id: ['test-client'] },
      { aud: 'https://another.api' },
      { aud: [] },
    ];
    await allRefused(await Promise.all(tokens.map((claims) => issuer.token(claims))));
  });

  test('security 29: an ID token is no access token', async () => {
    // API Gateway does not know the difference: it is the service that refuses, behind it too.
    for (const claims of [{ token_use: 'id' }, { token_use: 'id', aud: 'test-client', client_id: undefined }]) {
      const answer = await readShows(url(), await issuer.token(claims));
      expect(answer.status).toBe(401);
      expect(answer.json()).toMatchObject({ code: 'TOKEN_REQUIRED' });
    }
  });

  test("security 30: our issuer's name under another's signature, and the other way round", async () => {
    const other = await startTokenIssuer();
    try {
      const stolenName = await issuer.token({}, {}, other.key);
      const stolenKid = await issuer.token({}, { kid: issuer.key.kid }, other.key);
      await allRefused([stolenName, stolenKid, await other.token(), await other.token({ iss: issuer.issuer })]);
      expect(other.fetches).toBe(0);
    } finally {
      await other.close();
    }
  });

  test.each([
    'other/shows.read',
    `${identifier}/shows.readwrite`,
    `${identifier}/shows`,
    `${identifier}/shows.write`,
    `${identifier}//shows.read`,
    `${identifier}/x/shows.read`,
    `${identifier.toUpperCase()}/shows.read`,
    '',
    undefined,
  ])('security 31: the scope %j does not let read', async (scope) => {
    const answer = await readShows(url(), await issuer.token({ scope }));
    expect(answer.status).toBe(403);
    if (door === 'gateway') expect(answer.json()).toEqual({ message: 'Forbidden' });
    else expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope"');
  });

  test('security 31: who may read may not write, and the other way round', async () => {
    const [reads, writes] = await Promise.all(
      ['read', 'write'].map((verb) => issuer.token({ scope: `openid ${identifier}/shows.${verb}` })),
    );
    expect((await readShows(url(), reads ?? '')).status).toBe(200);
    expect((await writeShows(url(), reads ?? '', [show(`${door}-denied`)])).status).toBe(403);
    expect((await readShows(url(), writes ?? '')).status).toBe(403);
    expect((await writeShows(url(), writes ?? '', [show(`${door}-allowed`)])).status).toBe(201);
  });

  test('security 32: no token, a token in the query, two of them, another scheme', async () => {
    const bare = await call(`${url()}/v1/shows`);
    expectRefused(bare);
    if (door === 'service') expect(bare.headers['www-authenticate']).toBe('Bearer');
    for (const answer of [
      await call(`${url()}/v1/shows?access_token=${good}`),
      await call(`${url()}/v1/shows`, {
        headers: { authorization: [bearer(good).authorization, 'Bearer x'] as never },
      }),
      await call(`${url()}/v1/shows`, { headers: { authorization: `Bearer ${good}, Bearer ${good}` } }),
      await call(`${url()}/v1/shows`, { headers: { authorization: `Basic ${btoa('test-client:x')}` } }),
      await call(`${url()}/v1/shows`, { headers: { authorization: 'Bearer' } }),
      await call(`${url()}/v1/shows`, { headers: { authorization: `Bearer ${good}x` } }),
    ]) {
      expect([400, 401]).toContain(answer.status);
    }
  });

  test('security 33: a session cookie alone opens nothing', async () => {
    for (const name of ['session', `session-${new URL(url()).port}`, '__Host-session']) {
      expectRefused(await call(`${url()}/v1/shows`, { headers: { cookie: `${name}=${good}` } }));
    }
  });

  test.each([
    '//v1/shows',
    '/v1//shows',
    '/v1/shows/',
    '/v1/shows;x',
    '/v1/shows%2F',
    '/v1%2Fshows',
    '/V1/Shows',
    '/v1/./shows',
    '/v1/x/../shows',
    '/v1/show%73',
    '/v1/shows%00',
    '/v1/shows?',
    '/v1/health/../shows',
    '/health/../v1/shows',
    '/v1/health%2f..%2fshows',
  ])('security 34: nobody without a token gets in by %s', async (rawPath) => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const { status, body } = await call(url(), { method, rawPath });
      expect([400, 401, 404, 405], `${method} ${status}`).toContain(status);
      expect(body).not.toContain('"response"');
    }
  });

  test('security 34: HEAD and other methods are no way around the token', async () => {
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'TRACE']) {
      const { status } = await call(`${url()}/v1/shows`, { method });
      expect([401, 404, 405], `${method} ${status}`).toContain(status);
    }
  });

  test('security 50: a token appears in no answer and no log', async () => {
    const wrong = await issuer.token({ exp: seconds(-600) });
    const answers = [await readShows(url(), wrong), await readShows(url(), good), await readShows(url(), `${good}x`)];
    const seen = JSON.stringify([answers, app.logs(), direct.process.output()]);
    for (const token of [good, wrong]) for (const piece of token.split('.')) expect(seen).not.toContain(piece);
  });
});
