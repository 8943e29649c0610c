import { hostname } from 'node:os';
import { type RunningApp, startApp } from 'keelson/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { call } from '../support/http.ts';
import { templateFolder } from './compose-file.ts';
import { hasNginx } from './nginx.ts';

// The page before the real services, on the one address that they share.

const chromium = findChromium();
if (!chromium) console.log('no chromium on PATH: the page of microservices is not opened');
if (!hasNginx) console.log('no nginx on PATH: the frontend is served by the rules of its configuration alone');

const servers = [
  { by: 'nginx', isThere: hasNginx, env: {}, server: 'nginx' },
  { by: 'the rules of its configuration', isThere: true, env: { KEELSON_NGINX: 'off' }, server: undefined },
];

describe.each(servers.filter(({ isThere }) => isThere))('the frontend served by $by', ({ env, server }) => {
  let app: RunningApp;
  let browser: Browser | undefined;

  beforeAll(async () => {
    app = await startApp({ root: templateFolder, env });
    if (chromium) browser = await launchChromium(chromium);
  });
  afterEach(() => Promise.all((browser?.contexts() ?? []).map((context) => context.close())));
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const get = (path: string, headers: Record<string, string> = {}) => call(`${app.url}/`, { rawPath: path, headers });

  test.runIf(chromium)('the page shows the backend live; killed: offline, and why; back: live again', async () => {
    const page = await (browser as Browser).newPage();
    const refused = collectRefusals(page);
    await page.goto(app.url);
    await state(page, 'Live');
    expect(await page.locator('#hostname').textContent()).toBe(hostname());
    const { ip } = (await get('/api/')).json() as { ip: string };
    expect(await page.locator('#ip').textContent()).toBe(ip);
    expect(refused).toEqual([]);

    await app.services['backend']?.kill();
    await state(page, 'Offline');
    // A question that was under way when it was killed is answered otherwise.
    await page.locator('#reason', { hasText: /^Status 503/ }).waitFor();
    expect(await page.locator('#hostname').textContent()).toBe(hostname());
    // A page that is opened now is served, and invents nothing.
    const other = await (browser as Browser).newPage();
    await other.goto(app.url);
    await state(other, 'Offline');
    expect(await other.locator('#hostname').textContent()).toBe('–');

    await app.services['backend']?.start();
    for (const each of [page, other]) {
      await state(each, 'Live');
      expect(await each.locator('#hostname').textContent()).toBe(hostname());
    }
  });

  test.runIf(chromium)(
    'a page that is open goes on without the frontend: the backend has a rule of its own',
    async () => {
      const page = await (browser as Browser).newPage();
      await page.goto(app.url);
      await state(page, 'Live');
      // The backend has a rule of its own: it answers whether or not there is a frontend.
      await app.services['frontend']?.kill();
      const asked = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/');
      expect((await asked).status()).toBe(200);
      await state(page, 'Live');
      expect((await get('/')).status).toBe(503);
      await app.services['frontend']?.start();
      expect((await get('/')).status).toBe(200);
    },
  );

  test('`/api` and what is below it are the backend’s, everything else the frontend’s', async () => {
    const container = { hostname: hostname(), status: 'active' };
    for (const path of ['/api/', '/api', '/api/?x=1']) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.json()).toMatchObject(container);
      expect(Object.keys(answer.json() as object)).toEqual(['hostname', 'ip', 'status']);
    }
    expect((await get('/api/health')).json()).toEqual({ status: 'ok' });
    expect((await get('/health')).body).toBe('ok');
    for (const path of ['/apis', '/API/', '/docs', '/ready', '/api.html']) {
      const { status, body } = await get(path);
      expect([path, status], path).toEqual([path, 404]);
      expect(body).toContain('<h1>Not found</h1>');
    }
  });

  test('security 47: the page and its errors carry the headers of nginx.conf, the backend its own', async () => {
    for (const path of ['/', '/style.css', '/nothing', '/health']) {
      const { headers } = await get(path);
      expect(headers['server']).toBe(server);
      expect(headers['content-security-policy'], path).toContain("default-src 'none'; script-src 'self'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
    }
    const { headers } = await get('/api/');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers).toHaveProperty('x-request-id');
  });

  test('security 48: whatever a client says of itself, the answer is the same', async () => {
    const spoofed = {
      host: 'evil.example',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=203.0.113.9;host=evil.example',
    };
    for (const path of ['/', '/api/', '/nothing']) {
      const { status, headers, body } = await get(path, spoofed);
      expect([path, status, body]).toEqual([path, (await get(path)).status, (await get(path)).body]);
      expect(JSON.stringify(headers)).not.toContain('evil');
    }
  });

  test('security 44: a foreign site can neither read the backend’s answer nor send it anything', async () => {
    const { headers } = await get('/api/', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status } = await call(`${app.url}/api/`, { method, headers: { 'sec-fetch-site': 'cross-site' } });
      expect([403, 404, 405]).toContain(status);
    }
  });

  test('a hundred questions at once are all answered', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => get('/api/')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

async function state(page: Page, shown: 'Live' | 'Offline'): Promise<void> {
  await page.locator('#state', { hasText: shown }).waitFor();
}

function collectRefusals(page: Page): string[] {
  const refusals: string[] = [];
  page.on('console', (message) => message.type() === 'error' && refusals.push(message.text()));
  page.on('pageerror', (error) => refusals.push(String(error)));
  return refusals;
}
