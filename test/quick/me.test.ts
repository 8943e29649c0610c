import { join } from 'node:path';
import { type RunningApp, startApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../support/imports.ts';
import { sessionCookie } from '../support/sign-in.ts';
import { Surfer } from '../support/surfer.ts';
import { me, signIn } from './people.ts';

// What the kit promises of its routes, and the mistake that it had.

let app: RunningApp;
const at = (path: string) => `${app.url}${path}`;

beforeAll(async () => {
  app = await startApp({ root: join(repository, 'templates/quick') });
});
afterAll(() => app?.stop());

const pageHeaders = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

test('GET /api/me answers exactly email and provider', async () => {
  const { person } = await signIn(app.url, 'Ada Lovelace');
  const answer = await me(app.url, person);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  expect(answer.body).toBe('{"email":"ada@example.com","provider":"google"}');
});

test('the cookie that the sign-in sets is the one that /api/me reads: no "Bearer ", nothing to decode twice', async () => {
  const { person } = await signIn(app.url, 'Grace Hopper');
  const name = sessionCookie(app.url);
  const value = person.jar.get(name) ?? '';
  // Not quoted and without a space: a value that every browser and proxy hands on as it is (RFC 6265, cookie-octet).
  expect(value).toMatch(/^[\w.-]+$/);
  expect((await me(app.url, person)).json()).toMatchObject({ email: 'grace@example.com' });
  for (const wrapped of [`Bearer ${value}`, `"${value}"`, `Bearer%20${value}`]) {
    const other = new Surfer();
    other.jar.set(name, wrapped);
    expect([wrapped.slice(0, 9), (await me(app.url, other)).status]).toEqual([wrapped.slice(0, 9), 401]);
  }
});

test.each([
  ['a program', { accept: 'application/json' }],
  ['a browser that opens the address', pageHeaders],
  ['a script of a page', { accept: '*/*', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
  ['someone without Accept', {}],
  ['a token', { accept: 'application/json', authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' }],
])('GET /api/me without a session is 401 and a problem document for %s', async (_who, headers) => {
  for (const method of ['GET', 'HEAD']) {
    const answer = await new Surfer().send(at('/api/me'), { method, headers });
    expect([answer.status, answer.headers['content-type'], answer.headers.location]).toEqual([
      401,
      'application/problem+json; charset=utf-8',
      undefined,
    ]);
    expect(answer.headers['www-authenticate']).toBe('Cookie form-action="/auth/login"');
    expect(answer.headers['cache-control']).toBe('no-store');
    if (method === 'GET') expect(answer.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  }
});

test('security 34: no spelling of /api/me answers without a session', async () => {
  for (const rawPath of ['//api/me', '/api/me;x', '/api%2Fme', '/API/ME', '/api/me/', '/api/./me', '/%61pi/me']) {
    const { status } = await new Surfer().send(at('/'), { rawPath });
    expect([rawPath, [401, 404].includes(status)]).toEqual([rawPath, true]);
  }
});

test('what a provider says of a person never becomes markup', async () => {
  const person = new Surfer();
  const people = await person.open(at('/auth/login'));
  const page = await person.submit(people, 'name="email"', { email: '<b>eve</b>&"@example.com' });
  expect(page.url).toBe(at('/'));
  expect(page.body).toContain('&lt;b&gt;eve&lt;/b&gt;&amp;&quot;');
  expect(page.body).not.toContain('<b>eve');
  expect((await me(app.url, person)).json()).toEqual({ email: '<b>eve</b>&"@example.com', provider: 'google' });
});

test('/health, the start page, the stylesheet and the documentation are for anyone', async () => {
  for (const path of ['/health', '/', '/style.css', '/icon.svg', '/openapi.json', '/docs/']) {
    expect([path, (await new Surfer().open(at(path))).status]).toEqual([path, 200]);
  }
  const { paths } = (await new Surfer().send(at('/openapi.json'))).json() as { paths: Record<string, object> };
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/', '/api/me', '/health']));
});
