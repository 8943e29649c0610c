import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlOn, startServer, type TestServer } from '../../../runtime/test/data/database.ts';
import { repository } from '../../../../test/support/imports.ts';
import { copyTemplate } from '../../../../test/support/template.ts';
import { command } from '../synth/app.ts';
import { addressOf, type Program, runProgram, startProgram } from './run.ts';

// The users service needs what no bundle can hold: argon2, which is native.

let template: ReturnType<typeof copyTemplate>;
/** The bundle where nothing else is: no packages, no sources. */
let image: string;
let server: TestServer;
let service: Program | undefined;

beforeAll(async () => {
  template = copyTemplate('users');
  server = await startServer();
  const { code, output } = await command(template.folder, 'bundle');
  if (code !== 0) throw new Error(output);
  image = mkdtempSync(join(tmpdir(), 'keelson-image-'));
  cpSync(join(template.folder, 'dist'), image, { recursive: true });
});
afterAll(async () => {
  await service?.stop();
  await server?.remove();
  template?.remove();
  rmSync(image, { recursive: true, force: true });
});

const files = () => readdirSync(image, { recursive: true, encoding: 'utf8' });

test('the native part lies beside the code, that of this platform and no other', () => {
  const native = files().filter((name) => name.endsWith('.node'));
  expect(native.length).toBeGreaterThan(0);
  for (const name of native) expect(name).toContain(`argon2.${process.platform}-${process.arch}`);
  expect(files().filter((name) => name.includes('node_modules'))).toEqual([]);
});

test('migrations and service run where nothing is installed; a password is hashed with argon2id, mail waits for its server', async () => {
  const env = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL: 'https://users.example.com',
    KEELSON_SERVICE: 'api',
    KEELSON_ENVIRONMENT: 'prod',
    DATABASE_URL: await server.emptyDatabase(),
    ACCOUNT_KEYS: 'k'.repeat(40),
    ACCOUNT_REGISTRATION: 'first',
    ADMIN_EMAIL: 'ada@example.com',
    MAIL_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'no-reply@users.example.com',
  };
  const migrated = await runProgram(['node', 'migrate.js'], { cwd: image, env });
  expect(migrated).toMatchObject({ code: 0, output: expect.stringMatching(/001-admins[\s\S]*002-users/) });

  service = startProgram(['node', '--enable-source-maps', 'server.js'], { cwd: image, env });
  const url = await addressOf(service);
  const answer = await fetch(`${url}/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@example.com', name: 'Ada', password: 'correct horse battery' }),
  });
  expect(answer.status).toBe(202);
  const [admin] = await sqlOn(env.DATABASE_URL, 'select password_hash from admins');
  expect(admin?.['password_hash']).toMatch(/^\$argon2id\$/);
  expect(await sqlOn(env.DATABASE_URL, 'select count(*)::int as n from keelson_mail')).toEqual([{ n: 1 }]);
  expect((await fetch(`${url}/users`)).status).toBe(401);
  for (const path of ['/', '/admin', '/admin.js', '/auth/confirm']) expect((await fetch(url + path)).status).toBe(200);
  // Hidden in production, and not led to.
  expect(await (await fetch(url)).text()).not.toContain('/docs');
  expect(await service.stop()).toBe(0);
  service = undefined;
});

test('a package without its native part is named, and nothing is written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keelson-lean-'));
  try {
    writeProjectWithoutNativeParts(folder);
    const { code, output } = await command(folder, 'bundle');
    expect(output).toMatch(/would not be whole[\s\S]*@node-rs\/argon2: is installed without its native part/);
    expect(code).toBe(1);
    expect(readdirSync(folder)).not.toContain('dist');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const config = `export default {
  name: 'x', region: 'eu-central-1',
  resources: { db: { kind: 'postgres' }, accounts: { kind: 'accounts' }, mail: { kind: 'mail', from: 'a@example.com' } },
  services: { api: { source: 'main.ts', compute: 'fargate', uses: ['db', 'accounts', 'mail'] } },
};
`;
const main = `import { createService } from '@keelson/runtime';
import { accounts } from '@keelson/runtime/accounts';
export default createService(async (app) => void (await app.register(accounts)));
`;

/** As after `npm ci --omit=optional`: without `@node-rs/argon2-linux-x64-gnu` and the like. */
function writeProjectWithoutNativeParts(folder: string): void {
  const modules = join(folder, 'node_modules');
  const withoutBuilt = (path: string) => !/node_modules|\/(dist|test)(\/|$)/.test(path);
  for (const name of ['runtime', 'contract']) {
    const to = join(modules, '@keelson', name);
    cpSync(join(repository, 'packages', name), to, { recursive: true, filter: withoutBuilt });
  }
  cpSync(join(repository, 'node_modules/@node-rs/argon2'), join(modules, '@node-rs/argon2'), { recursive: true });
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    if (name === '@node-rs' || name === '@keelson' || name.startsWith('.')) continue;
    symlinkSync(join(repository, 'node_modules', name), join(modules, name));
  }
  for (const [name, text] of Object.entries({ 'keelson.config.ts': config, 'main.ts': main, 'package.json': '{}\n' })) {
    writeFileSync(join(folder, name), text);
  }
}
