import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { Browser, formsOf, formWith } from './browser.ts';
import { usedContext, start } from './context.ts';
import { begin, callback, isSignedInAtProvider, signIn } from './flow.ts';

describe('what the provider refuses', () => {
  it.each([
    'http://localhost:8000/other',
    'http://localhost:8001/auth/callback',
    'https://evil.example/auth/callback',
    'http://localhost:8000/auth/callback/',
  ])('security 1: redirect_uri %s is not registered: an error page, no redirect', async (address) => {
    const part = await start(await usedContext());
    const { url } = await begin(part, { redirect_uri: address });
    const response = await fetch(url, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    const page = await response.text();
    expect(page).toContain('invalid_redirect_uri');
    expect(page).toContain('Local stand-in for Auth0');
  });

  it('takes the callback path of the resource', async () => {
    const part = await start(await usedContext(), { callbackPath: '/signed-in' });
    const { url } = await begin(part, { redirect_uri: 'http://localhost:8000/signed-in' });
    expect((await new Browser().open(url.href)).body).toContain('Ada Lovelace');
  });

  it.each([
    ['without a code_challenge', { code_challenge: '', code_challenge_method: '' }],
    ['with a plain code_challenge', { code_challenge_method: 'plain' }],
    ['for the implicit flow', { response_type: 'id_token' }],
  ])('a request %s', async (_, parameters) => {
    const part = await start(await usedContext());
    const { url } = await begin(part, parameters);
    const arrived = await new Browser().open(url.href, callback);
    expect(arrived.url).toMatch(/[?#&]error=(invalid_request|unsupported_response_type)/);
  });

  it('a code that was used already', async () => {
    const part = await start(await usedContext());
    const { login, arrived } = await signIn(part, 'Ada Lovelace');
    await expect(login.finish(arrived)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('text of an attacker in an error is escaped', async () => {
    const part = await start(await usedContext());
    const response = await fetch(
      `${part.address}/authorize?client_id=${encodeURIComponent('<script>alert(1)</script>')}`,
    );
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('<script');
  });
});

describe('the signed-in state at the provider', () => {
  it('a second sign-in needs no click; prompt=login asks again; prompt=none without one is login_required', async () => {
    const part = await start(await usedContext());
    const stranger = await new Browser().open((await begin(part, { prompt: 'none' })).url.href, callback);
    expect(new URL(stranger.url).searchParams.get('error')).toBe('login_required');
    const { browser } = await signIn(part, 'Grace Hopper');
    expect(await isSignedInAtProvider(part, browser)).toBe(true);
    const asked = await browser.open((await begin(part, { prompt: 'login' })).url.href, callback);
    expect(asked.body).toContain('Choose who you are');
  });

  it.each(['select_account', 'consent', 'login'])('prompt=%s lets another person sign in', async (prompt) => {
    const part = await start(await usedContext());
    const { browser } = await signIn(part, 'Grace Hopper');
    const { claims } = await signIn(part, 'Ada Lovelace', browser, { prompt });
    expect(claims['name']).toBe('Ada Lovelace');
  });

  it('two sign-ins that are open at once both finish', async () => {
    const part = await start(await usedContext());
    const browser = new Browser();
    const [first, second] = [await begin(part), await begin(part)];
    const pages = [
      await browser.open(first.url.href, callback),
      await browser.open(second.url.href, callback),
    ] as const;
    const one = await browser.submit(pages[1], formWith(pages[1], 'Ada Lovelace'), callback);
    expect((await second.finish(one.url)).claims()?.['name']).toBe('Ada Lovelace');
  });

  it('the key set verifies the ID token, by RS256 and with a kid', async () => {
    const part = await start(await usedContext());
    const { login, tokens } = await signIn(part, 'Ada Lovelace');
    const keys = createRemoteJWKSet(new URL(login.config.serverMetadata().jwks_uri as string));
    const { protectedHeader } = await jwtVerify(tokens.id_token as string, keys);
    expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    const published = await (await fetch(login.config.serverMetadata().jwks_uri as string)).json();
    expect(JSON.stringify(published)).not.toMatch(/"(d|p|q|dp|dq|qi)":/);
  });

  it('cookies of two logins do not meet: each name carries the port', async () => {
    const first = await start(await usedContext());
    const second = await start(await usedContext(), { provider: 'generic' });
    expect(first.address).not.toBe(second.address);
    const { browser } = await signIn(first, 'Ada Lovelace');
    expect(await isSignedInAtProvider(second, browser)).toBe(false);
    await signIn(second, 'Grace Hopper', browser);
    expect(await isSignedInAtProvider(first, browser)).toBe(true);
    for (const name of browser.cookies.keys()) expect(name).toMatch(/^keelson_login_\d+/);
  });
});

describe('signing out', () => {
  const logouts = [
    ['auth0', '/v2/logout', 'returnTo'],
    ['cognito', '/logout', 'logout_uri'],
  ] as const;

  it.each(logouts)('%s: %s ends the session and goes back to the app', async (provider, path, parameter) => {
    const part = await start(await usedContext(), { provider });
    const { browser } = await signIn(part, 'Ada Lovelace');
    const query = new URLSearchParams({
      client_id: part.env['OIDC_CLIENT_ID'] as string,
      [parameter]: 'http://localhost:8000/bye',
    });
    const back = await browser.open(`${part.address}${path}?${query}`, 'http://localhost:8000/');
    expect(back.url).toBe('http://localhost:8000/bye');
    expect(await isSignedInAtProvider(part, browser)).toBe(false);
  });

  const bad = [
    'https://evil.example/',
    '//evil.example',
    'http://localhost:8000@evil.example/',
    'http://localhost:80000/',
    '/',
    'javascript:alert(1)',
  ];
  it.each(logouts)(
    'security 20: %s: %s refuses a return address that is not of the app',
    async (provider, path, parameter) => {
      const part = await start(await usedContext(), { provider });
      const { browser } = await signIn(part, 'Ada Lovelace');
      for (const address of bad) {
        const query = new URLSearchParams({ client_id: part.env['OIDC_CLIENT_ID'] as string, [parameter]: address });
        expect((await browser.open(`${part.address}${path}?${query}`, 'x')).status).toBe(400);
      }
      const query = new URLSearchParams({ client_id: 'another', [parameter]: 'http://localhost:8000/' });
      expect((await browser.open(`${part.address}${path}?${query}`, 'x')).status).toBe(400);
      expect(await isSignedInAtProvider(part, browser)).toBe(true);
    },
  );

  it.each(['generic', 'auth0'] as const)('%s: end_session_endpoint asks, then ends the session', async (provider) => {
    const part = await start(await usedContext(), { provider });
    const { browser, login } = await signIn(part, 'Ada Lovelace');
    const address = new URL(login.config.serverMetadata().end_session_endpoint as string);
    address.searchParams.set('client_id', part.env['OIDC_CLIENT_ID'] as string);
    address.searchParams.set('post_logout_redirect_uri', 'http://localhost:8000/bye');
    const asks = await browser.open(address.href, 'http://localhost:8000/');
    expect(asks.body).toContain('Yes, sign me out');
    const [form] = formsOf(asks);
    const back = await browser.submit(asks, form as NonNullable<typeof form>, 'http://localhost:8000/', {
      logout: 'yes',
    });
    expect(back.url).toBe('http://localhost:8000/bye');
    expect(await isSignedInAtProvider(part, browser)).toBe(false);
  });

  it('end_session_endpoint goes on by itself when nobody is signed in: its script is the one that the page allows', async () => {
    const part = await start(await usedContext(), { provider: 'generic' });
    const browser = new Browser();
    const query = new URLSearchParams({
      client_id: part.env['OIDC_CLIENT_ID'] as string,
      post_logout_redirect_uri: 'http://localhost:8000/bye',
    });
    const page = await browser.open(`${part.address}/logout?${query}`, 'http://localhost:8000/');
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(page.body) ?? [];
    const digest = createHash('sha256').update(script).digest('base64');
    expect(page.headers.get('content-security-policy')).toContain(`script-src 'sha256-${digest}';`);
    const [form] = formsOf(page);
    const back = await browser.submit(page, form as NonNullable<typeof form>, 'http://localhost:8000/');
    expect(back.url).toBe('http://localhost:8000/bye');
  });

  it('security 20: end_session_endpoint refuses a return address that is not of the app', async () => {
    const part = await start(await usedContext(), { provider: 'generic' });
    const { browser } = await signIn(part, 'Ada Lovelace');
    const query = new URLSearchParams({
      client_id: part.env['OIDC_CLIENT_ID'] as string,
      post_logout_redirect_uri: 'https://evil.example/',
    });
    const refused = await browser.open(`${part.address}/logout?${query}`, 'https://evil');
    expect([refused.status, refused.body.includes('not registered')]).toEqual([400, true]);
  });

  it('tells the app by a signed back-channel logout token', async () => {
    const received: string[] = [];
    const app = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => received.push(`${request.url} ${chunk}`));
      request.on('end', () => response.end());
    }).listen(0, '127.0.0.1');
    await once(app, 'listening');
    const publicUrl = `http://localhost:${(app.address() as AddressInfo).port}`;
    const part = await start(await usedContext({ publicUrl }));
    const redirect = `${publicUrl}/auth/callback`;
    const login = await begin(part, { redirect_uri: redirect });
    const browser = new Browser();
    const people = await browser.open(login.url.href, redirect);
    const arrived = await browser.submit(people, formWith(people, 'Ada Lovelace'), redirect);
    const claims = (await login.finish(arrived.url)).claims();
    const query = new URLSearchParams({ client_id: part.env['OIDC_CLIENT_ID'] as string, returnTo: publicUrl });
    await browser.open(`${part.address}/v2/logout?${query}`, publicUrl);
    app.close();
    const [path, body = ''] = received.join('').split(' ');
    expect(path).toBe('/auth/backchannel-logout');
    const keys = createRemoteJWKSet(new URL(login.config.serverMetadata().jwks_uri as string));
    const { payload, protectedHeader } = await jwtVerify(new URLSearchParams(body).get('logout_token') as string, keys);
    expect(protectedHeader.typ).toBe('logout+jwt');
    expect(payload).toMatchObject({
      sub: claims?.sub,
      sid: claims?.['sid'],
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
  });
});
