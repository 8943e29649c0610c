import { join } from 'node:path';
import { type RunningApp, startApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call } from '../support/http.ts';
import { repository } from '../support/imports.ts';
import { signIn } from '../support/sign-in.ts';
import { Surfer } from '../support/surfer.ts';

let app: RunningApp;
let ada: Surfer;
const at = (path: string) => `${app.url}${path}`;

beforeAll(async () => {
  app = await startApp({ root: join(repository, 'templates/sso') });
  ({ person: ada } = await signIn(app.url, 'Ada Lovelace'));
});
afterAll(() => app?.stop());

const json = { 'content-type': 'application/json', accept: 'application/json' };
const post = (body: string, headers: Call['headers'] = json) =>
  ada.send(at('/notes'), { method: 'POST', headers, body });
const texts = async () =>
  ((await ada.send(at('/notes?limit=100'))).json() as { notes: { text: string }[] }).notes.map(({ text }) => text);

test('security 13: notes belong to the issuer and the subject, whatever else a request says', async () => {
  const { person: grace } = await signIn(app.url, 'Grace Hopper');
  await post('{"text":"for Ada alone"}');
  for (const path of ['/notes', '/notes?before=999999', '/notes?limit=100']) {
    expect((await grace.send(at(path))).body).not.toContain('for Ada alone');
  }
  expect((await grace.send(at('/notes?owner_sub=auth0|1'))).status).toBe(400);
  expect((await grace.open(at('/'))).body).not.toContain('for Ada alone');
  expect(await texts()).toContain('for Ada alone');
});

test.each([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost:1' },
])('security 44: a note from another site (%j) is refused', async (headers) => {
  expect((await post('{"text":"cross-site"}', { ...json, ...headers })).status).toBe(403);
  expect(
    (await post('text=cross-site', { 'content-type': 'application/x-www-form-urlencoded', ...headers })).status,
  ).toBe(403);
  expect(await texts()).not.toContain('cross-site');
});

test.each([
  'text/plain',
  'application/json\t; charset=utf-8',
  'application/json ;x',
  'application /json',
  'text/json',
  'multipart/form-data',
])('security 45: JSON sent as %j is refused', async (type) => {
  expect([400, 415]).toContain((await post('{"text":"odd type"}', { 'content-type': type })).status);
  expect(await texts()).not.toContain('odd type');
});

test.each(['null', 'https://evil.example', 'http://localhost.evil.example', 'http://evil.localhost'])(
  'security 46: origin %s may not read answers',
  async (origin) => {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await ada.send(at('/notes'), {
        method,
        headers: { origin, 'access-control-request-method': 'GET' },
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  },
);

test('security 47: every answer has the security headers, 404, 401 and 400 included', async () => {
  const answers = [
    await ada.send(at('/')),
    await ada.send(at('/does-not-exist')),
    await new Surfer().send(at('/')),
    await post('{'),
    await ada.send(at('/health')),
    await ada.open(at('/')),
    await ada.send(at('/login')),
    await ada.send(at('/style.css')),
  ];
  for (const { headers } of answers) {
    const policy = String(headers['content-security-policy']);
    for (const directive of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(directive);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBeDefined();
    expect(headers['x-powered-by']).toBeUndefined();
  }
});

test('security 48: headers about the client change no link, no redirect and no cookie', async () => {
  const lies = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '6.6.6.6',
    x_forwarded_host: 'evil.example',
    forwarded: 'host=evil.example;proto=https;for=6.6.6.6',
    'x-original-url': '/health',
    'x-http-method-override': 'DELETE',
  };
  const stranger = new Surfer();
  const answers = [
    await stranger.send(at('/login'), { headers: lies }),
    await ada.send(at('/'), { headers: { ...lies, accept: 'text/html' } }),
    await ada.send(at('/logout'), { headers: { ...lies, accept: 'text/html' } }),
    await stranger.send(at('/x'), { headers: lies }),
  ];
  for (const { headers, body } of answers) expect(JSON.stringify(headers) + body).not.toContain('evil.example');
  expect(new URL(answers[0]?.headers.location ?? '').searchParams.get('redirect_uri')).toBe(at('/auth/callback'));
  expect(JSON.stringify(app.logs())).not.toContain('6.6.6.6');
});

test.each([
  ['__proto__', '{"__proto__":{"polluted":true},"text":"x"}'],
  ['constructor.prototype', '{"constructor":{"prototype":{"polluted":true}},"text":"x"}'],
  ['a depth of 10 000', `{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ['duplicate keys', '{"text":"a","text":"b"}'],
  ['a NUL', '{"text":"a\\u0000b"}'],
  ['half a document', '{"text":'],
  ['a list', '[]'],
])('security 49: a body with %s is refused', async (_name, body) => {
  const answer = await post(body);
  expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/problem+json; charset=utf-8']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('security 49: a form field __proto__ is refused, and NUL in a path too', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await post('text=x&__proto__=1', form)).status).toBe(400);
  expect((await post('text=a%00b', form)).status).toBe(400);
  expect((await ada.send(at('/notes'), { rawPath: '/notes?before=%00' })).status).toBe(400);
});

test('security 50: secrets in every field and header appear in no answer and no log line', async () => {
  const secret = 'tell-nobody-7f3a9c';
  const headers = {
    ...json,
    authorization: `Bearer ${secret}`,
    'x-api-key': secret,
    'proxy-authorization': secret,
    'user-agent': 'probe',
    cookie: `${ada.jar.header('/')}; other=${secret}`,
  };
  const answers = [
    await post(JSON.stringify({ text: 1, password: secret, token: secret }), headers),
    await post(`{"text": "${secret}`, headers),
    await new Surfer().send(at(`/auth/callback?code=${secret}&state=${secret}`)),
    await ada.send(at(`/notes?limit=${secret}`), { headers }),
  ];
  for (const { status, body } of answers) expect([status >= 400, body.includes(secret)]).toEqual([true, false]);
  expect(JSON.stringify(app.logs())).not.toContain(secret);
});

test('security 51: an error is a problem document with a code and a request id, and nothing of the inside', async () => {
  const answer = await post('{"text":""}');
  const problem = answer.json() as Record<string, unknown>;
  expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  expect(JSON.stringify(problem)).toContain(String(answer.headers['x-request-id']));
  expect(answer.body).not.toMatch(/node_modules|at .*\(|\.ts\b/);
});

test('security 52: sign-in, failure and sign-out are logged', async () => {
  const { person, page } = await signIn(app.url, 'Alan Turing');
  await person.submit(page, 'Sign out');
  await person.open(at('/auth/callback?state=x&code=y'));
  await expect.poll(() => JSON.stringify(app.logs()), { timeout: 30_000 }).toMatch(/sign-in-failed/);
  expect(JSON.stringify(app.logs())).toMatch(/event=sign-in /);
  expect(JSON.stringify(app.logs())).toMatch(/event=sign-out /);
});
