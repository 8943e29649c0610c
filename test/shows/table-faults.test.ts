import type { RunningApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/http.ts';
import { type HttpRelay, httpRelay } from '../support/http-relay.ts';
import {
  type DirectService,
  listedSlugs,
  readShows,
  show,
  startDirectly,
  startShows,
  writeShows,
} from '../support/shows.ts';

// The service as an image runs it, on a wire to DynamoDB that can be cut.

let app: RunningApp;
let wire: HttpRelay;
let service: DirectService;
let token: string;

beforeAll(async () => {
  app = await startShows();
  wire = await httpRelay(app.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '');
  service = await startDirectly(app, { AWS_ENDPOINT_URL_DYNAMODB: wire.url });
  token = await app.token();
});
afterAll(async () => {
  await service?.stop();
  await wire?.close();
  await app?.stop();
});

test('while the table is away requests get 503 soon, health stays up; then it recovers', async () => {
  expect((await readShows(service.url, token)).status).toBe(200);
  wire.cut();
  const began = performance.now();
  const answers = await Promise.all([
    readShows(service.url, token),
    writeShows(service.url, token, [show('lost')]),
    call(`${service.url}/ready`),
  ]);
  // 5 s are the promise; the rest is for a busy machine.
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
  for (const answer of answers.slice(0, 2)) {
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.json()).toMatchObject({ code: 'TABLE_UNAVAILABLE' });
  }
  expect((await call(`${service.url}/health`)).status).toBe(200);

  wire.mend();
  await expect.poll(async () => (await readShows(service.url, token)).status, { timeout: 30_000 }).toBe(200);
  expect((await call(`${service.url}/ready`)).status).toBe(200);
  expect((await writeShows(service.url, token, [show('found')])).status).toBe(201);
  expect(await listedSlugs(service.url, token)).toEqual(['show/found']);
});

test('fault 14: a transaction whose answer was lost is written once, and answered as written', async () => {
  wire.loseAnswer(/show\/once/);
  const answer = await writeShows(service.url, token, [show('once-1'), show('once-2')]);
  expect(answer.status).toBe(201);
  const written = await listedSlugs(service.url, token);
  expect(written.filter((slug) => slug.includes('once')).toSorted()).toEqual(['show/once-1', 'show/once-2']);
});
