import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from 'keelson/testing';
import { cleanUp, makeFolder } from '../dev/harness.ts';

const config = `import { defineApp } from '@keelson/contract';
export default defineApp({
  name: 'shows', region: 'ap-southeast-2',
  resources: {
    tokens: {
      kind: 'tokens', provider: 'auth0',
      scopes: { 'shows.read': 'Read shows', 'shows.write': 'Write shows' },
      clients: { shows: ['shows.read', 'shows.write'] },
    },
  },
  services: {
    api: {
      source: 'src/main.ts', compute: 'fargate', ingress: 'http-api', uses: ['tokens'],
      routes: { 'GET /shows': { scopes: ['shows.read'] }, 'GET /address': 'public' },
    },
  },
});
`;

const service = `import { createService } from '@keelson/runtime';
import { tokens } from '@keelson/runtime/tokens';
import Type from 'typebox';
export default createService(async (app) => {
  await app.register(tokens);
  const schema = { response: { 200: Type.Object({ text: Type.String() }) } };
  app.get('/shows', { auth: { scopes: ['shows.read'] }, schema }, async () => ({ text: 'shows' }));
  app.get('/hidden', { auth: { scopes: ['shows.write'] }, schema }, async () => ({ text: 'hidden' }));
  app.get('/address', { auth: 'public', schema }, async (request) => ({ text: request.ip }));
});
`;

afterAll(cleanUp);

describe('an app behind its HTTP API', () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await startApp({ root: await makeFolder({ 'keelson.config.ts': config, 'src/main.ts': service }) });
  });
  afterAll(() => app?.stop());

  const get = (base: string | undefined, path: string, token?: string, headers: Record<string, string> = {}) =>
    fetch(`${base}${path}`, { headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) } });

  it('checks tokens at the gateway, and again at the service', async () => {
    const [reads, writes] = await Promise.all([
      app.token({ scopes: ['shows.read'] }),
      app.token({ scopes: ['shows.write'] }),
    ]);
    for (const base of [app.urls['api'], app.serviceUrls['api']]) {
      expect((await get(base, '/shows')).status).toBe(401);
      expect((await get(base, '/shows', 'nonsense')).status).toBe(401);
      expect((await get(base, '/shows', writes)).status).toBe(403);
      expect((await get(base, '/shows', reads)).status).toBe(200);
    }
    expect(app.serviceUrls['api']).not.toBe(app.urls['api']);
  });

  it('shows nothing of the service that is no route', async () => {
    const token = await app.token();
    expect((await get(app.serviceUrls['api'], '/hidden', token)).status).toBe(200);
    for (const path of ['/hidden', '/openapi.json', '/ready', '/oauth/token']) {
      expect((await get(app.urls['api'], path, token)).status).toBe(404);
    }
  });

  it('security 48: the caller’s address is the one that the gateway saw', async () => {
    const spoofed = { forwarded: 'for=6.6.6.6', 'x-forwarded-for': '7.7.7.7' };
    const answer = await get(app.urls['api'], '/address', undefined, spoofed);
    expect(await answer.json()).toEqual({ text: '127.0.0.1' });
    const open = await get(app.urls['api'], '/address', undefined, { forwarded: 'for="6.6.6.6' });
    expect([200, 400]).toContain(open.status);
    expect(await open.text()).not.toContain('6.6.6.6');
  });
});

describe('sites whose pages may call', () => {
  it("are those of the user's .env before those of the config file, at the gateway too", async () => {
    const listed = config.replace("uses: ['tokens'],", "uses: ['tokens'], corsOrigins: ['https://shows.example.com'],");
    const root = await makeFolder({ 'src/main.ts': service, 'keelson.config.ts': listed });
    expect(await sitesThatMayCall(root)).toEqual(['https://shows.example.com']);
    expect(await sitesThatMayCall(root, { CORS_ORIGINS: 'http://localhost:5173/' })).toEqual(['http://localhost:5173']);
  });
});

async function sitesThatMayCall(root: string, env: Record<string, string> = {}): Promise<string[]> {
  const app = await startApp({ root, env });
  try {
    const asked = ['https://shows.example.com', 'http://localhost:5173'].map(async (origin) => {
      const headers = { origin, 'access-control-request-method': 'GET' };
      const preflight = await fetch(`${app.url}/shows`, { method: 'OPTIONS', headers });
      const answer = await fetch(`${app.url}/address`, { headers: { origin } });
      const told = [preflight, answer].map((each) => each.headers.get('access-control-allow-origin') === origin);
      expect(told[0]).toBe(told[1]);
      return told[0] ? origin : [];
    });
    return (await Promise.all(asked)).flat();
  } finally {
    await app.stop();
  }
}
