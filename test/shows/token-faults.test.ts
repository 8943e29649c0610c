import type { RunningApp } from 'keelson/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { call } from '../support/http.ts';
import { startService } from '../support/service-process.ts';
import { type DirectService, readShows, startDirectly, startShows } from '../support/shows.ts';
import { newKey, seconds, startTokenIssuer, takesTokensOf, type TokenIssuer } from '../support/token-issuer.ts';

// The service as an image runs it, whose key server breaks down.

let app: RunningApp;
const issuers: TokenIssuer[] = [];
const services: DirectService[] = [];

beforeAll(async () => {
  app = await startShows();
});
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
  for (const issuer of issuers.splice(0)) await issuer.close();
});
afterAll(() => app?.stop());

/** @param before what happens to the key server before the service asks it for the first time, which is at its start */
async function start(
  env: Record<string, string> = {},
  before: (issuer: TokenIssuer) => void = () => {},
): Promise<{ url: string; issuer: TokenIssuer }> {
  const issuer = await startTokenIssuer();
  issuers.push(issuer);
  before(issuer);
  const service = await startDirectly(app, { ...takesTokensOf(issuer), ...env });
  services.push(service);
  return { url: service.url, issuer };
}

/** Waits until the service takes the token: on a busy machine its first look at the keys may come too late to be in time. */
const taken = (url: string, token: string) =>
  expect.poll(async () => (await readShows(url, token)).status, { timeout: 60_000, interval: 500 }).toBe(200);

test('fault 5: while the key server is down, known keys go on working; health stays up', async () => {
  const { url, issuer } = await start();
  await taken(url, await issuer.token());
  issuer.breakDown();
  expect((await readShows(url, await issuer.token())).status).toBe(200);
  expect((await call(`${url}/v1/health`)).status).toBe(200);
});

test('fault 5: keys that were never loaded are 503 with Retry-After, and 200 once they can be', async () => {
  const { url, issuer } = await start({}, (broken) => broken.breakDown());
  const token = await issuer.token();
  const answer = await readShows(url, token);
  expect([answer.status, Number(answer.headers['retry-after']) > 0]).toEqual([503, true]);
  expect(answer.json()).toMatchObject({ code: 'TOKENS_UNAVAILABLE' });
  expect((await call(`${url}/health`)).status).toBe(200);

  issuer.mend();
  await taken(url, token);
});

test('fault 6: after a rotation new tokens are taken; a flood of unknown keys asks once', async () => {
  const { url, issuer } = await start();
  await taken(url, await issuer.token());
  await issuer.rotate();
  const token = await issuer.token();
  await taken(url, token);

  const before = issuer.fetches;
  const stranger = await newKey();
  const flood = await Promise.all(
    Array.from({ length: 100 }, (_, n) => issuer.token({}, { kid: `unknown-${n}` }, stranger)),
  );
  const answers = await Promise.all(flood.map((each) => readShows(url, each)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  expect(issuer.fetches - before).toBeLessThanOrEqual(1);
});

test('fault 15: a clock that is off by a minute is fine, by ten minutes not', async () => {
  const { url, issuer } = await start();
  await taken(url, await issuer.token());
  const statusOf = async (claims: object) => (await readShows(url, await issuer.token({ ...claims }))).status;
  expect(await statusOf({ iat: seconds(55), nbf: seconds(55), auth_time: seconds(55) })).toBe(200);
  expect(await statusOf({ nbf: seconds(600) })).toBe(401);
  expect(await statusOf({ exp: seconds(-600) })).toBe(401);
});

test("security 29: Auth0's rules, where one of several audiences is ours", async () => {
  const audience = 'https://show-service-test.api';
  const { url, issuer } = await start({
    TOKEN_CLIENT_IDS: '',
    TOKEN_SCOPE_PREFIX: '',
    TOKEN_AUDIENCE: audience,
  });
  const auth0 = { token_use: undefined, client_id: undefined, azp: 'somebody', scope: 'shows.read' };
  await taken(url, await issuer.token({ ...auth0, aud: audience }));
  const statusOf = async (claims: object) => (await readShows(url, await issuer.token({ ...auth0, ...claims }))).status;
  expect(await statusOf({ aud: ['https://other.api', audience] })).toBe(200);
  expect(await statusOf({ aud: ['https://other.api'] })).toBe(401);
  expect(await statusOf({ aud: `${audience}/` })).toBe(401);
  expect(await statusOf({})).toBe(401);
  expect(await statusOf({ aud: audience, scope: 'other/shows.read' })).toBe(403);
});

test('every missing variable is named at once, and the exit code is 1', async () => {
  const service = startService('shows', { NODE_ENV: 'production' });
  expect(await service.exited()).toBe(1);
  for (const name of ['PUBLIC_URL', 'TOKEN_ISSUER', 'SHOWS_TABLE']) expect(service.output()).toContain(name);
  expect(service.output()).not.toMatch(/node_modules|at async/);
});
