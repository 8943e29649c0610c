import { join } from 'node:path';
import { type RunningApp, startApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repository } from '../support/imports.ts';
import { sessionCookie } from '../support/sign-in.ts';
import { Surfer } from '../support/surfer.ts';
import { callbackOf, me, signIn } from './people.ts';

// The checks of docs/security.md where this template differs from sso: Google, other paths, and a public start page.

let app: RunningApp;
const at = (path: string) => `${app.url}${path}`;

beforeAll(async () => {
  app = await startApp({ root: join(repository, 'templates/quick') });
});
afterAll(() => app?.stop());

async function authorization(query = '', headers: Record<string, string> = {}): Promise<URL> {
  const answer = await new Surfer().send(at(`/auth/login${query}`), { headers });
  return new URL(answer.headers.location ?? '');
}

test('security 1: two starts differ in state, nonce and code_challenge; redirect_uri is constant', async () => {
  const [one, two] = [
    await authorization(),
    await authorization('', { host: 'evil.example', 'x-forwarded-host': 'e' }),
  ];
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(one.searchParams.get(name)?.length).toBeGreaterThanOrEqual(43);
    expect(one.searchParams.get(name)).not.toBe(two.searchParams.get(name));
  }
  for (const { searchParams } of [one, two]) {
    expect(searchParams.get('code_challenge_method')).toBe('S256');
    expect(searchParams.get('redirect_uri')).toBe(at('/auth/callback'));
    expect(searchParams.get('scope')).toBe('openid profile email');
    // Without it Google signs the last account in again right after a sign-out, without a question.
    expect(searchParams.get('prompt')).toBe('select_account');
  }
});

test("security 2 and 3: another browser's callback, and a replayed one, give no session", async () => {
  const person = new Surfer();
  const callback = await callbackOf(app.url, person);
  const thief = new Surfer(person.jar.copy());
  const stranger = new Surfer();
  expect((await stranger.open(callback)).status).toBe(400);
  expect((await person.open(callback)).status).toBe(200);
  expect((await thief.open(callback)).status).toBe(400);
  expect([(await me(app.url, thief)).status, (await me(app.url, stranger)).status]).toEqual([401, 401]);
});

test('security 7: "Cancel" at the provider ends on a page with a way out, and gives no session', async () => {
  const person = new Surfer();
  const people = await person.open(at('/auth/login'));
  const page = await person.submit(people, 'name="cancel"', { cancel: '1' });
  expect([page.status, page.body.includes('href="/auth/login"')]).toEqual([400, true]);
  expect((await me(app.url, person)).status).toBe(401);
});

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example/',
  '/.//evil.example',
  '/auth/logout',
  '/auth/login',
])('security 9 and 10: return_to %j leads to the start page', async (target) => {
  const person = new Surfer();
  const query = `?${new URLSearchParams({ return_to: target })}`;
  const { headers } = await person.send(await callbackOf(app.url, person, 'Ada Lovelace', query));
  expect(headers.location).toBe('/');
});

test('security 11: the caller chooses neither hd nor prompt', async () => {
  const { searchParams } = await authorization('?hd=evil.example&prompt=none&return_to=%26hd%3Devil.example');
  expect([searchParams.get('hd'), searchParams.getAll('prompt')]).toEqual([null, ['select_account']]);
});

test('security 14: a planted cookie is ignored, and every sign-in has a session of its own', async () => {
  const { person } = await signIn(app.url, 'Ada Lovelace');
  const name = sessionCookie(app.url);
  const victim = new Surfer();
  victim.jar.set(name, person.jar.get(name) ?? '');
  await signIn(app.url, 'Grace Hopper', victim.jar);
  expect(victim.jar.get(name)).not.toBe(person.jar.get(name));
  expect((await me(app.url, victim)).body).toContain('grace@example.com');
});

test('security 16: a damaged cookie is nobody, on the start page too', async () => {
  const { person } = await signIn(app.url, 'Ada Lovelace');
  const name = sessionCookie(app.url);
  const value = person.jar.get(name) ?? '';
  for (const damaged of [`${value.slice(0, 40)}AAAA${value.slice(44)}`, value.slice(0, -9), 'x', '%00', '{}']) {
    const thief = new Surfer();
    thief.jar.set(name, damaged);
    const page = await thief.open(at('/'));
    expect([page.status, page.body.includes('Sign in with Google')]).toEqual([200, true]);
    expect((await me(app.url, thief)).status).toBe(401);
  }
});

test('security 18 and 20: after sign-out a saved cookie is dead; Google offers no sign-out, so it ends here', async () => {
  const { person, page } = await signIn(app.url, 'Ada Lovelace');
  const copy = new Surfer(person.jar.copy());
  expect((await me(app.url, copy)).status).toBe(200);
  const out = await person.submit(page, 'Sign out');
  expect([out.status, out.url]).toEqual([200, at('/auth/logout')]);
  expect(out.visited.every((address) => address.startsWith(app.url))).toBe(true);
  expect(person.jar.get(sessionCookie(app.url))).toBeUndefined();
  expect((await me(app.url, copy)).status).toBe(401);
  expect((await copy.open(at('/'))).body).not.toContain('Ada Lovelace');
});

test('security 21: a GET of /auth/logout asks; a POST from another site is refused', async () => {
  const { person } = await signIn(app.url, 'Ada Lovelace');
  expect((await person.open(at('/auth/logout'), { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200);
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, { origin: 'null' }]) {
    expect((await person.send(at('/auth/logout'), { method: 'POST', headers })).status).toBe(403);
  }
  expect((await me(app.url, person)).status).toBe(200);
  await person.submit(await person.open(at('/auth/logout')), 'Sign out');
  expect((await me(app.url, person)).status).toBe(401);
});

test('security 23: the start page is stored for strangers only', async () => {
  const { person } = await signIn(app.url, 'Ada Lovelace');
  for (const path of ['/', '/api/me', '/auth/login', '/auth/logout', '/auth/callback']) {
    expect([path, (await person.send(at(path))).headers['cache-control']]).toEqual([path, 'no-store']);
  }
});

test('security 47 and 52: the strict policy holds on the page; sign-in and sign-out are logged', async () => {
  const { person, page } = await signIn(app.url, 'Alan Turing');
  const policy = String(page.headers['content-security-policy']);
  for (const directive of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    expect(policy).toContain(directive);
  expect(policy).not.toMatch(/unsafe|https?:/);
  await person.submit(page, 'Sign out');
  await expect.poll(() => JSON.stringify(app.logs()), { timeout: 30_000 }).toMatch(/event=sign-out /);
  expect(JSON.stringify(app.logs())).toMatch(/event=sign-in /);
});
