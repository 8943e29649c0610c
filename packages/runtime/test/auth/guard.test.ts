import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Authenticator, guard, type Machine } from '@keelson/runtime/session';
import { KeelsonError } from '@keelson/runtime/errors';
import { createBrowser, page } from './browser.ts';
import { startService, type TestService } from './service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService({ routes: addRoutes });
});
afterEach(() => service.stop());

const machine: Machine = { kind: 'machine', iss: 'https://i', clientId: 'm', scopes: ['shows.read', 'readwrite'] };
const bearer: Authenticator = {
  kind: 'bearer',
  authenticate: ({ headers }) => (headers.authorization === 'Bearer good' ? machine : null),
  challenge: () => 'Bearer',
};

function addRoutes(app: FastifyInstance): void {
  app.addAuthenticator(bearer);
  app.get('/read', { auth: { scopes: ['shows.read'] } }, async ({ identity }) => identity);
  app.get('/write', { auth: { scopes: ['shows.read', 'shows.write'] } }, async () => 'written');
  app.get('/substring', { auth: { scopes: ['read'] } }, async () => 'read');
  app.get('/cached', async (_request, reply) => reply.header('cache-control', 'public, max-age=60').send('mine'));
  app.register(
    async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.auth ??= 'public';
      });
      scope.get('/page', async () => 'open');
    },
    { prefix: '/open' },
  );
  app.register(async (scope) => void scope.get('/page', async () => 'closed'), { prefix: '/closed' });
}

const good = { authorization: 'Bearer good' };
const json = { accept: 'application/json' };

describe('guard', () => {
  it('a route without a rule needs a signed-in person, in every scope', async () => {
    for (const url of ['/page', '/closed/page']) {
      expect((await service.app.inject({ url, headers: json })).statusCode).toBe(401);
    }
    expect((await service.app.inject('/open/page')).body).toBe('open');
  });

  it('sends a browser that loads a page to the login, and nothing else', async () => {
    const at = (headers: Record<string, string>) => service.app.inject({ url: '/page', headers });
    expect((await at(page)).headers.location).toBe('/login?return_to=%2Fpage');
    expect((await at({ accept: 'text/html' })).statusCode).toBe(302);
    // Node's fetch
    expect((await at({ accept: 'text/html', 'sec-fetch-mode': 'cors' })).statusCode).toBe(302);
    for (const headers of [
      json,
      {},
      { accept: '*/*' },
      { accept: 'text/html', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    ]) {
      const answer = await at(headers as Record<string, string>);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Cookie form-action="/login"');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it.each([
    '//page',
    '/page;x',
    '/page%2F',
    '/PAGE',
    '/page/',
    '/%70age',
    '/./page',
    '/closed/../page',
    '/page?x',
    '/page#',
  ])('security 34: GET and HEAD %s without a session are never 200', async (url) => {
    for (const method of ['GET', 'HEAD'] as const) {
      const answer = await service.app.inject({ method, url, headers: json });
      expect([401, 404]).toContain(answer.statusCode);
    }
  });

  it('security 34: HEAD on a protected route → 401', async () => {
    expect((await service.app.inject({ method: 'HEAD', url: '/page', headers: json })).statusCode).toBe(401);
  });

  it("security 33: a machine token on a person's route → 403; a session alone on a token route → 401", async () => {
    expect((await service.app.inject({ url: '/page', headers: { ...json, ...good } })).statusCode).toBe(403);
    expect(
      (await service.app.inject({ url: '/page', headers: { ...json, authorization: 'Bearer bad' } })).statusCode,
    ).toBe(401);
    const browser = createBrowser(service.app);
    await browser.signIn();
    const answer = await browser.get('/read', json);
    expect(answer.statusCode).toBe(401);
    expect((await browser.get('/read', { ...json, ...good })).json()).toEqual(machine);
  });

  it('security 32: no token → 401 with a bare Bearer challenge, for a browser too', async () => {
    for (const headers of [json, page]) {
      const answer = await service.app.inject({ url: '/read', headers });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
  });

  it('security 31: every scope is needed, and only the exact word counts', async () => {
    expect((await service.app.inject({ url: '/read', headers: good })).statusCode).toBe(200);
    for (const url of ['/write', '/substring']) {
      const answer = await service.app.inject({ url, headers: good });
      expect(answer.statusCode).toBe(403);
      expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope"');
    }
  });

  it('a role is asked of the session', async () => {
    const browser = createBrowser(service.app);
    await browser.signIn();
    expect((await browser.get('/admin', page)).statusCode).toBe(403);
    service.provider.faults.profile = { roles: ['admin'] };
    await browser.signIn();
    expect((await browser.get('/admin', page)).statusCode).toBe(200);
  });

  it('security 23: a handler cannot make the answer of a protected route storable', async () => {
    const browser = createBrowser(service.app);
    await browser.signIn();
    expect((await browser.get('/cached')).headers['cache-control']).toBe('no-store');
  });

  it('fails the boot when nobody could ever use a route, naming every one', async () => {
    const app = Fastify();
    await app.register(guard);
    app.get('/people', async () => 'x');
    app.get('/machines', { auth: { scopes: ['a'] } }, async () => 'x');
    app.get('/empty', { auth: { scopes: [] } }, async () => 'x');
    app.get('/health', { auth: 'public' }, async () => 'x');
    const error = await Promise.resolve(app.ready()).catch((problem: unknown) => problem);
    const text = String(error);
    for (const route of ['GET /people', 'GET /machines', 'GET /empty']) expect(text).toContain(route);
    expect(text).not.toContain('/health');
    expect(text).toContain("auth: 'public'");
    await app.close();
  });

  it('an authenticator that fails is no way in', async () => {
    const app = Fastify();
    await app.register(guard);
    app.addAuthenticator({
      kind: 'session',
      authenticate: () => {
        throw new KeelsonError('SESSION_STORE_UNAVAILABLE');
      },
      challenge: () => 'Cookie',
    });
    app.get('/page', async () => 'x');
    expect((await app.inject('/page')).statusCode).toBe(503);
    await app.close();
  });
});
