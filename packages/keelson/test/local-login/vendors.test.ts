import * as client from 'openid-client';
import { describe, expect, it } from 'vitest';
import { usedContext, start } from './context.ts';
import { begin, callback, signIn } from './flow.ts';
import { Browser, formsOf } from './browser.ts';

const providers = ['auth0', 'google', 'cognito', 'generic'] as const;

describe.each(providers)('the stand-in for %s', (provider) => {
  it('signs a person in through the whole code flow', async () => {
    const part = await start(await usedContext(), { provider });
    const { claims, arrived, tokens, login } = await signIn(part, 'Ada Lovelace');
    expect(claims).toMatchObject({
      iss: part.env['OIDC_ISSUER'],
      aud: part.env['OIDC_CLIENT_ID'],
      sub: part.people?.[0]?.sub,
      email: 'ada@example.com',
      email_verified: true,
      name: 'Ada Lovelace',
    });
    expect(new URL(arrived).searchParams.get('iss')).toBe(part.env['OIDC_ISSUER']);
    const info = await client.fetchUserInfo(login.config, tokens.access_token, String(claims['sub']));
    expect(info.name).toBe('Ada Lovelace');
    const avatar = await fetch(String(claims['picture']));
    expect([avatar.status, avatar.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });

  it('says of an unverified address that it is unverified', async () => {
    const part = await start(await usedContext(), { provider });
    const { claims } = await signIn(part, 'Alan Turing');
    expect(claims['email_verified']).toBe(false);
  });

  it('takes the client secret in the body and in the header', async () => {
    const part = await start(await usedContext(), { provider });
    const secret = part.env['OIDC_CLIENT_SECRET'];
    for (const authentication of [client.ClientSecretPost(secret), client.ClientSecretBasic(secret)]) {
      const browser = new Browser();
      const login = await begin(part, {}, authentication);
      const people = await browser.open(login.url.href, callback);
      const [first] = formsOf(people);
      const arrived = await browser.submit(people, first as NonNullable<typeof first>, callback);
      expect((await login.finish(arrived.url)).claims()?.sub).toBe(part.people?.[0]?.sub);
    }
  });

  it('refuses a wrong client secret', async () => {
    const part = await start(await usedContext(), { provider });
    const wrong = { ...part, env: { ...part.env, OIDC_CLIENT_SECRET: 'wrong' } };
    await expect(signIn(wrong, 'Ada Lovelace')).rejects.toMatchObject({ error: 'invalid_client' });
  });

  it('answers access_denied when the person cancels', async () => {
    const part = await start(await usedContext(), { provider });
    const login = await begin(part);
    const browser = new Browser();
    const people = await browser.open(login.url.href, callback);
    const cancel = formsOf(people).find(({ fields }) => fields['cancel']);
    const arrived = await browser.submit(people, cancel as NonNullable<typeof cancel>, callback);
    expect(new URL(arrived.url).searchParams.get('error')).toBe('access_denied');
    await expect(login.finish(arrived.url)).rejects.toMatchObject({ error: 'access_denied' });
  });
});

describe('what sets the vendors apart', () => {
  const forms = {
    auth0: { issuer: /^http:\/\/localhost:\d+\/$/, sub: /^auth0\|[0-9a-f]{24}$/, clientId: /^\w{32}$/ },
    google: { issuer: /^http:\/\/localhost:\d+$/, sub: /^1\d{20}$/, clientId: /\.apps\.googleusercontent\.com$/ },
    cognito: {
      issuer: /^http:\/\/localhost:\d+\/eu-central-1_local$/,
      sub: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
      clientId: /^[a-z0-9]{26}$/,
    },
    generic: { issuer: /^http:\/\/localhost:\d+$/, sub: /^[0-9a-f]{20}$/, clientId: /^local-/ },
  };

  it.each(providers)('%s: form of issuer, subject and client id', async (provider) => {
    const part = await start(await usedContext(), { provider });
    expect(part.env['OIDC_ISSUER']).toMatch(forms[provider].issuer);
    expect(part.env['OIDC_CLIENT_ID']).toMatch(forms[provider].clientId);
    for (const { sub } of part.people ?? []) expect(sub).toMatch(forms[provider].sub);
  });

  it.each([
    ['auth0', 'https://keelson.dev/roles', ['admin']],
    ['cognito', 'cognito:groups', ['admin']],
    ['generic', 'roles', ['admin']],
    ['google', 'hd', 'example.com'],
  ] as const)('%s: claim %s', async (provider, claim, value) => {
    const part = await start(await usedContext(), { provider });
    expect((await signIn(part, 'Ada Lovelace')).claims[claim]).toEqual(value);
  });

  it.each([
    ['auth0', '/oidc/logout'],
    ['google', undefined],
    ['cognito', '/logout'],
    ['generic', '/logout'],
  ] as const)('%s: end_session_endpoint %s', async (provider, path) => {
    const part = await start(await usedContext(), { provider });
    const { config } = await begin(part);
    const endpoint = config.serverMetadata().end_session_endpoint;
    expect(endpoint && new URL(endpoint).pathname).toBe(path);
  });

  it('cognito: endpoints are on the hosted domain, keys below the pool', async () => {
    const part = await start(await usedContext(), { provider: 'cognito' });
    const { config } = await begin(part);
    const metadata = config.serverMetadata();
    expect(metadata.authorization_endpoint).toBe(`${part.address}/oauth2/authorize`);
    expect(metadata.jwks_uri).toBe(`${part.address}/eu-central-1_local/.well-known/jwks.json`);
    const { claims, login, tokens } = await signIn(part, 'Grace Hopper');
    expect(claims).toMatchObject({ token_use: 'id', 'cognito:username': claims['sub'], 'cognito:groups': ['member'] });
    const info = await client.fetchUserInfo(login.config, tokens.access_token, String(claims['sub']));
    expect(info.email_verified).toBe('true');
  });

  it('google: someone who is not of the hosted domain is offered too', async () => {
    const part = await start(await usedContext(), { provider: 'google', hostedDomain: 'acme.test' });
    expect((await signIn(part, 'Ada Lovelace')).claims).toMatchObject({ hd: 'acme.test', email: 'ada@acme.test' });
    expect((await signIn(part, 'Olga Outside')).claims).not.toHaveProperty('hd');
    expect((await signIn(part, 'Emil Elsewhere')).claims).toMatchObject({
      hd: 'elsewhere.example',
      email: 'emil@acme.test',
    });
    expect(part.env['OIDC_HOSTED_DOMAIN']).toBe('acme.test');
  });

  it('unknown scopes: auth0 ignores them, cognito sends an error back, google stops', async () => {
    const open = async (provider: 'auth0' | 'cognito' | 'google') => {
      const part = await start(await usedContext(), { provider });
      const { url } = await begin(part, { scope: 'openid nonsense' });
      return new Browser().open(url.href, callback);
    };
    expect((await open('auth0')).body).toContain('Ada Lovelace');
    expect(new URL((await open('cognito')).url).searchParams.get('error')).toBe('invalid_scope');
    const google = await open('google');
    expect([google.status, google.body.includes('invalid_scope')]).toEqual([400, true]);
  });
});
