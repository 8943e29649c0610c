import { fileURLToPath } from 'node:url';
import { type HttpClient, type RunningApp, startApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let app: RunningApp;
let ada: HttpClient;
let grace: HttpClient;

beforeAll(async () => {
  app = await startApp({ root: fileURLToPath(new URL('..', import.meta.url)) });
  ada = await app.signIn('Ada Lovelace');
  grace = await app.signIn('Grace Hopper');
});

afterAll(() => app?.stop());

const write = (person: HttpClient, body: unknown) =>
  person.fetch('/notes', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

interface Page {
  notes: { id: string; text: string; createdAt: string }[];
  next?: string;
}

const read = async (person: HttpClient, query = '') => (await (await person.fetch(`/notes${query}`)).json()) as Page;

test('the service is healthy and ready', async () => {
  const stranger = app.client();
  expect((await stranger.fetch('/health')).status).toBe(200);
  expect((await stranger.fetch('/ready')).status).toBe(200);
});

test('a browser that is not signed in is sent to the login, a program gets 401', async () => {
  const stranger = app.client();
  const sent = await stranger.open('/', { redirect: 'manual' });
  expect([sent.status, sent.headers.get('location')]).toEqual([302, '/login?return_to=%2F']);
  for (const path of ['/', '/notes']) expect((await stranger.fetch(path)).status).toBe(401);
});

test('the start page greets: HTML for a browser, JSON for a program', async () => {
  const page = await ada.open('/');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toContain('<h1>Hello, Ada Lovelace</h1>');

  const answer = await ada.fetch('/');
  expect(await answer.json()).toEqual({
    message: 'Hello, Ada Lovelace',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
  });
});

test('a note is written as JSON or by a form, and belongs to one person', async () => {
  const written = await write(ada, { text: 'from a program' });
  expect(written.status).toBe(201);
  expect(await written.json()).toMatchObject({ text: 'from a program' });

  const page = await ada.submit('/notes', { text: 'from a form\r\nin two lines' });
  expect([page.status, page.url]).toEqual([200, `${app.url}/`]);

  const { notes } = await read(ada);
  expect(notes.map(({ text }) => text)).toEqual(['from a form\nin two lines', 'from a program']);
  expect(await read(grace)).toEqual({ notes: [] });
  expect(await (await grace.open('/')).text()).not.toContain('from a form');
});

test('what a person writes never becomes markup', async () => {
  await write(ada, { text: '<script>alert("1")</script>' });
  const page = await (await ada.open('/')).text();
  expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  expect(page).not.toContain('<script');
});

test.each([
  ['nothing', {}],
  ['an empty text', { text: '' }],
  ['spaces alone', { text: ' \n ' }],
  ['1001 characters', { text: 'x'.repeat(1001) }],
  ['a NUL', { text: 'a\u0000b' }],
  ['a number', { text: 1 }],
  ['an owner', { text: 'x', owner_sub: 'someone else' }],
])('a note with %s is refused', async (_name, body) => {
  const answer = await write(grace, body);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8']);
  expect(await read(grace)).toEqual({ notes: [] });
});

test('a note has up to 1000 characters, whatever their script', async () => {
  const thorunn = await app.signIn('thorunn.margret@example.com');
  const text = '山🎈'.repeat(500);
  expect((await write(thorunn, { text })).status).toBe(201);
  expect((await read(thorunn)).notes.map((note) => note.text)).toEqual([text]);
});

test('notes come page by page, newest first, 100 at most', async () => {
  const alan = await app.signIn('Alan Turing');
  for (let n = 1; n <= 5; n++) await write(alan, { text: `note ${n}` });

  const first = await read(alan, '?limit=2');
  const second = await read(alan, `?limit=2&before=${first.next}`);
  const third = await read(alan, `?limit=2&before=${second.next}`);
  const texts = [first, second, third].map(({ notes }) => notes.map(({ text }) => text));
  expect(texts).toEqual([['note 5', 'note 4'], ['note 3', 'note 2'], ['note 1']]);
  expect(third.next).toBeUndefined();

  for (const query of ['?limit=101', '?limit=0', '?limit=x', '?before=x', '?owner=ada']) {
    expect((await alan.fetch(`/notes${query}`)).status).toBe(400);
  }
});

test('no page and no log shows a credential', async () => {
  await ada.open('/does-not-exist');
  const pages = await Promise.all(['/', '/notes', '/health', '/openapi.json'].map((path) => ada.open(path)));
  const texts = [...(await Promise.all(pages.map((page) => page.text()))), JSON.stringify(app.logs())];
  const secrets = ['DATABASE_URL', 'OIDC_CLIENT_SECRET', 'SESSION_KEYS'].map((name) => app.env[name] ?? '');
  expect(secrets.every((secret) => secret.length > 20)).toBe(true);
  expect(secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
});
