import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { call } from '../support/http.ts';
import { plainEnv, run } from '../support/run.ts';
import { copyTemplate, keelsonBin, startDev } from '../support/template.ts';

// The `.env` of the ECS Express + Aurora + Auth0 kit, in the folder of the sample.

const kit = {
  ENV: 'development',
  APP_SECRET_KEY: 'c2hvcnQgb25lcyBhcmUgcmVmdXNlZCBzbyBiZSBsb25n',
  AUTH0_DOMAIN: 'tenant.example.auth0.com',
  AUTH0_CLIENT_ID: 'client',
  AUTH0_CLIENT_SECRET: 'not-a-real-one-4711',
  AUTH0_CALLBACK_URL: 'http://localhost:8000/auth/callback',
  AUTH0_LOGOUT_URL: 'http://localhost:8000',
};

const template = copyTemplate('sso');
afterAll(() => template.remove());
afterEach(() => writeFileSync(join(template.folder, '.env'), ''));

function write(values: Record<string, string>): void {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  writeFileSync(join(template.folder, '.env'), `${lines.join('\n')}\n`);
}

/** What `keelson dev` says when it does not start. */
async function refusal(values: Record<string, string>, ...flags: string[]): Promise<string> {
  write(values);
  const args = [keelsonBin, 'dev', '--no-console', ...flags];
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd: template.folder, env: plainEnv() });
  expect(code).toBe(1);
  expect(stdout + stderr).not.toContain(kit.AUTH0_CLIENT_SECRET);
  expect(stdout + stderr).not.toContain(kit.APP_SECRET_KEY);
  return stdout + stderr;
}

test('a copied .env.example changes nothing: the app starts with everything embedded', async () => {
  copyFileSync(join(template.folder, '.env.example'), join(template.folder, '.env'));
  const app = await startDev(template.folder);
  try {
    expect((await call(`${app.url}/ready`)).status).toBe(200);
    expect(app.output()).toContain('Ada Lovelace');
  } finally {
    await app.stop();
  }
});

test('https:// or a slash in AUTH0_DOMAIN is refused with what to write', async () => {
  for (const domain of ['https://tenant.example.auth0.com', 'tenant.example.auth0.com/']) {
    const said = await refusal({ ...kit, AUTH0_DOMAIN: domain }, '--port', '8000');
    expect(said).toContain('AUTH0_DOMAIN');
    expect(said).toContain('tenant.example.auth0.com');
  }
});

test('a callback address that contradicts the address of the service is an error', async () => {
  const said = await refusal(
    { ...kit, AUTH0_CALLBACK_URL: 'https://elsewhere.example/auth/callback' },
    '--port',
    '8000',
  );
  expect(said).toContain('AUTH0_CALLBACK_URL');
  expect(said).toContain('http://localhost:8000/auth/callback');
});

test('a short APP_SECRET_KEY, as in the kit, and half a set of names are refused, all at once', async () => {
  const { AUTH0_CLIENT_SECRET: _absent, ...half } = kit;
  const said = await refusal({ ...half, APP_SECRET_KEY: 'dev-secret' }, '--port', '8000');
  expect(said).toContain('APP_SECRET_KEY');
  expect(said).toContain('AUTH0_CLIENT_SECRET');
});

test('with a real provider a taken port is an error that names the registered callback', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  try {
    const { port } = other.address() as AddressInfo;
    const callback = `http://localhost:${port}/auth/callback`;
    const said = await refusal(
      { ...kit, AUTH0_CALLBACK_URL: callback, AUTH0_LOGOUT_URL: `http://localhost:${port}` },
      '--port',
      String(port),
    );
    expect(said).toContain(callback);
  } finally {
    other.close();
  }
});
