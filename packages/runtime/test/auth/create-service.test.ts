import { createService, KeelsonError } from '@keelson/runtime';
import { login, type LoginOptions } from '@keelson/runtime/login';
import { memorySessions } from '@keelson/runtime/session';
import Type from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBrowser } from './browser.ts';
import { type HostileProvider, startHostileProvider } from './hostile-provider.ts';
import { loginEnv } from './service.ts';

let provider: HostileProvider;
const closers: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  provider = await startHostileProvider();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await provider.stop();
});

const person = Type.Object({ sub: Type.String(), roles: Type.Optional(Type.Array(Type.String())) });
const json = { accept: 'application/json' };

async function build(options: LoginOptions = {}, env: Record<string, string> = {}, lines?: string[]) {
  const service = createService(async (app) => {
    await app.register(login, { store: memorySessions(), ...options });
    app.get('/page', { schema: { response: { 200: person } } }, async ({ identity }) => identity as never);
    app.get('/form', { schema: { response: { 200: Type.String() } } }, async (_request, reply) =>
      reply.type('text/html').send('<form method="post" action="/logout"></form>'),
    );
    app.get('/admin', { auth: { role: 'admin' }, schema: { response: { 200: person } } }, async () => ({ sub: 'x' }));
  });
  const logger = lines === undefined ? {} : { logger: { write: (line: string) => void lines.push(line) } };
  const app = await service.build({ ...loginEnv(provider), LOG_LEVEL: 'silent', ...env }, logger);
  closers.push(() => app.close());
  return app;
}

describe('login in createService', () => {
  it('answers an API caller with a problem document and a challenge', async () => {
    const answer = await (await build()).inject({ url: '/page', headers: json });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['www-authenticate']).toBe('Cookie form-action="/login"');
    expect(answer.json().code).toBe('UNAUTHENTICATED');
  });

  it('signs a person in and out', async () => {
    const browser = createBrowser(await build());
    expect((await browser.signIn('/page')).headers.location).toBe('/page');
    expect((await browser.get('/page', json)).json()).toEqual({ sub: 'person-1' });
    expect((await browser.post('/logout')).statusCode).toBe(303);
    expect((await browser.get('/page', json)).statusCode).toBe(401);
  });

  it("lets the sign-out form of the service's own pages go on to the provider", async () => {
    const browser = createBrowser(await build());
    await browser.signIn();
    const { headers } = await browser.get('/form');
    expect(headers['content-security-policy']).toMatch(new RegExp(`form-action 'self' ${provider.issuer}(;|$)`));
  });

  it('security 50: no code, state, hint or token of a login reaches the log', async () => {
    const lines: string[] = [];
    const browser = createBrowser(await build({}, { LOG_LEVEL: 'trace' }, lines));
    await browser.get('/login?login_hint=hunter2@example.com&return_to=/page?x=hunter2');
    const callbacks = [await browser.comeBack('/page'), await browser.comeBack('/page')];
    const [first = '', second = ''] = callbacks;
    expect((await browser.get(first)).statusCode).toBe(302);
    // Replayed, then with a code that the provider does not know, then while the provider is away.
    expect((await browser.get(first)).statusCode).toBe(400);
    provider.faults.broken = ['/token'];
    expect((await browser.get(second)).statusCode).toBe(503);
    provider.faults.broken = [];
    const unknown = second.replace(/code=[^&]+/, 'code=hunter2-code');
    expect((await browser.get(unknown)).statusCode).toBe(400);
    const secrets = callbacks.flatMap((path) => {
      const { searchParams } = new URL(path, 'http://a');
      return ['code', 'state'].map((name) => searchParams.get(name) ?? '');
    });
    secrets.push(...provider.requests.token.flatMap((form) => [form.get('code_verifier') ?? '']));
    secrets.push(...provider.requests.authorize.flatMap((query) => [query.get('nonce') ?? '']));
    expect(secrets.length).toBeGreaterThanOrEqual(8);
    expect(secrets.every((secret) => secret.length >= 16)).toBe(true);
    expect(lines.filter((line) => line.includes('/auth/callback')).length).toBeGreaterThanOrEqual(4);
    expect(lines.join('')).not.toContain('hunter2');
    expect(secrets.filter((secret) => lines.join('').includes(secret))).toEqual([]);
  });

  it('a logout form of another site is refused', async () => {
    const browser = createBrowser(await build());
    await browser.signIn();
    expect((await browser.post('/logout', { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await browser.get('/page', json)).statusCode).toBe(200);
  });

  it('names every missing variable at once', async () => {
    const service = createService(async (app) => {
      await app.register(login);
    });
    const error = await service
      .build({ NODE_ENV: 'production', LOG_LEVEL: 'silent' })
      .catch((problem: unknown) => problem);
    const names = [
      'OIDC_PROVIDER',
      'OIDC_ISSUER',
      'OIDC_CLIENT_ID',
      'OIDC_CLIENT_SECRET',
      'SESSION_KEYS',
      'SESSION_TABLE',
      'PUBLIC_URL',
    ];
    for (const name of names) expect(String(error)).toContain(name);
  });

  it.each([
    ['OIDC_ISSUER', 'http://login.example.com', 'https://'],
    ['OIDC_ISSUER', 'acme.eu.auth0.com', 'not a URL'],
    ['OIDC_PROVIDER', 'facebook', 'auth0, google, cognito, generic'],
    ['SESSION_KEYS', 'short', '32 characters'],
  ])('refuses %s=%s, naming the way out and no secret', async (name, value, hint) => {
    const error = await build({}, { [name]: value }).catch((problem: unknown) => problem);
    expect(String(error)).toContain(name);
    expect(String(error)).toContain(hint);
    if (name === 'SESSION_KEYS') expect(String(error)).not.toContain(value);
  });

  it('an http issuer on this machine is refused in production', async () => {
    const production = { NODE_ENV: 'production', KEELSON_ENVIRONMENT: 'prod' };
    await expect(build({}, production)).rejects.toThrow('OIDC_ISSUER');
  });

  it('while a secret is UNSET, what needs it answers 503 and /health 200', async () => {
    const app = await build({}, { SESSION_KEYS: 'UNSET' });
    expect((await app.inject('/health')).statusCode).toBe(200);
    expect((await app.inject('/login')).statusCode).toBe(503);
    expect((await app.inject({ url: '/page', headers: json })).statusCode).toBe(401);
    const planted = { ...json, cookie: '__Host-session=x' };
    expect((await app.inject({ url: '/page', headers: planted })).statusCode).toBe(503);
  });
});

describe('options', () => {
  it('onSignIn gives roles of its own, or refuses the person', async () => {
    const app = await build({
      onSignIn: ({ sub }) => {
        if (sub === 'banned') throw new KeelsonError('FORBIDDEN');
        return { roles: ['admin'] };
      },
    });
    const browser = createBrowser(app);
    await browser.signIn();
    expect((await browser.get('/admin', json)).statusCode).toBe(200);
    provider.faults.profile = { sub: 'banned' };
    const other = createBrowser(app);
    expect((await other.signIn()).statusCode).toBe(403);
    expect(other.jar.size).toBe(0);
  });

  it.each([
    [undefined, 403],
    ['evil.example', 403],
    ['acme.com', 302],
  ])('hostedDomain acme.com: an account of %s → %i', async (hd, status) => {
    provider.faults.profile = { hd };
    const browser = createBrowser(await build({ hostedDomain: 'acme.com' }, { OIDC_PROVIDER: 'google' }));
    expect((await browser.signIn()).statusCode).toBe(status);
    expect(provider.requests.authorize[0]?.get('hd')).toBe('acme.com');
  });

  it.each([{ callbackPath: 'auth' }, { loginPath: '//e' }, { idleTimeout: 0 }])('refuses %j', async (options) => {
    await expect(build(options)).rejects.toThrow(`login.${Object.keys(options)[0]}`);
  });
});
