import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { forms } from '@keelson/runtime/http';
import { login } from '@keelson/runtime/login';
import { memorySessions } from '@keelson/runtime/session';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBrowser, page } from '../auth/browser.ts';
import { hostileClient, type HostileProvider, startHostileProvider } from '../auth/hostile-provider.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { cognitoEnv, response, startTokenService, type TokenService } from './service.ts';

let issuer: Issuer;
let provider: HostileProvider;
let service: TokenService;
let token: string;
beforeAll(async () => {
  [issuer, provider] = await Promise.all([startIssuer(), startHostileProvider()]);
  const env = {
    KEELSON_ENVIRONMENT: 'local',
    OIDC_PROVIDER: 'generic',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: hostileClient.clientId,
    OIDC_CLIENT_SECRET: hostileClient.clientSecret,
    SESSION_KEYS: 'k'.repeat(40),
  };
  service = await startTokenService(cognitoEnv(issuer), {
    env,
    more: async (app) => {
      await app.register(login, { store: memorySessions() });
      await app.register(forms);
      app.get('/person', { schema: { response } }, async ({ identity }) => ({ identity }));
      app.get('/admin', { auth: { role: 'admin' }, schema: { response } }, async () => ({}));
    },
  });
  await service.app.listen({ host: '127.0.0.1', port: 0 });
  token = await issuer.token({ scope: 'https://shows.api/shows.read https://shows.api/shows.write' });
});
afterAll(async () => {
  await service.app.close();
  await Promise.all([issuer.stop(), provider.stop()]);
});
beforeEach(() => void service.logs.splice(0));

const invalidRequest = 'Bearer error="invalid_request"';

/** Sends lines as they are; gives the status and the challenge. */
async function raw(lines: readonly string[], body = ''): Promise<{ status: number; challenge: string | undefined }> {
  const socket = connect((service.app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write([...lines, 'Host: app.example.com', 'Connection: close', '', body].join('\r\n'));
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(socket, 'close');
  return { status: Number(text.slice(9, 12)), challenge: /^www-authenticate: (.*)$/im.exec(text)?.[1] };
}

describe('security 32: how a token is sent', () => {
  it.each<[string, Record<string, string>]>([
    ['no header', {}],
    ['an empty header', { authorization: '' }],
    ['Basic', { authorization: 'Basic Y2xpZW50OnNlY3JldA==' }],
    ['the token without a scheme', { authorization: 'TOKEN' }],
    ['a scheme that begins the same', { authorization: 'Bearerx TOKEN' }],
    ['the token in another header', { 'x-access-token': 'TOKEN', 'proxy-authorization': 'Bearer TOKEN' }],
    ['the token in a cookie', { cookie: 'access_token=TOKEN; token=TOKEN; authorization=Bearer TOKEN' }],
  ])('%s → 401 with a bare Bearer challenge', async (_what, given) => {
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value.replace('TOKEN', token)]),
    );
    for (const accept of ['application/json', page.accept]) {
      const answer = await service.app.inject({ url: '/read', headers: { accept, ...headers } });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.body).toContain('Send an access token that is valid for this.');
    }
  });

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer TOKEN,TOKEN',
    'Bearer TOKEN, Bearer TOKEN',
    'Bearer "TOKEN"',
    'Bearer TOKEN x',
  ])('%s → 401 invalid_token', async (text) => {
    const answer = await service.app.inject({
      url: '/read',
      headers: { authorization: text.replaceAll('TOKEN', token) },
    });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it('the scheme is taken in any case (RFC 9110)', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer ']) {
      const headers = { authorization: `${scheme} ${token}` };
      expect((await service.app.inject({ url: '/read', headers })).statusCode).toBe(200);
    }
  });

  it('two Authorization headers → 400, the same token twice included', async () => {
    const good = `Authorization: Bearer ${token}`;
    for (const second of [good, 'authorization: Bearer x', 'AUTHORIZATION: Basic eDp5', 'Authorization:']) {
      for (const lines of [
        [good, second],
        [second, good],
      ]) {
        expect(await raw(['GET /read HTTP/1.1', ...lines])).toEqual({ status: 400, challenge: invalidRequest });
      }
    }
    expect((await raw(['GET /read HTTP/1.1', good])).status).toBe(200);
  });

  it.each([
    '/read?access_token=TOKEN',
    '/read?a=1&access_token=TOKEN&b=2',
    '/read?%61ccess_token=TOKEN',
    '/read?access_token=',
  ])('a token in the query (%s) → 400, with a token in the header too', async (path) => {
    const url = path.replace('TOKEN', token);
    for (const headers of [{}, { authorization: `Bearer ${token}` }]) {
      const answer = await service.app.inject({ url, headers });
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['www-authenticate']).toBe(invalidRequest);
    }
    expect(service.logs.join('')).not.toContain(token);
  });

  it('a token in a form → 401, and 400 beside one in the header', async () => {
    const sent = { method: 'POST', url: '/write', payload: `access_token=${token}` } as const;
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await service.app.inject({ ...sent, headers: type })).statusCode).toBe(401);
    const both = await service.app.inject({ ...sent, headers: { ...type, authorization: `Bearer ${token}` } });
    expect(both.statusCode).toBe(400);
    expect(both.headers['www-authenticate']).toBe(invalidRequest);
    const without = { ...sent, payload: 'title=a', headers: { ...type, authorization: `Bearer ${token}` } };
    expect((await service.app.inject(without)).statusCode).toBe(200);
  });

  it('a member access_token of JSON is data', async () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await service.app.inject({ method: 'POST', url: '/write', headers, payload: { access_token: 'x' } });
    expect(answer.statusCode).toBe(200);
  });
});

describe('security 33: people and machines', () => {
  const bearer = () => ({ authorization: `Bearer ${token}`, accept: 'application/json' });

  it("a machine token on a person's route → 403, whatever its scopes", async () => {
    for (const url of ['/person', '/admin']) {
      for (const accept of ['application/json', page.accept]) {
        const answer = await service.app.inject({ url, headers: { ...bearer(), accept } });
        expect(answer.statusCode).toBe(403);
      }
    }
  });

  it("a token that is no good on a person's route → 401", async () => {
    const headers = { authorization: 'Bearer x', accept: 'application/json' };
    const answer = await service.app.inject({ url: '/person', headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Cookie');
  });

  it('a session cookie alone on a token route → 401 with a bare challenge; beside a token it does no harm', async () => {
    const browser = createBrowser(service.app);
    await browser.signIn();
    expect((await browser.get('/person')).statusCode).toBe(200);
    const answer = await browser.get('/read');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    const both = await browser.get('/read', bearer());
    expect(both.json()).toMatchObject({ identity: { kind: 'machine' } });
  });
});

describe('security 34: other spellings of a protected route', () => {
  it.each([
    '//read',
    '/read;x',
    '/read%2F',
    '/READ',
    '/read/',
    '/%72ead',
    '/./read',
    '/open/../read',
    '/read?x',
    '/read#',
  ])('GET and HEAD %s without a token are never 200', async (path) => {
    for (const method of ['GET', 'HEAD']) {
      expect([401, 404]).toContain((await raw([`${method} ${path} HTTP/1.1`])).status);
    }
  });

  it('HEAD with a token is as GET; without the scope 403', async () => {
    const authorization = `Authorization: Bearer ${token}`;
    expect((await raw(['HEAD /read HTTP/1.1', authorization])).status).toBe(200);
    expect((await raw(['HEAD /single HTTP/1.1', authorization])).status).toBe(403);
  });
});

describe('security 52: the log', () => {
  it('names why a token is refused, and never a part of it', async () => {
    const bad = await issuer.token({ token_use: 'id', email: 'someone@example.com' });
    expect((await service.read(bad)).statusCode).toBe(401);
    expect((await service.read(token, '/single')).statusCode).toBe(403);
    const log = service.logs.join('');
    expect(log).toContain('"event":"token-refused","reason":"not-an-access-token"');
    expect(log).toContain('"event":"scope-missing"');
    expect(log).toContain('"clientId":"client-1","needed":["read"]');
    for (const part of [...bad.split('.'), ...token.split('.'), 'someone@example.com']) expect(log).not.toContain(part);
  });

  it('security 50: rubbish in the header reaches no log and no answer', async () => {
    const secret = 'a-secret-that-somebody-pasted';
    const texts: string[] = [];
    for (const text of [`Bearer ${secret}`, `Basic ${secret}`, secret, `Bearer ${secret}.${secret}.${secret}`]) {
      texts.push((await service.app.inject({ url: '/read', headers: { authorization: text } })).body);
    }
    expect(service.logs.join('') + texts.join('')).not.toContain(secret);
  });
});
