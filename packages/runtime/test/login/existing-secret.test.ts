import { createService } from '@keelson/runtime';
import { login } from '@keelson/runtime/login';
import { memorySessions } from '@keelson/runtime/session';
import Type from 'typebox';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBrowser } from '../auth/browser.ts';
import { type HostileProvider, hostileClient, startHostileProvider } from '../auth/hostile-provider.ts';
import { loginEnv } from '../auth/service.ts';
import { type FakeAws, startFakeAws } from '../config/aws.ts';

// One JSON secret that is there already, as the Google kit's `my-app/sso-secrets`: each variable is a key of it.

const arn = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:my-app/sso-secrets-AbCdEf';
const values = {
  GOOGLE_CLIENT_ID: hostileClient.clientId,
  GOOGLE_CLIENT_SECRET: hostileClient.clientSecret,
  SECRET_KEY: 'a-session-key-of-a-test-with-some-length',
};

/** Ends the wait for something that never comes. */
const patience = { timeout: 30_000 };
let provider: HostileProvider;
let aws: FakeAws;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  provider = await startHostileProvider();
  aws = await startFakeAws();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const close of closers.splice(0)) await close();
  await aws.close();
  await provider.stop();
});

const absent: unique symbol = Symbol('no such secret');

async function build(secret: string | typeof absent = JSON.stringify(values)) {
  if (secret !== absent) aws.secret.AWSCURRENT = secret;
  const service = createService(async (app) => {
    await app.register(login, { store: memorySessions() });
    app.get('/page', { schema: { response: { 200: Type.Object({ ok: Type.Boolean() }) } } }, async () => ({
      ok: true,
    }));
  });
  const { OIDC_CLIENT_ID: _id, OIDC_CLIENT_SECRET: _secret, SESSION_KEYS: _keys, ...rest } = loginEnv(provider);
  const env = {
    ...rest,
    OIDC_PROVIDER: 'google',
    OIDC_CLIENT_ID_SECRET_ARN: `${arn}:GOOGLE_CLIENT_ID::`,
    OIDC_CLIENT_SECRET_SECRET_ARN: `${arn}:GOOGLE_CLIENT_SECRET::`,
    SESSION_KEYS_SECRET_ARN: `${arn}:SECRET_KEY::`,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
  };
  const logs: string[] = [];
  const app = await service.build(env, { logger: { write: (line: string) => void logs.push(line) } });
  closers.push(() => app.close());
  return { app, logs };
}

const json = { accept: 'application/json' };

describe('client id, client secret and session keys in one secret', () => {
  it('sign people in, and the secret is read once for all three', async () => {
    const { app } = await build();
    const browser = createBrowser(app);
    expect((await browser.signIn('/page')).headers.location).toBe('/page');
    expect((await browser.get('/page', json)).statusCode).toBe(200);
    expect(provider.requests.authorize[0]?.get('client_id')).toBe(hostileClient.clientId);
    expect(aws.asked.toSorted()).toEqual([`${arn} AWSCURRENT`, `${arn} AWSPREVIOUS`]);
  });

  it('fault 12: are read again every 5 minutes, together; a failed reading keeps the last', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { app, logs } = await build();
    const passFiveMinutes = () => {
      vi.advanceTimersByTime(5 * 60_000);
      vi.useRealTimers();
    };
    aws.secret.AWSCURRENT = JSON.stringify({ ...values, GOOGLE_CLIENT_ID: 'registered-anew' });
    passFiveMinutes();
    const browser = createBrowser(app);
    await vi.waitFor(async () => {
      const { headers } = await browser.get('/login');
      expect(new URL(String(headers.location)).searchParams.get('client_id')).toBe('registered-anew');
    }, patience);
    expect(aws.asked).toHaveLength(4);
    expect(logs.join('')).not.toContain('could not be read');
  });

  const notSetUp: [string, string | typeof absent][] = [
    ['the whole secret is UNSET', 'UNSET'],
    ['the secret does not exist', absent],
    ['the client id is missing', JSON.stringify({ ...values, GOOGLE_CLIENT_ID: undefined })],
    ['the client id is UNSET', JSON.stringify({ ...values, GOOGLE_CLIENT_ID: 'UNSET' })],
    ['the client id is a number', JSON.stringify({ ...values, GOOGLE_CLIENT_ID: 4711 })],
    ['the secret is no JSON', 'hunter2-is-not-json'],
  ];
  it.each(notSetUp)('while %s: /health 200, login 503, and the log names the key', async (_what, secret) => {
    const { app, logs } = await build(secret);
    expect((await app.inject('/health')).statusCode).toBe(200);
    const answer = await app.inject({ url: '/login', headers: { accept: 'text/html' } });
    expect(answer.statusCode).toBe(503);
    expect(logs.join('')).toContain('the key \\"GOOGLE_CLIENT_ID\\" of the secret my-app/sso-secrets');
    for (const value of [values.GOOGLE_CLIENT_SECRET, values.SECRET_KEY, 'hunter2', '4711']) {
      expect(logs.join('') + answer.body).not.toContain(value);
    }
  });

  it('one key that is missing does not keep the others from being read', async () => {
    const { app } = await build(JSON.stringify({ ...values, GOOGLE_CLIENT_SECRET: undefined }));
    const signedOut = await app.inject({ url: '/page', headers: { ...json, cookie: '__Host-session=x' } });
    expect(signedOut.statusCode).toBe(401);
  });

  it('a key that appears is taken within a minute, without a restart', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { app } = await build('{}');
    aws.secret.AWSCURRENT = JSON.stringify(values);
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    await vi.waitFor(async () => expect((await app.inject('/login')).statusCode).toBe(302), patience);
  });

  it('sign-out works while the client id is away', async () => {
    const { app } = await build(JSON.stringify({ ...values, GOOGLE_CLIENT_ID: undefined }));
    const browser = createBrowser(app);
    expect((await browser.post('/logout')).statusCode).toBe(303);
  });
});
