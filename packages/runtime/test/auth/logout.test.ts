import { generateKeyPair } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memorySessions } from '@keelson/runtime/session';
import { type Browser, createBrowser, page, setCookies } from './browser.ts';
import { publicUrl, startService, type TestService } from './service.ts';

let service: TestService;
let browser: Browser;
beforeEach(async () => {
  service = await startService();
  browser = createBrowser(service.app);
});
afterEach(async () => {
  vi.useRealTimers();
  await service.stop();
});

const json = { accept: 'application/json' };
const signedIn = async (who: Browser) => (await who.get('/page', json)).statusCode === 200;

describe('logout', () => {
  const destinations: [string, Record<string, string>, (issuer: string) => string | undefined][] = [
    [
      'generic',
      {},
      (issuer) =>
        `${issuer}/end-session?client_id=client&post_logout_redirect_uri=${encodeURIComponent(`${publicUrl}/`)}`,
    ],
    ['auth0', {}, (issuer) => `${issuer}/v2/logout?client_id=client&returnTo=${encodeURIComponent(`${publicUrl}/`)}`],
    [
      'cognito',
      {},
      (issuer) => `${issuer}/end-session?client_id=client&logout_uri=${encodeURIComponent(`${publicUrl}/`)}`,
    ],
    ['google', {}, () => undefined],
  ];
  it.each(destinations)("security 20: %s: goes to the provider's own endpoint", async (name, _options, expected) => {
    const other = await startService({ provider: service.provider, env: { OIDC_PROVIDER: name } });
    const person = createBrowser(other.app);
    await person.signIn();
    const answer = await person.post('/logout');
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(expected(service.provider.issuer) ?? '/logout');
    expect(await signedIn(person)).toBe(false);
    await other.app.close();
  });

  it('security 20: Cognito without an end_session_endpoint: /logout of the domain where people sign in', async () => {
    service.provider.faults.metadata = { end_session_endpoint: undefined };
    const other = await startService({ provider: service.provider, env: { OIDC_PROVIDER: 'cognito' } });
    const answer = await createBrowser(other.app).post('/logout');
    expect(new URL(String(answer.headers.location)).pathname).toBe('/logout');
    await other.app.close();
  });

  it('gives a script the address instead of a redirect', async () => {
    await browser.signIn();
    const answer = await browser.post('/logout', { ...json, 'sec-fetch-site': 'same-origin' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json().logoutUrl).toContain('/end-session?');
    expect(await signedIn(browser)).toBe(false);
  });

  it('ends the session here also when the provider is down', async () => {
    service.provider.faults.broken = ['/.well-known/openid-configuration'];
    const other = await startService({ provider: service.provider });
    const answer = await createBrowser(other.app).post('/logout');
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/logout');
    await other.app.close();
  });

  it('security 21: a GET asks and has no effect, from wherever it comes', async () => {
    await browser.signIn();
    const asked = await browser.get('/logout', { ...page, 'sec-fetch-site': 'cross-site' });
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('<form method="post" action="/logout">');
    expect(asked.headers['content-security-policy']).toContain(`form-action 'self' ${service.provider.issuer};`);
    expect(setCookies(asked)).toEqual([]);
    expect(await signedIn(browser)).toBe(true);
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'https://app.example.com.evil.example' }],
  ])('security 21: a POST with %j is refused and has no effect', async (headers) => {
    await browser.signIn();
    expect((await browser.post('/logout', headers)).statusCode).toBe(403);
    expect(await signedIn(browser)).toBe(true);
  });

  it('works as a form, with the Origin of the service', async () => {
    await browser.signIn();
    const headers = { ...page, origin: publicUrl, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await browser.post('/logout', headers)).statusCode).toBe(303);
  });

  it("a page's own policy is opened for the provider, so that Chromium follows its sign-out form", async () => {
    await browser.signIn();
    const { app } = await withPage(service);
    const answer = await app.inject('/form');
    expect(answer.headers['content-security-policy']).toBe(
      `default-src 'self'; form-action 'self' ${service.provider.issuer}; base-uri 'none'`,
    );
    await app.close();
  });
});

describe('security 22: back-channel logout', () => {
  const send = (token: string, app = service.app) =>
    app.inject({
      method: 'POST',
      url: '/auth/backchannel-logout',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ logout_token: token }).toString(),
    });
  const event = 'http://schemas.openid.net/event/backchannel-logout';

  it('a valid token with sub ends every session of the person, everywhere', async () => {
    const store = memorySessions();
    const [here, there] = [
      await startService({ provider: service.provider, store }),
      await startService({ provider: service.provider, store }),
    ];
    const people = [createBrowser(here.app), createBrowser(there.app)] as const;
    for (const person of people) {
      await person.signIn();
      expect(await signedIn(person)).toBe(true);
    }
    const answer = await send(await service.provider.logoutToken(), here.app);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(await signedIn(people[0])).toBe(false);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 });
    expect(await signedIn(people[1])).toBe(false);
    await here.app.close();
    await there.app.close();
  });

  it('a valid token with sid ends that session only, and a new login works', async () => {
    service.provider.faults.profile = { sid: 'at-the-provider-1' };
    await browser.signIn();
    const other = createBrowser(service.app);
    service.provider.faults.profile = { sid: 'at-the-provider-2' };
    await other.signIn();
    expect((await send(await service.provider.logoutToken({ sid: 'at-the-provider-1' }))).statusCode).toBe(200);
    expect([await signedIn(browser), await signedIn(other)]).toEqual([false, true]);
    service.provider.faults.profile = { sid: 'at-the-provider-3' };
    await browser.signIn();
    expect(await signedIn(browser)).toBe(true);
  });

  it('a token with sid and sub ends a session that the provider gave no sid', async () => {
    await browser.signIn();
    expect((await send(await service.provider.logoutToken({ sid: 'at-the-provider-1' }))).statusCode).toBe(200);
    expect(await signedIn(browser)).toBe(false);
  });

  it('a replayed jti is refused', async () => {
    const token = await service.provider.logoutToken();
    expect((await send(token)).statusCode).toBe(200);
    expect((await send(token)).statusCode).toBe(400);
  });

  const now = () => Math.floor(Date.now() / 1000);
  const bad: [string, Record<string, unknown>, Record<string, unknown>?][] = [
    ['typ of a plain JWT', {}, { typ: 'JWT' }],
    ['no typ', {}, { typ: undefined }],
    ['typ of an access token', {}, { typ: 'at+jwt' }],
    ['no events', { events: undefined }],
    ['another event', { events: { 'http://schemas.openid.net/event/other': {} } }],
    ['an event that is no object', { events: { [event]: true } }],
    ['events as an array', { events: [event] }],
    ['a nonce', { nonce: 'x' }],
    ['a null nonce', { nonce: null }],
    ['wrong iss', { iss: 'https://evil.example' }],
    ['wrong aud', { aud: 'someone-else' }],
    ['expired', { iat: now() - 900, exp: now() - 600 }],
    ['no exp', { exp: undefined }],
    ['no iat', { iat: undefined }],
    ['iat in the future', { iat: now() + 600, exp: now() + 900 }],
    ['no jti', { jti: undefined }],
    ['neither sub nor sid', { sub: undefined }],
    ['sid that is no string', { sid: 7 }],
    ['jti with a NUL', { jti: 'a\u0000b' }],
  ];
  it.each(bad)('%s → 400, nobody is signed out', async (_what, claims, header) => {
    await browser.signIn();
    const answer = await send(await service.provider.logoutToken(claims, header));
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toBe('invalid_request');
    expect(await signedIn(browser)).toBe(true);
  });

  it('wrong signature, an ID token, rubbish, none or two tokens → 400', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await service.provider.logoutToken({}, {}, privateKey);
    for (const token of [forged, 'rubbish', '', 'a.b.c']) expect((await send(token)).statusCode).toBe(400);
    const twice = await service.app.inject({
      method: 'POST',
      url: '/auth/backchannel-logout',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'logout_token=a&logout_token=b',
    });
    expect(twice.statusCode).toBe(400);
    expect((await service.app.inject({ method: 'POST', url: '/auth/backchannel-logout' })).statusCode).toBe(400);
  });
});

async function withPage({ provider }: TestService): Promise<TestService> {
  const other = await startService({
    provider,
    routes: (app) => {
      app.get('/form', { auth: 'public' }, async (_request, reply) => {
        reply.header('content-security-policy', "default-src 'self'; form-action 'self'; base-uri 'none'");
        return reply.type('text/html').send('<form method="post" action="/logout"></form>');
      });
    },
  });
  await createBrowser(other.app).get('/login');
  return other;
}
