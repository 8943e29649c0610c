import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBrowser, setCookies } from './browser.ts';
import type { Faults } from './hostile-provider.ts';
import { startService, type TestService } from './service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const now = () => Math.floor(Date.now() / 1000);

async function signInWith(faults: Faults) {
  Object.assign(service.provider.faults, faults);
  const browser = createBrowser(service.app);
  return { browser, answer: await browser.signIn() };
}

async function expectRefused(faults: Faults, status = 400): Promise<void> {
  const { browser, answer } = await signInWith(faults);
  expect(answer.statusCode).toBe(status);
  expect(setCookies(answer).some((line) => line.startsWith('__Host-session='))).toBe(false);
  expect((await browser.get('/page', { accept: 'application/json' })).statusCode).toBe(401);
}

describe('security 4: an ID token is refused when', () => {
  const cases: [string, Record<string, unknown>][] = [
    ['iss is wrong', { iss: 'https://evil.example' }],
    ['iss has a trailing slash too many', { iss: 'ISSUER/' }],
    ['iss is missing', { iss: undefined }],
    ['aud is wrong', { aud: 'someone-else' }],
    ['aud is missing', { aud: undefined }],
    ['aud has several values without azp', { aud: ['client', 'someone-else'] }],
    ['azp is wrong among several audiences', { aud: ['client', 'x'], azp: 'x' }],
    ['azp is wrong with one audience', { azp: 'someone-else' }],
    ['nonce is wrong', { nonce: 'another-nonce' }],
    ['nonce is missing', { nonce: undefined }],
    ['it has expired', { iat: now() - 900, exp: now() - 600 }],
    ['exp is missing', { exp: undefined }],
    ['iat is missing', { iat: undefined }],
    ['sub is missing', { sub: undefined }],
    ['sub is empty', { sub: '' }],
    ['sub is a number', { sub: 7 }],
    ['sub holds a NUL', { sub: 'a\u0000b' }],
  ];
  it.each(cases)('%s', async (_what, claims) => {
    const iss = typeof claims.iss === 'string' ? claims.iss.replace('ISSUER', service.provider.issuer) : undefined;
    await expectRefused({ claims: { ...claims, ...(iss && { iss }) } });
  });
});

describe('security 5: an ID token is refused when its signature is', () => {
  const cases: NonNullable<Faults['sign']>[] = [
    'other-key',
    'broken',
    'none',
    'hs256-client-secret',
    'hs256-public-key',
  ];
  it.each(cases)('%s', async (sign) => expectRefused({ sign }));
});

describe('security 6: mix-up', () => {
  it('a wrong iss in the response is refused before the code is sent anywhere', async () => {
    await expectRefused({ responseIss: 'https://evil.example' });
    expect(service.provider.requests.token).toEqual([]);
  });

  it('a missing iss is refused when the provider says it sends one', () => expectRefused({ responseIss: null }));

  it('a discovery document of another issuer is refused, and login recovers', async () => {
    service.provider.faults.discoveryIssuer = 'https://evil.example';
    const fresh = await startService({ provider: service.provider });
    const refused = await createBrowser(fresh.app).get('/login');
    expect(refused.statusCode).toBe(503);
    expect(setCookies(refused)).toEqual([]);
    delete service.provider.faults.discoveryIssuer;
    expect((await createBrowser(fresh.app).get('/login')).statusCode).toBe(302);
    await fresh.app.close();
  });
});

describe('fault 6: key rotation', () => {
  it('takes a new key at once', async () => {
    expect((await signInWith({})).answer.statusCode).toBe(302);
    await service.provider.rotate();
    expect((await signInWith({})).answer.statusCode).toBe(302);
  });
});

describe('fault 6: a flood of unknown kid', () => {
  afterEach(() => void vi.useRealTimers());

  it('makes one fetch per 30 s, and known keys go on working', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    expect((await signInWith({})).answer.statusCode).toBe(302);
    const flood = async () => {
      const fetches = () => service.provider.requests.paths.filter((path) => path === '/jwks').length;
      const before = fetches();
      for (const together of [1, 5, 1]) {
        const tokens = Array.from({ length: together }, () => service.provider.logoutToken({}, { kid: randomUUID() }));
        const answers = await Promise.all((await Promise.all(tokens)).map(sendLogoutToken));
        expect(answers.map(({ statusCode }) => statusCode)).toEqual(tokens.map(() => 400));
      }
      return fetches() - before;
    };
    expect(await flood()).toBe(1);
    vi.setSystemTime(Date.now() + 29_000);
    expect(await flood()).toBe(0);
    expect((await signInWith({})).answer.statusCode).toBe(302);
    vi.setSystemTime(Date.now() + 2_000);
    expect(await flood()).toBe(1);
  });

  const sendLogoutToken = (token: string) =>
    service.app.inject({
      method: 'POST',
      url: '/auth/backchannel-logout',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ logout_token: token }).toString(),
    });
});

describe('fault 5: key set unreachable', () => {
  it('never loaded → 503, and the same browser can finish later', async () => {
    service.provider.faults.broken = ['/jwks'];
    service.provider.faults.reusableCodes = true;
    const browser = createBrowser(service.app);
    const callback = await browser.comeBack();
    const answer = await browser.get(callback);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBeTruthy();
    expect(browser.jar.has('__Host-session')).toBe(false);
    service.provider.faults.broken = [];
    expect((await browser.get(callback)).statusCode).toBe(302);
  });

  it('known keys go on working', async () => {
    await signInWith({});
    expect((await signInWith({ broken: ['/jwks'] })).answer.statusCode).toBe(302);
  });
});

describe('fault 7: identity provider slow', () => {
  it.each(['/.well-known/openid-configuration', '/token', '/jwks'])(
    '%s hangs → 503 within 5 s, no session',
    async (path) => {
      service.provider.faults.hang = [path];
      const fresh = await startService({ provider: service.provider });
      const browser = createBrowser(fresh.app);
      const began = performance.now();
      let answer = await browser.get('/login');
      if (answer.statusCode === 302) {
        const back = await fetch(String(answer.headers.location), { redirect: 'manual' });
        const url = new URL(back.headers.get('location') ?? '');
        answer = await browser.get(url.pathname + url.search);
      }
      expect(answer.statusCode).toBe(503);
      // 5 s are the promise; the rest is for a busy machine.
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(browser.jar.has('__Host-session')).toBe(false);
      await fresh.app.close();
    },
  );
});

it('fault 7: a slow token endpoint and hanging keys share the 5 s', async () => {
  Object.assign(service.provider.faults, { delay: { '/token': 2_500 }, hang: ['/jwks'] });
  const browser = createBrowser(service.app);
  const callback = await browser.comeBack();
  const began = performance.now();
  expect((await browser.get(callback)).statusCode).toBe(503);
  // One after the other they would take 6.5 s.
  expect(performance.now() - began).toBeLessThan(6_400);
});

describe('fault 15: clocks', () => {
  it.each([60, -60])('a provider whose clock is %i s off is fine', async (clock) => {
    expect((await signInWith({ clock })).answer.statusCode).toBe(302);
  });
  it.each([600, -600])('a provider whose clock is %i s off is refused', async (clock) => expectRefused({ clock }));
  it('also when its tokens live for hours', () => expectRefused({ clock: -600, claims: { exp: now() + 36_000 } }));
});

describe('provider refuses the client', () => {
  it('answers 503 with a hint in the log, and no secret anywhere', async () => {
    const fresh = await startService({
      provider: service.provider,
      env: { OIDC_CLIENT_SECRET: 'not-the-real-secret' },
    });
    const browser = createBrowser(fresh.app);
    expect((await browser.signIn()).statusCode).toBe(503);
    const log = fresh.logs.join('');
    expect(log).toContain('OIDC_CLIENT_SECRET');
    expect(log).not.toContain('not-the-real-secret');
    await fresh.app.close();
  });
});
