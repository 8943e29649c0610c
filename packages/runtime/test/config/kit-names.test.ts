import { createService } from '@keelson/runtime';
import { fromKitNames } from '@keelson/runtime/config';
import { login } from '@keelson/runtime/login';
import { describe, expect, it } from 'vitest';

const auth0 = { AUTH0_DOMAIN: 'acme.eu.auth0.com', AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'client-secret' };
const PUBLIC_URL = 'http://localhost:8000';

const paths = (env: Record<string, string>) => fromKitNames(env).problems.map(({ path }) => path);

describe('the kits names', () => {
  it('all seven become Keelsons', () => {
    const { env, problems } = fromKitNames({
      ...auth0,
      PUBLIC_URL,
      ENV: 'dev',
      APP_SECRET_KEY: 's'.repeat(32),
      AUTH0_CALLBACK_URL: 'http://localhost:8000/auth/callback',
      AUTH0_LOGOUT_URL: 'http://localhost:8000',
    });
    expect(problems).toEqual([]);
    expect(env).toMatchObject({
      OIDC_PROVIDER: 'auth0',
      OIDC_ISSUER: 'https://acme.eu.auth0.com/',
      OIDC_CLIENT_ID: 'id',
      OIDC_CLIENT_SECRET: 'client-secret',
      SESSION_KEYS: 's'.repeat(32),
      NODE_ENV: 'development',
      KEELSON_ENVIRONMENT: 'dev',
    });
  });

  it('Google too, and production from ENV', () => {
    const { env, problems } = fromKitNames({ GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret', ENV: 'prod' });
    expect(problems).toEqual([]);
    expect(env).toMatchObject({
      OIDC_PROVIDER: 'google',
      OIDC_ISSUER: 'https://accounts.google.com',
      NODE_ENV: 'production',
    });
  });

  it('references to Secrets Manager too', () => {
    const reference = (key: string) =>
      `arn:aws:secretsmanager:us-east-1:123456789012:secret:my-app/sso-secrets:${key}::`;
    const { env, problems } = fromKitNames({
      GOOGLE_CLIENT_ID_SECRET_ARN: reference('GOOGLE_CLIENT_ID'),
      GOOGLE_CLIENT_SECRET_SECRET_ARN: reference('GOOGLE_CLIENT_SECRET'),
    });
    expect(problems).toEqual([]);
    expect(env).toMatchObject({ OIDC_CLIENT_ID_SECRET_ARN: reference('GOOGLE_CLIENT_ID'), OIDC_PROVIDER: 'google' });
  });

  it('a name of Keelson wins, and nothing changes without kit names', () => {
    expect(fromKitNames({ ENV: 'prod', NODE_ENV: 'test' }).env['NODE_ENV']).toBe('test');
    expect(fromKitNames({ ENV: '/home/ada/.shrc' }).env['NODE_ENV']).toBeUndefined();
    expect(fromKitNames({ PORT: '1' })).toEqual({ env: { PORT: '1' }, problems: [] });
  });

  it.each([
    ['https://acme.eu.auth0.com', 'must not start with https://.'],
    ['https://acme.eu.auth0.com/', 'must not start with https://.'],
    ['acme.eu.auth0.com/', 'must not contain a slash.'],
    ['acme', 'is not a host name.'],
  ])('the domain %s %s', (AUTH0_DOMAIN, message) => {
    const [problem, ...others] = fromKitNames({ ...auth0, AUTH0_DOMAIN }).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ path: 'AUTH0_DOMAIN', message });
    if (AUTH0_DOMAIN.includes('/')) expect(problem?.hint).toContain('AUTH0_DOMAIN=acme.eu.auth0.com');
  });

  it('addresses that contradict PUBLIC_URL', () => {
    const env = { ...auth0, PUBLIC_URL };
    expect(paths({ ...env, AUTH0_CALLBACK_URL: 'http://localhost:8000/callback' })).toEqual(['AUTH0_CALLBACK_URL']);
    expect(paths({ ...env, AUTH0_CALLBACK_URL: 'http://localhost:9999/auth/callback' })).toEqual([
      'AUTH0_CALLBACK_URL',
    ]);
    expect(paths({ ...env, AUTH0_LOGOUT_URL: 'https://evil.example/' })).toEqual(['AUTH0_LOGOUT_URL']);
    const callbackPath = '/callback';
    const { problems } = fromKitNames(
      { ...env, AUTH0_CALLBACK_URL: 'http://localhost:8000/callback' },
      { callbackPath },
    );
    expect(problems).toEqual([]);
  });

  const own = {
    OIDC_ISSUER: 'https://acme.eu.auth0.com/',
    OIDC_CLIENT_ID: 'id',
    OIDC_CLIENT_SECRET: 'client-secret',
    SESSION_KEYS: 's'.repeat(32),
  };

  it.each([
    ['APP_SECRET_KEY', 'SESSION_KEYS', 't'.repeat(32)],
    ['SECRET_KEY', 'SESSION_KEYS', 't'.repeat(32)],
    ['AUTH0_DOMAIN', 'OIDC_ISSUER', 'other.eu.auth0.com'],
    ['AUTH0_CLIENT_ID', 'OIDC_CLIENT_ID', 'other'],
    ['AUTH0_CLIENT_SECRET', 'OIDC_CLIENT_SECRET', 'other-secret'],
  ])('%s that contradicts %s', (kitName, name, value) => {
    const { problems } = fromKitNames({ ...own, [kitName]: value });
    expect(problems).toEqual([expect.objectContaining({ path: kitName, message: `contradicts ${name}.` })]);
    expect(JSON.stringify(problems)).not.toContain(value);
  });

  it('names that agree, and Google for other things than the login, are no problem', () => {
    const key = { APP_SECRET_KEY: 's'.repeat(32) };
    expect(paths({ ...own, ...auth0, ...key })).toEqual([]);
    expect(paths({ ...own, ...auth0, OIDC_ISSUER: 'https://acme.eu.auth0.com' })).toEqual([]);
    expect(paths({ ...own, ...key, SESSION_KEYS: `${'n'.repeat(32)}, ${key.APP_SECRET_KEY}` })).toEqual([]);
    expect(paths({ ...own, GOOGLE_CLIENT_ID: 'of-a-calendar' })).toEqual([]);
    const google = { ...own, OIDC_ISSUER: 'https://accounts.google.com' };
    expect(paths({ ...google, GOOGLE_CLIENT_ID: 'other' })).toEqual(['GOOGLE_CLIENT_ID']);
    expect(paths({ ENV: 'dev', NODE_ENV: 'production' })).toEqual([]);
  });

  it('half a set, and a key that is too short', () => {
    expect(paths({ AUTH0_DOMAIN: 'acme.eu.auth0.com' })).toEqual(['AUTH0_CLIENT_ID', 'AUTH0_CLIENT_SECRET']);
    expect(paths({ GOOGLE_CLIENT_ID: 'id' })).toEqual(['GOOGLE_CLIENT_SECRET']);
    const [problem] = fromKitNames({ APP_SECRET_KEY: 'short-secret' }).problems;
    expect(problem).toMatchObject({ path: 'APP_SECRET_KEY', hint: expect.stringContaining('randomBytes(32)') });
    expect(JSON.stringify(problem)).not.toContain('short-secret');
  });

  it('a key that is too short is told once, by the name that it has', async () => {
    const google = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'client-secret' };
    const env = { ...google, SECRET_KEY: 'short', PUBLIC_URL, SESSION_TABLE: 'sessions' };
    const service = createService(async (app) => {
      await app.register(login);
    });
    await expect(service.build(env, { logger: false })).rejects.toMatchObject({
      problems: [expect.objectContaining({ path: 'SECRET_KEY' })],
    });
  });
});
