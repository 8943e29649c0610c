import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { addressOf, startProgram } from '../bundle/run.ts';
import { cleanUp, makeFolder } from '../dev/harness.ts';
import { command } from '../synth/app.ts';
import { endAll, ends, newContext, start } from './harness.ts';

const config = `import { defineApp } from '@keelson/contract';
export default defineApp({
  name: 'hello', region: 'eu-central-1',
  resources: { shows: { kind: 'table', key: { slug: 'string' } } },
  services: { api: { source: 'src/main.ts', compute: 'fargate', uses: ['shows'] } },
});
`;
const service = `import { createService } from '@keelson/runtime';
import { table } from '@keelson/runtime/table';
import Type from 'typebox';
export default createService(async (app) => {
  const shows = table<{ slug: string }>('shows', { key: 'slug' });
  const schema = { response: { 200: Type.Object({ slug: Type.Optional(Type.String()) }) } };
  app.get('/', { auth: 'public', schema }, async () => {
    await shows.createAll([{ slug: 'a' }]);
    return (await shows.get({ slug: 'a' })) ?? {};
  });
});
`;

afterEach(endAll);
afterAll(cleanUp);

test('an image with a table runs where nothing is installed', async () => {
  const folder = await makeFolder({ 'keelson.config.ts': config, 'src/main.ts': service });
  await command(folder, 'bundle');
  const image = mkdtempSync(join(tmpdir(), 'keelson-image-'));
  ends.push(() => rmSync(image, { recursive: true, force: true }));
  cpSync(join(folder, 'dist'), image, { recursive: true });

  const { env } = await start(await newContext(), [
    { variable: 'SHOWS_TABLE', name: 'shows', key: { slug: 'string' } },
  ]);
  const settings = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL: 'https://shows.example.com',
    KEELSON_SERVICE: 'api',
    KEELSON_ENVIRONMENT: 'dev',
  };
  const program = startProgram(['node', 'server.js'], { cwd: image, env: { ...env, ...settings } });
  ends.push(() => program.stop());
  const address = await addressOf(program);
  expect(await (await fetch(address)).json()).toEqual({ slug: 'a' });
  expect(await (await fetch(`${address}/ready`)).json()).toMatchObject({ status: expect.stringMatching(/ready|ok/) });
  expect((await fetch(address)).status).toBe(409);
});
