import { join } from 'node:path';
import { type RunningApp, startApp } from 'keelson/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { call } from '../support/http.ts';
import { type HttpRelay, httpRelay } from '../support/http-relay.ts';
import { repository } from '../support/imports.ts';
import { type ServiceProcess, startService } from '../support/service-process.ts';
import { sessionCookie } from '../support/sign-in.ts';
import { Surfer } from '../support/surfer.ts';
import { callbackOf, me, signIn } from './people.ts';
import { freePort } from '../support/free-port.ts';

// The service as an image runs it, several processes of it, on a wire to the table of ended sessions that can be cut.

let app: RunningApp;
let wire: HttpRelay;
const services: ServiceProcess[] = [];

beforeAll(async () => {
  app = await startApp({ root: join(repository, 'templates/quick') });
  wire = await httpRelay(app.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
});
afterEach(async () => {
  wire.mend();
  for (const { child, exited } of services.splice(0)) {
    child.kill('SIGKILL');
    await exited();
  }
});
afterAll(async () => {
  await wire?.close();
  await app?.stop();
});

/** Another process of the same service: same keys, same table. */
async function startProcess(): Promise<string> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = { ...app.env, PORT: String(port), PUBLIC_URL: url, AWS_ENDPOINT_URL_DYNAMODB: wire.url };
  const service = startService('quick', env);
  services.push(service);
  await service.listening();
  return url;
}

/** The same browser at another process; only the name of the cookie carries the port. */
function alsoAt(url: string, person: Surfer): Surfer {
  const there = new Surfer();
  there.jar.set(sessionCookie(url), person.jar.get(sessionCookie(app.url)) ?? '');
  return there;
}

test('security 18: a sign-out holds in every process, within 30 s where the session was just seen; a replay stays dead', async () => {
  const [seen, fresh] = await Promise.all([startProcess(), startProcess()]);
  const { person, page } = await signIn(app.url, 'Ada Lovelace');
  const [there, elsewhere] = [alsoAt(seen, person), alsoAt(fresh, person)];
  expect((await me(seen, there)).status).toBe(200);

  const began = performance.now();
  await person.submit(page, 'Sign out');
  expect((await me(fresh, elsewhere)).status).toBe(401);
  await expect.poll(async () => (await me(seen, there)).status, { timeout: 30_000, interval: 250 }).toBe(401);
  expect(performance.now() - began).toBeLessThan(30_000);
  expect((await me(seen, there)).status).toBe(401);
  expect((await there.open(`${seen}/`)).body).toContain('Sign in with Google');
});

test('a callback counts once, in whatever process it is replayed', async () => {
  const person = new Surfer();
  const callback = await callbackOf(app.url, person);
  const copies = Array.from({ length: 4 }, () => new Surfer(person.jar.copy()));
  const answers = await Promise.all(copies.map((copy) => copy.send(callback)));
  expect(answers.filter(({ status }) => status === 302)).toHaveLength(1);
});

test('security 18: while the table is away nobody is let in, and a sign-out says that it did not happen', async () => {
  const url = await startProcess();
  const { person } = await signIn(app.url, 'Grace Hopper');
  wire.cut();
  const there = alsoAt(url, person);
  // On a busy machine the process may first be too busy to ask the table: that is a 503 too, with another code.
  await expect
    .poll(async () => (await me(url, there)).json(), { timeout: 30_000 })
    .toMatchObject({ status: 503, code: 'SESSION_STORE_UNAVAILABLE' });
  expect(Number((await me(url, there)).headers['retry-after'])).toBeGreaterThan(0);
  expect((await there.open(`${url}/`)).status).toBe(503);
  const out = await there.send(`${url}/auth/logout`, { method: 'POST', headers: { accept: 'text/html', origin: url } });
  expect([out.status, out.headers['set-cookie']]).toEqual([503, undefined]);

  // Who has no session needs no table.
  await expect.poll(async () => (await new Surfer().open(`${url}/`)).status, { timeout: 30_000 }).toBe(200);
  await expect.poll(async () => (await me(url, new Surfer())).status, { timeout: 30_000 }).toBe(401);
  expect((await call(`${url}/health`)).status).toBe(200);

  wire.mend();
  await expect.poll(async () => (await me(url, there)).status, { timeout: 20_000 }).toBe(200);
});

test('an answer of the table that is lost does not leave a sign-out half done', async () => {
  const url = await startProcess();
  const { person } = await signIn(app.url, 'Alan Turing');
  const there = alsoAt(url, person);
  expect((await me(url, there)).status).toBe(200);
  // The write arrives, its answer does not; the client repeats it, and the condition must not make that a failure.
  wire.loseAnswer(/notBefore/);
  const out = await there.send(`${url}/auth/logout`, { method: 'POST', headers: { accept: 'text/html', origin: url } });
  expect(out.status).toBe(303);
  expect((await me(url, alsoAt(url, person))).status).toBe(401);
});
