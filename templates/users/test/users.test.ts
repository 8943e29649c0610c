import { fileURLToPath } from 'node:url';
import { type RunningApp, startApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let app: RunningApp;
let token: string;

const password = 'correct horse battery';
const email = 'ada@example.com';

beforeAll(async () => {
  app = await startApp({ root: fileURLToPath(new URL('..', import.meta.url)) });
  await post('/auth/register', { email, name: 'Ada Lovelace', password }, '');
  const { links } = await app.nextMail({ to: email, subject: /^Confirm/ });
  await post('/auth/confirm', { token: new URL(links[0] ?? '').hash.slice(1) }, '');
  token = ((await (await post('/auth/login', { email, password }, '')).json()) as { access_token: string })
    .access_token;
});

afterAll(() => app?.stop());

const call = (method: string, path: string, body?: unknown, bearer = token) =>
  fetch(`${app.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(bearer && { authorization: `Bearer ${bearer}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const post = (path: string, body: unknown, bearer?: string) => call('POST', path, body, bearer);

interface User {
  id: number;
  email: string;
  active: boolean;
}

interface Page {
  users: User[];
  cursor?: string;
}

const create = async (address: string) => (await (await post('/user', { email: address })).json()) as User;
const list = async (query = '') => (await (await call('GET', `/users${query}`)).json()) as Page;

test('a stranger sees the home page, which leads to the docs and the admin page; POST / is 405', async () => {
  const page = await (await app.client().open('/')).text();
  for (const path of ['/docs', '/admin']) {
    expect(page).toContain(`href="${path}"`);
    expect((await app.client().open(path)).status).toBe(200);
  }
  for (const path of ['/apidocs', '/apidocs/']) expect((await app.client().open(path)).url).toMatch(/\/docs/);
  expect((await post('/', {}, '')).status).toBe(405);
});

test('the docs take an access token', async () => {
  const { paths, components } = (await (await call('GET', '/openapi.json', undefined, '')).json()) as {
    paths: Record<string, Record<string, { security: object[] }>>;
    components: { securitySchemes: object };
  };
  expect(Object.keys(components.securitySchemes)).toEqual(['bearer']);
  for (const path of ['/user', '/users', '/users/{id}', '/auth/me', '/auth/admins']) {
    expect(paths[path]?.['get']?.security, path).toEqual([{ bearer: [] }]);
  }
});

test('the pages load nothing inline and nothing from elsewhere', async () => {
  for (const path of ['/', '/admin', '/auth/confirm', '/auth/reset', '/auth/accept']) {
    const answer = await app.client().open(path);
    const page = await answer.text();
    expect(page).not.toMatch(/<script(?![^>]* src="\/)|<style| style=| on\w+=|https?:/);
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'self'/);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  }
});

test.each([
  ['as in the original', (id: number) => `/user?id=${id}`, '/user'],
  ['as resources', (id: number) => `/users/${id}`, '/users'],
])('%s: a user is created, read, changed and deleted', async (_name, one, all) => {
  const answer = await post(all, { email: ' Grace@Example.COM' });
  const user = (await answer.json()) as User;
  expect([answer.status, user]).toEqual([201, { id: user.id, email: 'grace@example.com', active: true }]);
  expect(await (await call('GET', one(user.id))).json()).toEqual(user);

  const changed = await call('PUT', one(user.id), { email: 'hopper@example.com', active: false });
  const wanted = { id: user.id, email: 'hopper@example.com', active: false };
  expect([changed.status, await changed.json()]).toEqual([200, wanted]);
  expect(await (await call('PUT', one(user.id), {})).json()).toEqual(wanted);

  expect((await call('DELETE', one(user.id))).status).toBe(204);
  for (const method of ['GET', 'DELETE']) expect((await call(method, one(user.id))).status).toBe(404);
  expect((await call('PUT', one(user.id), { active: true })).status).toBe(404);
});

test('an address has one user, however it is spelled', async () => {
  const user = await create('one@bücher.example');
  expect(user.email).toBe('one@xn--bcher-kva.example');
  for (const other of ['ONE@bücher.example', 'one@xn--bcher-kva.example', ' one@BÜCHER.example ']) {
    expect((await post('/user', { email: other })).status, other).toBe(409);
  }
  const second = await create('two@example.com');
  const answer = await call('PUT', `/user?id=${second.id}`, { email: 'One@BÜCHER.example' });
  expect([answer.status, await answer.json()]).toMatchObject([409, { errors: [{ path: 'body/email' }] }]);
});

test.each([
  ['nothing', {}],
  ['no address', { email: 'ada' }],
  ['a list', { email: 'a@example.com, b@example.com' }],
  ['a wide at sign', { email: 'a＠example.com' }],
  ['a line break', { email: 'a@example.com\r\nBcc: b@example.com' }],
  ['a number', { email: 1 }],
])('a user with %s is refused', async (_name, body) => {
  expect((await post('/user', body)).status).toBe(400);
});

test('what else a body says changes nothing', async () => {
  const answer = await post('/user', { email: 'plain@example.com', id: 7, active: false, created_at: '1970-01-01' });
  expect(await answer.json()).toMatchObject({ email: 'plain@example.com', active: true });
});

test('users come page by page, newest first, 100 at most, and are found by a part of the address', async () => {
  for (let n = 1; n <= 5; n++) await create(`paged_${n}@example.org`);
  const seen: User[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(`?search=PAGED_&limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`);
    expect(page.users.length).toBeLessThanOrEqual(2);
    seen.push(...page.users);
    cursor = page.cursor;
  } while (cursor !== undefined);
  expect(seen.map(({ email: address }) => address)).toEqual([5, 4, 3, 2, 1].map((n) => `paged_${n}@example.org`));

  // Not wildcards.
  // What an empty search box sends.
  expect((await list('?search=')).users.length).toBeGreaterThan(0);
  for (const query of ['%25', 'paged__', 'p%25d']) expect((await list(`?search=${query}`)).users).toEqual([]);
  for (const query of ['?limit=101', '?limit=0', '?limit=x', '?cursor=x', '?page=1']) {
    expect((await call('GET', `/users${query}`)).status, query).toBe(400);
  }
});

test('every route of the users needs a token', async () => {
  for (const [method, path] of [
    ['GET', '/users'],
    ['POST', '/users'],
    ['POST', '/user'],
    ...['GET', 'PUT', 'DELETE'].flatMap((each) => [[each, '/user?id=1'] as const, [each, '/users/1'] as const]),
  ] as const) {
    const body = method === 'POST' || method === 'PUT' ? { email: 'x@example.com' } : undefined;
    for (const wrong of ['', 'nonsense']) expect((await call(method, path, body, wrong)).status).toBe(401);
  }
});

test('no log shows a password, a token or an address', async () => {
  const logs = JSON.stringify(app.logs());
  for (const secret of [password, token, email, app.env['ACCOUNT_KEYS'] ?? '', app.env['DATABASE_URL'] ?? '']) {
    expect(secret.length).toBeGreaterThan(10);
    expect(logs).not.toContain(secret);
  }
});
