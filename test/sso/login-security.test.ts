import { join } from 'node:path';
import { type RunningApp, startApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../support/imports.ts';
import { callbackOf, greeting, sessionCookie, signIn } from '../support/sign-in.ts';
import { type Follows, Surfer } from '../support/surfer.ts';

// The checks of docs/security.md on a whole app, as a stranger on the network sees it. The runtime's own tests go deeper.

let app: RunningApp;
const at = (path: string) => `${app.url}${path}`;

beforeAll(async () => {
  app = await startApp({ root: join(repository, 'templates/sso') });
});
afterAll(() => app?.stop());

async function authorization(headers: Record<string, string> = {}, query = ''): Promise<URL> {
  const { headers: answer } = await new Surfer().send(at(`/login${query}`), { headers });
  return new URL(answer.location ?? '');
}

test('security 1: two starts differ in state, nonce and code_challenge (S256); redirect_uri is constant, from PUBLIC_URL', async () => {
  const [one, two] = [
    await authorization(),
    await authorization({ host: 'evil.example', 'x-forwarded-host': 'evil.example' }),
  ];
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(one.searchParams.get(name)?.length).toBeGreaterThanOrEqual(43);
    expect(one.searchParams.get(name)).not.toBe(two.searchParams.get(name));
  }
  for (const { searchParams } of [one, two]) {
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('redirect_uri')).toBe(at('/auth/callback'));
  }
});

test("security 2: a callback with another browser's state, or without the transaction cookie, is refused", async () => {
  const victim = new Surfer();
  await victim.open(at('/login'));
  const callback = await callbackOf(app.url, new Surfer());
  for (const person of [victim, new Surfer()]) {
    const answer = await person.open(callback);
    expect([answer.status >= 400 && answer.status < 500, (await greeting(app.url, person)).status]).toEqual([
      true,
      401,
    ]);
  }
});

test('security 3: a replayed callback gives no second session', async () => {
  const person = new Surfer();
  const callback = await callbackOf(app.url, person);
  const thief = new Surfer(person.jar.copy());
  expect((await person.open(callback)).status).toBe(200);
  expect((await thief.open(callback)).status).toBeGreaterThanOrEqual(400);
  expect((await greeting(app.url, thief)).status).toBe(401);
});

test('security 7: an error on the callback is escaped and gives no session', async () => {
  const person = new Surfer();
  const state = new URL((await person.send(at('/login'))).headers.location ?? '').searchParams.get('state') ?? '';
  const hostile = '<script>alert(1)</script>';
  const answer = await person.open(
    at(`/auth/callback?${new URLSearchParams({ error: hostile, error_description: hostile, state })}`),
  );
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.body).not.toContain('<script');
  expect((await greeting(app.url, person)).status).toBe(401);
});

test('security 8: two tabs that log in at once both finish; 50 abandoned starts leave a bounded number of cookies', async () => {
  const person = new Surfer();
  const [one, two] = [await person.open(at('/?tab=1')), await person.open(at('/?tab=2'))];
  expect((await person.submit(two, 'Ada Lovelace')).url).toBe(at('/?tab=2'));
  expect((await person.submit(one, 'Ada Lovelace')).url).toBe(at('/?tab=1'));

  // Both codes are out before either is exchanged.
  const hasty = new Surfer();
  const stopsAtCallback: Follows = (address) => !address.startsWith(at('/auth/callback'));
  const tabs = [await hasty.open(at('/?tab=1')), await hasty.open(at('/?tab=2'))];
  const held: string[] = [];
  for (const tab of tabs)
    held.push((await hasty.submit(tab, 'Ada Lovelace', {}, stopsAtCallback)).headers.location ?? '');
  const ends = [];
  for (const callback of held) ends.push((await hasty.open(new URL(callback, app.url).href)).url);
  expect(ends).toEqual([at('/?tab=1'), at('/?tab=2')]);

  const undecided = new Surfer();
  for (let starts = 0; starts < 50; starts++) await undecided.send(at('/login'));
  expect(undecided.jar.names.length).toBeLessThanOrEqual(10);
  expect((await undecided.open(await callbackOf(app.url, undecided))).status).toBe(200);
});

const elsewhere = [
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  'https://localhost@evil.example',
  'javascript:alert(1)',
  '/x\r\nset-cookie: a=b',
  `/${'x'.repeat(8192)}`,
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  'https://evil.example/',
];

test.each(elsewhere.map((target) => [target.slice(0, 40), target]))(
  'security 9 and 10: return_to %j leads to the start page',
  async (_title, target) => {
    const person = new Surfer();
    const callback = await callbackOf(
      app.url,
      person,
      'Ada Lovelace',
      `/login?${new URLSearchParams({ return_to: target })}`,
    );
    const { headers } = await person.send(callback);
    const end = new URL(headers.location ?? '', app.url);
    expect([end.origin, end.pathname]).toEqual([app.url, target.startsWith('/%2e') ? end.pathname : '/']);
    expect(end.pathname.startsWith('//')).toBe(false);
  },
);

test('security 11: return_to injects no parameter', async () => {
  const { searchParams } = await authorization(
    {},
    '?return_to=%26prompt%3Dnone&prompt=none&redirect_uri=https://evil.example',
  );
  expect([searchParams.get('prompt'), searchParams.getAll('redirect_uri')]).toEqual([null, [at('/auth/callback')]]);
});

test('security 12: an unauthenticated POST is refused and not replayed after login', async () => {
  const person = new Surfer();
  const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', origin: app.url };
  expect((await person.send(at('/notes'), { method: 'POST', headers, body: 'text=planted' })).status).toBe(401);
  await signIn(app.url, 'Alan Turing', person.jar);
  expect((await person.send(at('/notes'))).body).not.toContain('planted');
});

test('security 14: a planted cookie is ignored, and every login has a session of its own', async () => {
  const { person } = await signIn(app.url, 'Ada Lovelace');
  const name = sessionCookie(app.url);
  const first = person.jar.get(name) ?? '';
  const victim = new Surfer();
  victim.jar.set(name, first);
  await signIn(app.url, 'Grace Hopper', victim.jar);
  expect(victim.jar.get(name)).not.toBe(first);
  expect((await greeting(app.url, victim)).body).toContain('Grace Hopper');
});

test('security 15: the session cookie is HttpOnly, SameSite=Lax, Path=/, without Domain, and small', async () => {
  const person = new Surfer();
  const answer = await person.send(await callbackOf(app.url, person));
  const [cookie = ''] = (answer.headers['set-cookie'] ?? []).filter(
    (line) => !/max-age=0|expires=thu, 01 jan 1970/i.test(line),
  );
  expect(cookie).toMatch(/; ?HttpOnly/i);
  expect(cookie).toMatch(/; ?SameSite=Lax/i);
  expect(cookie).toMatch(/; ?Path=\/(;|$)/i);
  expect(cookie).not.toMatch(/; ?Domain=/i);
  expect(cookie.length).toBeLessThanOrEqual(1024);
});

test('security 16: a damaged cookie is nobody, never an error', async () => {
  const { person } = await signIn(app.url, 'Ada Lovelace');
  const name = sessionCookie(app.url);
  const value = person.jar.get(name) ?? '';
  const middle = Math.floor(value.length / 2);
  const flipped = value.slice(0, middle) + (value[middle] === 'A' ? 'B' : 'A') + value.slice(middle + 1);
  const undecided = new Surfer();
  await undecided.send(at('/login'));
  const transaction = undecided.jar.get(undecided.jar.names[0] ?? '') ?? '';
  for (const damaged of [
    flipped,
    value.slice(0, -9),
    value.split('.').toReversed().join('.'),
    transaction,
    'x',
    '%00',
    '{}',
  ]) {
    const thief = new Surfer();
    thief.jar.set(name, damaged);
    expect([damaged.length, (await greeting(app.url, thief)).status]).toEqual([damaged.length, 401]);
  }
});

test('security 18 and 20: after sign-out a saved copy of the cookie is dead; Auth0 is told at /v2/logout', async () => {
  const { person, page } = await signIn(app.url, 'Ada Lovelace');
  const copy = new Surfer(person.jar.copy());
  expect((await greeting(app.url, copy)).status).toBe(200);

  const out = await person.submit(page, 'Sign out', {}, (address) => !address.includes('/v2/logout'));
  const provider = new URL(out.headers.location ?? '');
  expect([provider.pathname, [...provider.searchParams.keys()].toSorted()]).toEqual([
    '/v2/logout',
    ['client_id', 'returnTo'],
  ]);
  expect(provider.searchParams.get('returnTo')).toBe(at('/'));
  expect((await greeting(app.url, copy)).status).toBe(401);
});

test('security 21: a GET of /logout asks; a POST from another site is refused', async () => {
  const { person } = await signIn(app.url, 'Ada Lovelace');
  expect((await person.open(at('/logout'), { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200);
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ]) {
    expect((await person.send(at('/logout'), { method: 'POST', headers })).status).toBe(403);
  }
  expect((await greeting(app.url, person)).status).toBe(200);
  const asked = await person.open(at('/logout'));
  await person.submit(asked, 'Sign out');
  expect((await greeting(app.url, person)).status).toBe(401);
});

test('security 23: what knows the person, or sets a cookie, is not stored', async () => {
  const { person } = await signIn(app.url, 'Ada Lovelace');
  for (const path of ['/', '/notes', '/login', '/logout', '/auth/callback']) {
    expect([path, (await person.send(at(path))).headers['cache-control']]).toEqual([path, 'no-store']);
  }
});
