import { isIPv4 } from 'node:net';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type RunningApp, startApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let app: RunningApp;

beforeAll(async () => {
  app = await startApp({ root: fileURLToPath(new URL('..', import.meta.url)) });
});

afterAll(() => app?.stop());

const get = (path: string, base = app.url) => fetch(`${base}${path}`, { redirect: 'manual' });

test('the backend says which container answers, at the shared address and at its own', async () => {
  for (const base of [app.url, app.urls['backend']]) {
    for (const path of ['/api/', '/api']) {
      const answer = await get(path, base);
      const body = (await answer.json()) as { ip: string };
      expect([answer.status, body]).toEqual([200, { hostname: hostname(), ip: body.ip, status: 'active' }]);
      expect(isIPv4(body.ip)).toBe(true);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  }
});

test('both services are healthy', async () => {
  expect(await (await get('/health')).text()).toBe('ok');
  expect(await (await get('/api/health')).json()).toEqual({ status: 'ok' });
  expect(await (await get('/health', app.urls['backend'])).json()).toEqual({ status: 'ok' });
});

test('the page is at the shared address, with what it loads', async () => {
  const answer = await get('/');
  const page = await answer.text();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page).not.toMatch(/<style| style=| on\w+=|https?:/);
  for (const [, path = ''] of page.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
    expect([path, (await get(path)).status]).toEqual([path, 200]);
  }
});

test('what is not there is 404: a page of the frontend, a problem document of the backend', async () => {
  const types = await Promise.all(
    ['/nothing', '/api/nothing'].map(async (path) => {
      const { status, headers } = await get(path);
      return [status, headers.get('content-type')];
    }),
  );
  expect(types).toEqual([
    [404, 'text/html; charset=utf-8'],
    [404, 'application/problem+json; charset=utf-8'],
  ]);
});

test('without the backend the page is still served; the backend comes back at its address', async () => {
  await app.services['backend']?.kill();
  expect([(await get('/')).status, (await get('/api/')).status]).toEqual([200, 503]);
  await app.services['backend']?.start();
  expect((await get('/api/')).status).toBe(200);
});
