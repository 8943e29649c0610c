import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../../runtime/test/data/database.ts';
import { repository } from '../../../../test/support/imports.ts';
import { copyTemplate } from '../../../../test/support/template.ts';
import { cleanUp } from '../dev/harness.ts';
import { command } from '../synth/app.ts';
import { buildWithoutDocker, type Image, linkPackages, parseDockerfile } from './dockerfile.ts';
import { addressOf, runProgram, startProgram } from './run.ts';

const template = join(repository, 'templates', 'sso');
const stages = parseDockerfile(readFileSync(join(template, 'Dockerfile'), 'utf8'));

let root: string;
let copied: ReturnType<typeof copyTemplate>;
let image: Image;
let server: TestServer;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'keelson-docker-'));
  chmodSync(root, 0o755);
  copied = copyTemplate('sso');
  writeFileSync(join(copied.folder, 'package-lock.json'), '{}\n');
  writeFileSync(join(copied.folder, '.env'), 'OIDC_CLIENT_SECRET=hunter2\n');
  server = await startServer();
  image = await buildWithoutDocker(stages, {
    context: copied.folder,
    root,
    run: async (line, folder) => {
      if (line === 'npm ci') return linkPackages(repository, folder);
      const [, args = ''] = /^npx keelson (.*)$/.exec(line) ?? [];
      const { code, output } = await command(folder, ...args.split(' '));
      if (code !== 0) throw new Error(`RUN ${line}\n${output}`);
    },
  });
});
afterEach(cleanUp);
afterAll(async () => {
  await server?.remove();
  copied?.remove();
  rmSync(root, { recursive: true, force: true });
});

test('what the Dockerfile puts together runs as another user who can write nothing there: migrations and service', async () => {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot) console.log('not root: the image’s command runs as this user instead of uid 1000');
  for (const name of readdirSync(image.folder, { recursive: true, encoding: 'utf8' })) {
    expect(name).not.toMatch(/node_modules|\.env|\.ts$/);
  }
  const env = {
    ...image.env,
    PORT: '0',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://notes.example.com',
    KEELSON_SERVICE: 'api',
    KEELSON_ENVIRONMENT: 'dev',
    DATABASE_URL: await server.emptyDatabase(),
    OIDC_PROVIDER: 'auth0',
    OIDC_ISSUER: 'https://login.example.com/',
    OIDC_CLIENT_ID: 'client',
    OIDC_CLIENT_SECRET: 'UNSET',
    SESSION_KEYS: 'k'.repeat(32),
  };
  expect(image.env).toEqual({ NODE_ENV: 'production', PORT: '8080' });
  const args = { cwd: image.folder, env, ...(isRoot ? { uid: 1000 } : {}) };
  expect(await runProgram(['node', 'migrate.js'], args)).toMatchObject({ code: 0 });

  const before = readdirSync(image.folder, { recursive: true });
  const service = startProgram(image.command, args);
  try {
    const url = await addressOf(service);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
  } finally {
    expect(await service.stop()).toBe(0);
  }
  expect(readdirSync(image.folder, { recursive: true })).toEqual(before);
});
