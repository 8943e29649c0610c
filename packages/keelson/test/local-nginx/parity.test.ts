import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from 'keelson/testing';
import { findNginx } from '../../src/local/nginx/machine/find-nginx.ts';
import { cleanUp } from '../dev/harness.ts';
import { comparable, isNginxPage, send } from './requests.ts';
import { forms, paths } from './cases.ts';
import { makeSite } from './site.ts';

const nginx = findNginx(process.env);
if (!nginx) process.stdout.write('SKIPPED: there is no nginx on PATH to compare with.\n');

describe.skipIf(!nginx).each([
  ['a site of many rules', () => makeSite()],
  [
    'the frontend of the microservices template',
    async () => fileURLToPath(new URL('../../../../templates/microservices', import.meta.url)),
  ],
])('%s is the same with nginx and without', (_what, root) => {
  let apps: readonly RunningApp[] = [];
  beforeAll(async () => {
    const folder = await root();
    apps = [await startApp({ root: folder }), await startApp({ root: folder, env: { KEELSON_NGINX: 'off' } })];
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.stop()));
    await cleanUp();
  });

  const siteOf = (app: RunningApp | undefined) => app?.serviceUrls['site'] ?? app?.serviceUrls['frontend'] ?? '';

  it.each([
    ['paths', paths],
    ['methods, conditions, parts, compression', forms],
  ])(
    '%s',
    async (_kind, requests) => {
      const differences: object[] = [];
      for (const [line, ...headers] of requests) {
        const [real, own] = await Promise.all(apps.map((app) => send(siteOf(app), line, headers)));
        if (!real || !own) throw new Error('both answer');
        const isOwnPage = isNginxPage(real);
        const [wanted, got] = [comparable(real, isOwnPage), comparable(own, isOwnPage)];
        if (!isDeepStrictEqual(got, wanted)) differences.push({ line, headers, wanted, got });
      }
      expect(differences).toEqual([]);
    },
    60_000,
  );
});
