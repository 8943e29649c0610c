import type { App } from '@keelson/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSample, productionEnv } from './fixtures/services.ts';

let app: App;
beforeAll(async () => {
  const env = productionEnv({ CORS_ORIGINS: 'https://Site.example:443, http://localhost:5173' });
  app = await buildSample({ cors: { origins: ['https://partner.example'] } }, env);
});
afterAll(() => app.close());

const allowed = async (origin: string) =>
  (await app.inject({ url: '/hello', headers: { origin } })).headers['access-control-allow-origin'];

describe('security 46: CORS_ORIGINS', () => {
  it.each([['https://site.example'], ['http://localhost:5173'], ['https://partner.example']])(
    '%s, of the environment or the code, may read and send',
    async (origin) => {
      expect(await allowed(origin)).toBe(origin);
      const headers = { origin, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
      expect((await app.inject({ method: 'POST', url: '/anything', headers, payload: '{}' })).statusCode).toBe(200);
      const preflight = await app.inject({
        method: 'OPTIONS',
        url: '/anything',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization',
        },
      });
      expect(preflight.statusCode).toBe(204);
      expect(preflight.headers['access-control-allow-headers']).toContain('authorization');
      expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
    },
  );

  it.each([
    ['null'],
    ['https://sub.site.example'],
    ['https://site.example.evil.example'],
    ['https://evilsite.example'],
    ['http://site.example'],
    ['https://site.example:444'],
    ['http://localhost:5174'],
    ['https://SITE.example'],
  ])('%s gets no Access-Control-Allow-Origin, and may not write', async (origin) => {
    expect(await allowed(origin)).toBeUndefined();
    const headers = { origin, 'content-type': 'application/json' };
    expect((await app.inject({ method: 'POST', url: '/anything', headers, payload: '{}' })).statusCode).toBe(403);
  });

  it.each([{}, { origin: 'https://site.example' }, { 'access-control-request-method': 'GET' }])(
    'OPTIONS with %j is no preflight, and no way in',
    async (headers: Record<string, string>) => {
      const answer = await app.inject({ method: 'OPTIONS', url: '/hello', headers });
      expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
      expect(answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
      expect((await app.inject({ method: 'OPTIONS', url: '/nowhere', headers })).json()).toMatchObject({ status: 404 });
    },
  );

  it.each([['*'], ['https://*.example'], ['site.example'], ['https://site.example/path'], ['https://u@site.example']])(
    '%s is refused at boot',
    async (origin) => {
      const build = buildSample({}, productionEnv({ CORS_ORIGINS: `https://good.example,${origin}` }));
      await expect(build).rejects.toThrow(/CORS_ORIGINS: has 1 of 2 entries/);
    },
  );
});
