import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBrowser, page, setCookies } from './browser.ts';
import { publicUrl, startService, type TestService } from './service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const whoIs = async (browser: ReturnType<typeof createBrowser>) => browser.get('/page', { accept: 'application/json' });

describe('login', () => {
  it('takes a person to the provider and back to the page that was asked for', async () => {
    const browser = createBrowser(service.app);
    const wanted = await browser.get('/page?x=1&y=%2F');
    expect(wanted.statusCode).toBe(302);
    expect(wanted.headers.location).toBe('/login?return_to=%2Fpage%3Fx%3D1%26y%3D%252F');
    const finished = await browser.signIn('/page?x=1&y=%2F');
    expect(finished.statusCode).toBe(302);
    expect(finished.headers.location).toBe('/page?x=1&y=%2F');
    const greeted = await whoIs(browser);
    expect(greeted.json()).toMatchObject({
      kind: 'person',
      iss: service.provider.issuer,
      sub: 'person-1',
      name: 'Ada',
    });
  });

  it('security 1: two starts differ in state, nonce and S256 challenge; redirect_uri is constant', async () => {
    const starts = await Promise.all([1, 2].map(() => createBrowser(service.app).get('/login')));
    const [one, two] = starts.map(({ headers }) => new URL(String(headers.location)).searchParams);
    for (const name of ['state', 'nonce', 'code_challenge']) expect(one?.get(name)).not.toBe(two?.get(name));
    expect(one?.get('code_challenge_method')).toBe('S256');
    for (const start of [one, two]) expect(start?.get('redirect_uri')).toBe(`${publicUrl}/auth/callback`);
  });

  it('security 1: redirect_uri does not follow Host or X-Forwarded-Host', async () => {
    const headers = {
      ...page,
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    };
    const start = await service.app.inject({ url: '/login', headers });
    expect(new URL(String(start.headers.location)).searchParams.get('redirect_uri')).toBe(`${publicUrl}/auth/callback`);
  });

  it("security 2: a callback with another browser's state, or without the transaction cookie, is refused", async () => {
    const attacker = createBrowser(service.app);
    const callback = await attacker.comeBack();
    const victim = createBrowser(service.app);
    expect((await victim.get(callback)).statusCode).toBe(400);
    await victim.get('/login');
    const mixed = await victim.get(callback);
    expect(mixed.statusCode).toBe(400);
    expect(setCookies(mixed).filter((line) => line.startsWith('__Host-session'))).toEqual([]);
    expect(service.provider.requests.token).toEqual([]);
  });

  it('security 3: a replayed callback gives no second session', async () => {
    const browser = createBrowser(service.app);
    const callback = await browser.comeBack();
    const before = new Map(browser.jar);
    expect((await browser.get(callback)).statusCode).toBe(302);
    const thief = createBrowser(service.app);
    for (const [name, value] of before) thief.jar.set(name, value);
    const replay = await thief.get(callback);
    expect(replay.statusCode).toBe(400);
    expect(thief.jar.has('__Host-session')).toBe(false);
  });

  it('security 3: of parallel replays with a provider that forgets used codes, one session comes out', async () => {
    service.provider.faults.reusableCodes = true;
    const browser = createBrowser(service.app);
    const callback = await browser.comeBack();
    const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => service.app.inject({ url: callback, headers: { ...page, cookie } })),
    );
    const sessions = answers.flatMap(setCookies).filter((line) => line.startsWith('__Host-session='));
    expect(sessions).toHaveLength(1);
  });

  it('security 7: error=<script> on the callback is escaped, gives a way to start again and no session', async () => {
    const browser = createBrowser(service.app);
    const { searchParams } = new URL(await browser.comeBack(), publicUrl);
    const error = encodeURIComponent('<script>alert(1)</script>');
    const state = searchParams.get('state');
    const iss = encodeURIComponent(service.provider.issuer);
    const answer = await browser.get(
      `/auth/callback?state=${state}&iss=${iss}&error=${error}&error_description=${error}`,
    );
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).not.toContain('<script');
    expect(answer.body).toContain('&lt;script&gt;');
    expect(answer.body).toContain('href="/login"');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(browser.jar.size).toBe(0);
  });

  it.each([
    ['access_denied', 'the error access_denied'],
    ['hunter2-error', 'an error of no known form'],
    ['x'.repeat(41), 'an error of no known form'],
  ])('security 50: error=%s on the callback is logged as %s', async (error, reason) => {
    const browser = createBrowser(service.app);
    const { searchParams } = new URL(await browser.comeBack(), publicUrl);
    const query = new URLSearchParams({ state: searchParams.get('state') ?? '', iss: service.provider.issuer, error });
    expect((await browser.get(`/auth/callback?${query}`)).statusCode).toBe(400);
    const events = service.logs.map((line) => JSON.parse(line) as { event?: string; reason?: string });
    const failures = events.filter(({ event }) => event === 'sign-in-failed');
    expect(failures.at(-1)?.reason).toBe(`the provider answered with ${reason}`);
  });

  it('security 8: two tabs that log in at once both finish', async () => {
    const browser = createBrowser(service.app);
    const first = await browser.comeBack('/page?tab=1');
    const second = await browser.comeBack('/page?tab=2');
    expect((await browser.get(first)).headers.location).toBe('/page?tab=1');
    expect((await browser.get(second)).headers.location).toBe('/page?tab=2');
  });

  it('security 8: 50 abandoned starts leave a bounded number of cookies, and the last one finishes', async () => {
    const browser = createBrowser(service.app);
    let callback = '';
    for (let start = 0; start < 50; start++) callback = await browser.comeBack(`/page?${'x'.repeat(start * 20)}`);
    expect(browser.jar.size).toBeLessThanOrEqual(8);
    const bytes = [...browser.jar].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    expect(bytes).toBeLessThan(8 * 1024);
    expect((await browser.get(callback)).statusCode).toBe(302);
  });

  it('security 12: an unauthenticated POST is refused and not replayed after login', async () => {
    const browser = createBrowser(service.app);
    const answer = await browser.post('/page');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBeTruthy();
    expect(answer.headers.location).toBeUndefined();
  });

  it('security 13: identity is (iss, sub); an unverified email is passed on as unverified', async () => {
    const first = createBrowser(service.app);
    await first.signIn();
    service.provider.faults.profile = { sub: 'person-2', email: 'ada@example.com', email_verified: false };
    const second = createBrowser(service.app);
    await second.signIn();
    expect((await whoIs(first)).json()).toMatchObject({ sub: 'person-1', emailVerified: true });
    expect((await whoIs(second)).json()).toMatchObject({ sub: 'person-2', emailVerified: false });
  });

  it('security 14: the session id changes at login, and a planted cookie is ignored', async () => {
    const browser = createBrowser(service.app);
    browser.jar.set('__Host-session', 'planted');
    expect((await whoIs(browser)).statusCode).toBe(401);
    await browser.signIn();
    const first = (await whoIs(browser)).json().sid;
    await browser.signIn();
    const second = (await whoIs(browser)).json().sid;
    expect(second).not.toBe(first);
  });

  it('security 23: answers that set a cookie or know the person are not stored', async () => {
    const browser = createBrowser(service.app);
    const start = await browser.get('/login');
    const finished = await browser.signIn();
    const answers = [start, finished, await whoIs(browser), await browser.get('/public')];
    for (const answer of answers) expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('security 52: sign-in, failure and sign-out are logged, without a token or a code', async () => {
    const browser = createBrowser(service.app);
    const callback = await browser.comeBack();
    await browser.get(callback);
    await browser.get(callback);
    await browser.post('/logout');
    const events = service.logs.map((line) => JSON.parse(line)).filter(({ event }) => event);
    expect(events.map(({ event }) => event)).toEqual(['sign-in-started', 'sign-in', 'sign-in-failed', 'sign-out']);
    const code = new URL(callback, publicUrl).searchParams.get('code') ?? 'none';
    const own = service.logs.filter((line) => !line.includes('incoming request')).join('');
    expect(own).not.toContain(code);
    expect(own).not.toContain('eyJ');
  });
});
