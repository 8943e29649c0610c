import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { type RunningApp, startApp } from 'keelson/testing';
import { afterAll, afterEach, expect, test } from 'vitest';
import { startLogin } from '../../packages/keelson/src/local/login/index.ts';
import { call } from '../support/http.ts';
import { plainEnv, run } from '../support/run.ts';
import { Surfer } from '../support/surfer.ts';
import { copyTemplate, keelsonBin, startDev } from '../support/template.ts';
import { callbackOf, me, signIn } from './people.ts';
import { freePort } from '../support/free-port.ts';

// The `.env` of the Google kit, a Google of one's own, and a Workspace domain.

const kit = {
  GOOGLE_CLIENT_ID: '123456789012-abcdef.apps.googleusercontent.com',
  GOOGLE_CLIENT_SECRET: 'not-a-real-one-4711',
  SECRET_KEY: 'a-key-of-the-kit-that-is-long-enough-0815',
};

const template = copyTemplate('quick');
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
  writeFileSync(join(template.folder, '.env'), '');
});
afterAll(() => template.remove());

function write(values: Record<string, string>): void {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(template.folder, '.env'), `${lines.join('\n')}\n`);
}

/** What `keelson dev` says when it does not start. */
async function refusal(values: Record<string, string>, port = '8000'): Promise<string> {
  write(values);
  const args = [keelsonBin, 'dev', '--no-console', '--port', port];
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: template.folder, env: plainEnv() });
  expect(code).toBe(1);
  for (const secret of [kit.GOOGLE_CLIENT_SECRET, 'dev-secret']) expect(stdout + stderr).not.toContain(secret);
  return stdout + stderr;
}

async function start(env: Record<string, string> = {}): Promise<RunningApp> {
  const app = await startApp({ root: template.folder, env });
  undo.push(() => app.stop());
  return app;
}

test('a copied .env.example changes nothing: the app starts with everything embedded', async () => {
  writeFileSync(join(template.folder, '.env'), readFileSync(join(template.folder, '.env.example')));
  const app = await startDev(template.folder);
  undo.push(() => app.stop());
  expect((await call(`${app.url}/health`)).status).toBe(200);
  expect(app.output()).toContain('Ada Lovelace');
});

test("the kit's three names are enough: Google signs in, and SECRET_KEY encrypts the sessions", async () => {
  const app = await start(kit);
  expect(app.env).toMatchObject({
    OIDC_PROVIDER: 'google',
    OIDC_ISSUER: 'https://accounts.google.com',
    OIDC_CLIENT_ID: kit.GOOGLE_CLIENT_ID,
    OIDC_CLIENT_SECRET: kit.GOOGLE_CLIENT_SECRET,
    SESSION_KEYS: kit.SECRET_KEY,
  });
  expect(app.people).toEqual([]);
  expect((await call(`${app.url}/health`)).status).toBe(200);
  expect((await call(`${app.url}/api/me`)).status).toBe(401);
  expect((await call(`${app.url}/`)).body).toContain('Sign in with Google');
});

test('half of the names, and a short SECRET_KEY, are refused, all at once', async () => {
  const said = await refusal({ GOOGLE_CLIENT_ID: kit.GOOGLE_CLIENT_ID, SECRET_KEY: 'dev-secret' });
  expect(said).toContain('GOOGLE_CLIENT_SECRET');
  expect(said).toContain('SECRET_KEY');
  expect(said).toContain('32 characters');
});

test('a taken port is an error that names the address registered at Google', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  undo.push(async () => other.close());
  const { port } = other.address() as AddressInfo;
  expect(await refusal(kit, String(port))).toContain(`http://localhost:${port}/auth/callback`);
});

test('a provider of Google’s form elsewhere: its address in OIDC_*, and no embedded one is started', async () => {
  const port = await freePort();
  const google = await startLogin(
    {
      root: template.folder,
      stateDir: join(template.folder, '.google'),
      app: { name: 'elsewhere' } as App,
      env: {},
      publicUrl: `http://localhost:${port}`,
      log: () => {},
    },
    'login',
    { kind: 'login', provider: 'google' },
  );
  undo.push(() => google.stop());
  const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET = '' } = google.env;
  write({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, SECRET_KEY: kit.SECRET_KEY });
  const app = await startDev(template.folder, {}, '--port', String(port));
  undo.push(() => app.stop());
  expect(app.url).toBe(`http://localhost:${port}`);
  expect(app.output()).not.toContain('Stand-in');
  const { person } = await signIn(app.url, 'Ada Lovelace');
  expect((await me(app.url, person)).json()).toEqual({ email: 'ada@example.com', provider: 'google' });
});

test('hostedDomain lets in the people of the domain, and tells the others whose account to choose', async () => {
  const file = join(template.folder, 'keelson.config.ts');
  const config = readFileSync(file, 'utf8');
  writeFileSync(file, config.replace("provider: 'google',", "provider: 'google', hostedDomain: 'acme.test',"));
  undo.push(async () => writeFileSync(file, config));
  const app = await start();
  expect(app.env['OIDC_HOSTED_DOMAIN']).toBe('acme.test');
  expect(app.people.map(({ name }) => name)).toEqual(expect.arrayContaining(['Olga Outside', 'Emil Elsewhere']));

  const { person } = await signIn(app.url, 'Ada Lovelace');
  expect((await me(app.url, person)).json()).toEqual({ email: 'ada@acme.test', provider: 'google' });

  // A consumer account; an address of the domain whose account is another's; and the domain in the query only.
  for (const [name, query] of [
    ['Olga Outside', ''],
    ['Emil Elsewhere', ''],
    ['Olga Outside', '&hd=acme.test'],
  ] as const) {
    const stranger = new Surfer();
    const page = await stranger.open((await callbackOf(app.url, stranger, name)) + query);
    expect([name, page.status, page.body.includes('<b>acme.test</b>')]).toEqual([name, 403, true]);
    expect(page.body).toContain('href="/auth/login"');
    expect((await me(app.url, stranger)).status).toBe(401);
  }
});
