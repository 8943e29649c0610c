import type { RunningApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/http.ts';
import {
  bearer,
  type DirectService,
  type Listed,
  listedSlugs,
  readShows,
  show,
  startDirectly,
  startShows,
  writeShows,
} from '../support/shows.ts';

let app: RunningApp;
let direct: DirectService;
let token: string;

beforeAll(async () => {
  app = await startShows();
  direct = await startDirectly(app);
  token = await app.token();
});
afterAll(async () => {
  await direct?.stop();
  await app?.stop();
});

const doors = ['gateway', 'service'] as const;
const addressOf = (door: (typeof doors)[number]) => (door === 'gateway' ? app.url : direct.url);
const json = () => ({ ...bearer(token), 'content-type': 'application/json' });

test('of 50 parallel posts of one slug, through two processes, exactly one is 201', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      writeShows(addressOf(doors[n % 2] ?? 'service'), token, [show(`own-${n}`), show('wanted')]),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(49);
  const winner = statuses.indexOf(201);
  const written = (await listedSlugs(app.url, token)).filter((slug) => /own-|wanted/.test(slug));
  expect(written.toSorted()).toEqual([`show/own-${winner}`, 'show/wanted']);
});

test('one bad show among 100, or one that exists, and none of them is written', async () => {
  const payload = Array.from({ length: 100 }, (_, n) => show(`atomic-${n}`));
  const bad = payload.with(50, show('atomic-50', { primaryColour: 'javascript:alert(1)' }));
  expect((await writeShows(app.url, token, bad)).status).toBe(400);

  expect((await writeShows(app.url, token, [show('here-first')])).status).toBe(201);
  const taken = await writeShows(app.url, token, payload.with(99, show('here-first')));
  expect(taken.status).toBe(409);
  expect(taken.json()).toMatchObject({ errors: [{ path: 'body/payload/99/slug', show: 'show/here-first' }] });

  const twice = await writeShows(app.url, token, payload.with(99, show('atomic-0')));
  expect(twice.status).toBe(400);
  expect(twice.json()).toMatchObject({ errors: [{ path: 'body/payload/99/slug', show: 'show/atomic-0' }] });

  expect((await listedSlugs(app.url, token)).filter((slug) => slug.includes('atomic'))).toEqual([]);
  expect((await writeShows(app.url, token, payload)).status).toBe(201);
});

test('more than 100 shows are refused with a clear 400', async () => {
  const answer = await writeShows(
    app.url,
    token,
    Array.from({ length: 101 }, (_, n) => show(`over-${n}`)),
  );
  expect(answer.status).toBe(400);
  expect(answer.json()).toMatchObject({
    code: 'INVALID_REQUEST',
    errors: [{ path: 'body/payload', message: expect.stringContaining('100') }],
  });
});

test.each(doors)('at the %s: invalid JSON is 400, 5 MB are 413, another type is 415', async (door) => {
  const url = `${addressOf(door)}/v1/shows`;
  const post = (body: string, headers = {}) => call(url, { method: 'POST', headers: { ...json(), ...headers }, body });
  for (const body of ['', '{', '{"payload":[', 'null', '[]', '"x"', '{"payload":[{}],"payload":[]}']) {
    const answer = await post(body);
    expect([answer.status, answer.headers['content-type']], body).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
  }
  const large = JSON.stringify({ payload: [show('large', { description: 'x'.repeat(5_000_000) })] });
  expect((await post(large)).status).toBe(413);
  expect((await post('{"payload":[]}', { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await readShows(addressOf(door), token)).status).toBe(200);
});

test('what is too large for DynamoDB is refused before it gets there', async () => {
  const seasons = Array.from({ length: 200 }, () => ({ slug: '🎈'.repeat(250) }));
  const text = '🎈'.repeat(500);
  const largest = show('largest', {
    country: text,
    description: '🎈'.repeat(10_000),
    seasons,
    nextEpisode: { html: '🎈'.repeat(10_000), channel: text },
    episodeCount: 1_000_000,
  });
  expect((await writeShows(app.url, token, [largest])).status).toBe(201);
  for (const more of [
    { description: 'x'.repeat(10_001) },
    { seasons: [...seasons, { slug: 'x' }] },
    { episodeCount: 1e21 },
  ]) {
    expect((await writeShows(app.url, token, [show('larger', more)])).status).toBe(400);
  }
});

test('10,000 shows are listed completely, at once and page by page', { timeout: 600_000 }, async () => {
  const before = await listedSlugs(app.url, token);
  const batches = Array.from({ length: 100 }, (_, batch) =>
    Array.from({ length: 100 }, (_unused, n) => show(`bulk-${batch * 100 + n}`, { episodeCount: 1 + (n % 7) })),
  );
  // Four at a time, as the queue of a busy client.
  const queue = [...batches];
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let batch = queue.pop(); batch; batch = queue.pop()) {
        expect((await writeShows(app.url, token, batch)).status).toBe(201);
      }
    }),
  );
  const expected = [...before, ...batches.flat().map(({ slug }) => slug)].toSorted();
  expect((await listedSlugs(app.url, token)).toSorted()).toEqual(expected);

  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const query = `?limit=999${cursor === undefined ? '' : `&cursor=${cursor}`}`;
    const page = (await call(`${app.url}/v1/shows${query}`, { headers: bearer(token) })).json() as Listed;
    paged.push(...page.response.map(({ slug }) => slug));
    cursor = page.cursor;
  } while (cursor !== undefined);
  expect(paged.toSorted()).toEqual(expected);
});
