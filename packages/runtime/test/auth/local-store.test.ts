import { type ConfigError, createService } from '@keelson/runtime';
import { login } from '@keelson/runtime/login';
import Type from 'typebox';
import { afterEach, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { startHostileProvider } from './hostile-provider.ts';
import { loginEnv } from './service.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

const service = createService(async (app) => {
  await app.register(login);
  app.get('/page', { schema: { response: { 200: Type.Object({ sub: Type.String() }) } } }, async ({ identity }) => ({
    sub: (identity as { sub: string }).sub,
  }));
});

const json = { accept: 'application/json' };
/** What an image has, and what `docker run` gives to it. */
const image = { NODE_ENV: 'production', KEELSON_ENVIRONMENT: 'local', PUBLIC_URL: 'http://localhost:8000' };

test('an image that is tried on http://localhost without SESSION_TABLE remembers by itself who signed out, and says so', async () => {
  const provider = await startHostileProvider();
  closers.push(() => provider.stop());
  const lines: string[] = [];
  const logger = { write: (line: string) => void lines.push(line) };
  const app = await service.build({ ...loginEnv(provider), ...image, LOG_LEVEL: 'warn' }, { logger });
  closers.push(() => app.close());
  expect(lines.join('')).toContain('SESSION_TABLE is missing');

  const browser = createBrowser(app);
  await browser.signIn('/page');
  const cookies = new Map(browser.jar);
  expect((await browser.get('/page', json)).statusCode).toBe(200);
  expect((await browser.post('/logout')).statusCode).toBe(303);
  // A copy of the cookie from before is no way back in.
  for (const [name, value] of cookies) browser.jar.set(name, value);
  expect((await browser.get('/page', json)).statusCode).toBe(401);
});

test.each([
  ['at an address of others', { ...image, PUBLIC_URL: 'https://app.example.com' }],
  ['at http://10.0.0.1', { ...image, PUBLIC_URL: 'http://10.0.0.1', PUBLIC_URL_INSECURE: '1' }],
  ['in an environment that does not say that it is local', { NODE_ENV: 'production', PUBLIC_URL: 'https://localhost' }],
  ['on Lambda', { ...image, AWS_LAMBDA_FUNCTION_NAME: 'app-dev-api' }],
  ['on ECS', { ...image, ECS_CONTAINER_METADATA_URI_V4: 'http://169.254.170.2/v4/1' }],
  ['in another environment', { ...image, KEELSON_ENVIRONMENT: 'dev', PUBLIC_URL: 'https://localhost' }],
])('%s there is no such way: the boot fails', async (_, env) => {
  const login = {
    OIDC_PROVIDER: 'google',
    OIDC_ISSUER: 'https://accounts.google.com',
    OIDC_CLIENT_ID: 'client',
    OIDC_CLIENT_SECRET: 'secret-of-the-client',
    SESSION_KEYS: 'k'.repeat(32),
  };
  const built = service.build({ ...login, LOG_LEVEL: 'silent', ...env });
  const problems = await built.catch((error: unknown) => (error as ConfigError).problems);
  expect(problems).toEqual([expect.objectContaining({ path: 'SESSION_TABLE' })]);
});
