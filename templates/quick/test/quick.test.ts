import { fileURLToPath } from 'node:url';
import { type HttpClient, type RunningApp, startApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let app: RunningApp;
let ada: HttpClient;

beforeAll(async () => {
  app = await startApp({ root: fileURLToPath(new URL('..', import.meta.url)) });
  ada = await app.signIn('Ada Lovelace');
});

afterAll(() => app?.stop());

test('the service is healthy', async () => {
  expect((await app.client().fetch('/health')).status).toBe(200);
});

test('a stranger sees a link to the sign-in, a signed-in person who they are', async () => {
  const page = await (await app.client().open('/')).text();
  expect(page).toContain('<a class="button" href="/auth/login">Sign in with Google</a>');
  const own = await (await ada.open('/')).text();
  expect(own).toContain('Hello, Ada Lovelace');
  expect(own).toContain('ada@example.com');
});

test('/api/me says who is signed in', async () => {
  const answer = await ada.fetch('/api/me');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ email: 'ada@example.com', provider: 'google' });
});

test('/api/me answers 401 to everyone else, a browser included', async () => {
  const stranger = app.client();
  for (const answer of [
    await stranger.fetch('/api/me'),
    await stranger.open('/api/me', { redirect: 'manual' }),
    await stranger.fetch('/api/me', { headers: { cookie: 'session=Bearer x', authorization: 'Bearer x' } }),
  ]) {
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      401,
      'application/problem+json; charset=utf-8',
    ]);
  }
});

test('after signing out nobody is signed in', async () => {
  const grace = await app.signIn('Grace Hopper');
  const page = await grace.submit('/auth/logout', {});
  expect(await page.text()).toContain('You are signed out');
  expect((await grace.fetch('/api/me')).status).toBe(401);
});

test('a long name in many scripts is shown whole', async () => {
  const thorunn = await app.signIn('thorunn.margret@example.com');
  expect(await (await thorunn.open('/')).text()).toContain('“山田 花子” O’Brien-Østergård y Fernández de la Vega');
});
