import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '@keelson/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDynamoDb } from '../../packages/keelson/src/local/dynamodb/index.ts';
import { startLogin } from '../../packages/keelson/src/local/login/index.ts';
import type { LocalContext, LocalPart } from '../../packages/keelson/src/local/part.ts';
import { CookieJar } from '../support/cookie-jar.ts';
import { type HttpRelay, httpRelay } from '../support/http-relay.ts';
import { repository } from '../support/imports.ts';
import { Surfer } from '../support/surfer.ts';
import { type Bundle, bundleOf, type Chain, startChain } from './chain.ts';
import { type MortalWire, mortalWire } from './mortal-wire.ts';

let bundle: Bundle;
let chain: Chain;
let relay: HttpRelay;
let wire: MortalWire;
const parts: LocalPart[] = [];
const folder = mkdtempSync(join(tmpdir(), 'keelson-quick-lambda-'));

beforeAll(async () => {
  bundle = await bundleOf(join(repository, 'templates/quick'));
  chain = await startChain(bundle, { env: startParts });
});
afterAll(async () => {
  await chain?.stop();
  await wire?.close();
  await relay?.close();
  for (const part of parts) await part.stop();
  bundle?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** The embedded Google and DynamoDB, the latter behind a wire whose connections die. */
async function startParts(publicUrl: string): Promise<Record<string, string>> {
  const app: App = { name: 'quick', region: 'us-east-1', services: {} };
  const env = { PATH: process.env['PATH'] };
  const context: LocalContext = { root: folder, stateDir: folder, app, env, publicUrl, log: () => {} };
  parts.push(await startLogin(context, 'login', { kind: 'login', provider: 'google' }));
  const table = await startDynamoDb(context);
  parts.push(table);
  relay = await httpRelay(table.address);
  wire = await mortalWire({ host: '127.0.0.1', port: Number(new URL(relay.url).port) });
  const given: Record<string, string> = Object.assign({}, ...parts.map((part) => part.env));
  return { ...given, AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${wire.port}` };
}

async function signedIn(): Promise<Surfer> {
  const person = new Surfer();
  const home = await person.submit(await person.open(`${chain.url}/auth/login`), 'Ada Lovelace');
  expect([home.status, home.url]).toEqual([200, `${chain.url}/`]);
  return person;
}

const me = (person: Surfer) => person.send(`${chain.url}/api/me`);

test('the page leads to the sign-in, and nobody is signed in before', async () => {
  const home = await new Surfer().open(`${chain.url}/`);
  expect([home.status, home.body.includes('href="/auth/login"')]).toEqual([200, true]);
  expect((await me(new Surfer())).status).toBe(401);
});

test('a person signs in with Google, is known across freezes, and signs out for good', async () => {
  const person = await signedIn();
  await chain.lambda.frozen();
  expect((await me(person)).json()).toEqual({ email: 'ada@example.com', provider: 'google' });
  const saved = new Surfer(person.jar.copy());
  await person.submit(await person.open(`${chain.url}/`), 'Sign out');
  await chain.lambda.frozen();
  expect((await me(person)).status).toBe(401);
  expect((await me(saved)).status).toBe(401);
});

test('another environment knows the session of the first, and who has signed out of it', async () => {
  const [stays, leaves] = [await signedIn(), await signedIn()];
  const saved = new Surfer(leaves.jar.copy());
  await leaves.submit(await leaves.open(`${chain.url}/`), 'Sign out');
  expect(await chain.lambda.shutDown()).toBe(0);
  expect((await me(stays)).status).toBe(200);
  expect((await me(saved)).status).toBe(401);
});

test('a cookie that was tampered with on the way is nobody’s', async () => {
  const person = await signedIn();
  const jar = new CookieJar();
  for (const name of person.jar.names) jar.set(name, `${person.jar.get(name)?.slice(0, -3)}AAA`);
  expect((await me(new Surfer(jar))).status).toBe(401);
});

test.each(['reset', 'forget'] as const)(
  'fault 16: connections to the table that died in the freeze (%s) cost a retry, no answer',
  async (death) => {
    const [person, other] = [await signedIn(), await signedIn()];
    const saved = new Surfer(other.jar.copy());
    expect(await chain.lambda.shutDown()).toBe(0);
    // Opens the connection; the verdicts about both are not known yet.
    expect((await me(person)).status).toBe(200);
    await chain.lambda.frozen();
    wire[death]();
    expect((await me(other)).status).toBe(200);
    await chain.lambda.frozen();
    wire[death]();
    const page = await other.open(`${chain.url}/auth/logout`);
    await chain.lambda.frozen();
    wire[death]();
    expect((await other.submit(page, 'Sign out')).status).toBe(200);
    expect((await me(saved)).status).toBe(401);
  },
);
