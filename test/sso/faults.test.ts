import { join } from 'node:path';
import { type RunningApp, startApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/http.ts';
import { repository } from '../support/imports.ts';
import { type ServiceProcess, startService } from '../support/service-process.ts';
import { signIn } from '../support/sign-in.ts';
import { Surfer } from '../support/surfer.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';
import { freePort } from '../support/free-port.ts';

// The service as an image runs it, beside an app that lends it a database and a provider; its wire to the database can be cut.

let app: RunningApp;
let proxy: TcpProxy;
const services: ServiceProcess[] = [];

/** Ends the wait for something that never comes. */
const patience = { timeout: 60_000 };

beforeAll(async () => {
  app = await startApp({ root: join(repository, 'templates/sso') });
  const database = new URL(app.env['DATABASE_URL'] ?? '');
  proxy = await tcpProxy({ host: database.hostname, port: Number(database.port) });
});

afterAll(async () => {
  for (const { child, exited } of services) {
    child.kill('SIGKILL');
    await exited();
  }
  await proxy?.close();
  await app?.stop();
});

/** A service on the mended wire, and Ada, who is signed in to it. */
async function start(): Promise<{ service: ServiceProcess; url: string; ada: Surfer }> {
  proxy.mend();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const database = new URL(app.env['DATABASE_URL'] ?? '');
  database.port = String(proxy.port);
  const service = startService('sso', { ...app.env, PORT: String(port), PUBLIC_URL: url, DATABASE_URL: database.href });
  services.push(service);
  await service.listening();

  // Both services have the same keys; only the name of the cookie carries the port.
  const { person } = await signIn(app.url, 'Ada Lovelace');
  const ada = new Surfer();
  const there = new URL(app.url).port;
  for (const name of person.jar.names) ada.jar.set(name.replace(there, String(port)), person.jar.get(name) ?? '');
  return { service, url, ada };
}

test('every missing variable is named at once, and the exit code is 1', async () => {
  const service = startService('sso', { NODE_ENV: 'production' });
  services.push(service);
  expect(await service.exited()).toBe(1);
  for (const name of [
    'PUBLIC_URL',
    'OIDC_ISSUER',
    'OIDC_CLIENT_ID',
    'OIDC_CLIENT_SECRET',
    'SESSION_KEYS',
    'DATABASE_URL',
  ]) {
    expect(service.output()).toContain(name);
  }
  expect(service.output()).not.toMatch(/node_modules|at async/);
});

test('fault 8: while the database is away requests get 503, health stays up; then it recovers', async () => {
  const { service, url, ada } = await start();
  const notes = async () => {
    const { status, json } = await ada.send(`${url}/notes`);
    return status === 200 ? 'served' : (json() as { code: string }).code;
  };
  await expect.poll(notes, patience).toBe('served');

  proxy.cut();
  // On a busy machine the process may first be too busy to ask the database: that is a 503 too, with another code.
  await expect.poll(notes, patience).toBe('DATABASE_UNAVAILABLE');
  const answers = await Promise.all([ada.send(`${url}/notes`), ada.send(`${url}/notes`), ada.open(`${url}/`)]);
  for (const { status, headers } of answers) expect([status, Number(headers['retry-after']) > 0]).toEqual([503, true]);
  expect((await call(`${url}/ready`)).status).toBe(503);
  expect((await call(`${url}/health`)).status).toBe(200);

  proxy.mend();
  await expect.poll(notes, patience).toBe('served');
  expect((await call(`${url}/ready`)).status).toBe(200);
  expect(service.child.exitCode).toBeNull();
});

test('fault 1: SIGTERM in mid-request: the request ends 200, then the process with 0', async () => {
  const { service, url, ada } = await start();
  await expect.poll(async () => (await ada.send(`${url}/notes`)).status, patience).toBe(200);

  proxy.hold();
  const answer = ada.send(`${url}/notes`);
  // Answered after the request above arrived, because both go to one process in order.
  await call(`${url}/health`);
  service.child.kill('SIGTERM');
  await expect.poll(() => service.output(), patience).toContain('stopping');
  proxy.mend();

  expect((await answer).status).toBe(200);
  expect(await service.exited()).toBe(0);
});
