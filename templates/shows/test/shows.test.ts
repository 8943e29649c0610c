import { fileURLToPath } from 'node:url';
import { type RunningApp, startApp } from 'keelson/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import config from '../keelson.config.ts';
import service from '../src/main.ts';

let app: RunningApp;
let token: string;

beforeAll(async () => {
  app = await startApp({ root: fileURLToPath(new URL('..', import.meta.url)) });
  token = await app.token();
});

afterAll(() => app?.stop());

interface Listed {
  response: { image: string; slug: string; title: string }[];
  cursor?: string;
}

interface Problem {
  status: number;
  code: string;
  errors: { path: string; message: string; show?: string }[];
}

const call = (path: string, init: RequestInit = {}, bearer = token) =>
  fetch(`${app.url}${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
  });
const post = (payload: unknown, bearer?: string) =>
  call('/v1/shows', { method: 'POST', body: JSON.stringify({ payload }) }, bearer);
const list = async (query = '') => (await (await call(`/v1/shows${query}`)).json()) as Listed;
const slugs = async () => (await list()).response.map(({ slug }) => slug);
const problem = async (response: Response) => (await response.json()) as Problem;

/** A show that is listed. */
const show = (slug: string, more: object = {}) => ({
  slug: `show/${slug}`,
  title: slug,
  drm: true,
  episodeCount: 1,
  ...more,
});

/** With every field, as clients of the original service send them. */
const sixteenKids = {
  country: 'UK',
  description: "What's life like when you have enough children to field your own football team?",
  drm: true,
  episodeCount: 3,
  genre: 'Reality',
  image: { showImage: 'http://catchup.example.com/img/shows/16KidsandCounting1280.jpg' },
  language: 'English',
  nextEpisode: null,
  primaryColour: '#ff7800',
  seasons: [{ slug: 'show/16kidsandcounting/season/1' }],
  slug: 'show/16kidsandcounting',
  title: '16 Kids and Counting',
  tvChannel: 'GEM',
};

const seaPatrol = {
  drm: true,
  episodeCount: 26,
  image: null,
  nextEpisode: {
    channel: null,
    channelLogo: 'http://catchup.example.com/img/player/logo_go.gif',
    date: null,
    html: '<br><span class="visit">Visit the Official Website</span>',
    url: 'http://go.example.com/',
  },
  slug: 'show/seapatrol',
  title: 'Sea Patrol',
};

test('health needs no token', async () => {
  for (const path of ['/v1/health', '/health']) {
    const answer = await call(path, {}, '');
    expect([answer.status, await answer.json()]).toEqual([200, { message: 'ok' }]);
  }
});

test('shows with DRM and episodes are listed, with an empty image where there is none', async () => {
  const others = [
    show('no-drm', { drm: false }),
    show('null-drm', { drm: null }),
    show('no-episodes', { episodeCount: 0 }),
    { slug: 'show/bare', title: 'Bare' },
  ];
  const body = { payload: [sixteenKids, seaPatrol, ...others], skip: 0, take: 10, totalRecords: 75 };
  const created = await call('/v1/shows', { method: 'POST', body: JSON.stringify(body) });
  expect([created.status, await created.json()]).toEqual([201, { message: 'Shows created successfully' }]);

  const { response } = await list();
  expect(response).toHaveLength(2);
  expect(response).toEqual(
    expect.arrayContaining([
      { image: sixteenKids.image.showImage, slug: sixteenKids.slug, title: sixteenKids.title },
      { image: '', slug: seaPatrol.slug, title: seaPatrol.title },
    ]),
  );
});

test('/shows is /v1/shows', async () => {
  const body = JSON.stringify({ payload: [show('by-alias')] });
  expect((await call('/shows', { method: 'POST', body })).status).toBe(201);
  expect(await (await call('/shows')).json()).toEqual(await list());
});

test('the list comes page by page when asked, each show once', async () => {
  await post(Array.from({ length: 5 }, (_, n) => show(`paged-${n}`)));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(`?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`);
    expect(page.response.length).toBeLessThanOrEqual(2);
    seen.push(...page.response.map(({ slug }) => slug));
    cursor = page.cursor;
  } while (cursor !== undefined);
  expect(seen.toSorted()).toEqual((await slugs()).toSorted());

  for (const query of ['?limit=0', '?limit=1001', '?limit=x', '?cursor=x', '?cursor=', '?skip=1']) {
    expect((await call(`/v1/shows${query}`)).status, query).toBe(400);
  }
});

let before: string[] = [];
const unchanged = async () => expect((await slugs()).toSorted()).toEqual(before.toSorted());
afterEach(async () => void (before = await slugs()));

test.each([
  ['no handle', { slug: 'show/' }],
  ['a hyphen at the start of the handle', { slug: 'show/-seapatrol' }],
  ['capitals in the slug', { slug: 'show/SeaPatrol' }],
  ['a slug of something else', { slug: 'film/seapatrol' }],
  ['no slug', { slug: undefined }],
  ['an empty title', { title: '' }],
  ['a blank title', { title: ' \t\u00a0' }],
  ['a title of 121 characters', { title: 'x'.repeat(121) }],
  ['no title', { title: null }],
  ['a colour that is none', { primaryColour: 'red' }],
  ['a colour of 5 digits', { primaryColour: '#12345' }],
  ['a javascript: link', { image: { showImage: 'javascript:alert(1)' } }],
  ['a link without a host', { image: { showImage: 'https:///a.gif' } }],
  ['a link without a scheme', { nextEpisode: { url: '//example.com' } }],
  ['an ftp link', { nextEpisode: { channelLogo: 'ftp://example.com/a.gif' } }],
  ['text for a flag', { drm: 'true' }],
  ['a negative number of episodes', { episodeCount: -1 }],
  ['half an episode', { episodeCount: 1.5 }],
  ['seasons without slugs', { seasons: [{}] }],
  ['a list for an object', { image: [] }],
  ['a number for a text', { genre: 7 }],
])('one show with %s: nothing is written', async (_name, wrong) => {
  const answer = await post([show('good-1'), show('wrong', wrong), show('good-2')]);
  const { status, code, errors } = await problem(answer);
  expect([status, code]).toEqual([400, 'INVALID_REQUEST']);
  expect(errors.every(({ path }) => path.startsWith('body/payload/1'))).toBe(true);
  await unchanged();
});

test('every problem is told at once, and which show has it', async () => {
  const answer = await post([
    show('fine'),
    show('pink', { primaryColour: 'pink', title: '' }),
    show('fine'),
    { slug: 'Nonsense', title: 'No slug to name it by' },
  ]);
  const { errors } = await problem(answer);
  expect(errors.map(({ path, show: name }) => [path, name])).toEqual([
    ['body/payload/1/title', 'show/pink'],
    ['body/payload/1/primaryColour', 'show/pink'],
    ['body/payload/2/slug', 'show/fine'],
    ['body/payload/3/slug', undefined],
  ]);
  expect(errors[2]?.message).toContain('body/payload/0');
  await unchanged();
});

test('what is wrong around the shows is told with the rest', async () => {
  const body = JSON.stringify({ payload: [show('around', { drm: 1 })], skip: 'all', take: -1 });
  const { errors } = await problem(await call('/v1/shows', { method: 'POST', body }));
  expect(errors.map(({ path }) => path)).toEqual(['body/skip', 'body/take', 'body/payload/0/drm']);
  await unchanged();
});

test('slugs that exist are named, and the others are not written', async () => {
  expect((await post([show('taken-1'), show('taken-2')])).status).toBe(201);
  before = await slugs();
  const answer = await post([show('new-1'), show('taken-1'), show('new-2'), show('taken-2')]);
  const { status, code, errors } = await problem(answer);
  expect([status, code]).toEqual([409, 'CONFLICT']);
  expect(errors.map(({ path, show: name }) => [path, name])).toEqual([
    ['body/payload/1/slug', 'show/taken-1'],
    ['body/payload/3/slug', 'show/taken-2'],
  ]);
  await unchanged();
});

test('1 to 100 shows at once', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, n) => show(`many-${n}`));
  for (const payload of [[], many(101), {}, null, 'shows']) {
    const { status, errors } = await problem(await post(payload));
    expect([status, errors[0]?.path]).toEqual([400, 'body/payload']);
  }
  expect((await problem(await post(many(101)))).errors[0]?.message).toContain('100');
  await unchanged();
  expect((await post(many(100))).status).toBe(201);
});

test('a title has up to 120 characters, whatever their script', async () => {
  const title = '山🎈'.repeat(60);
  expect((await post([show('mountain', { title })])).status).toBe(201);
  expect((await list()).response).toContainEqual({ image: '', slug: 'show/mountain', title });
});

test('reading and writing need their scope, and a token at all', async () => {
  const [reads, writes] = await Promise.all([
    app.token({ scopes: ['shows.read'] }),
    app.token({ scopes: ['shows.write'] }),
  ]);
  expect((await call('/v1/shows', {}, writes)).status).toBe(403);
  expect((await post([show('read-only')], reads)).status).toBe(403);
  expect((await call('/v1/shows', {}, '')).status).toBe(401);
  expect((await post([show('nobody')], '')).status).toBe(401);
  await unchanged();
});

test('what the HTTP API lets through is what the service has, with the same scopes', async () => {
  const built = await service.build({ ...app.env, DOCS: '1' }, { logger: false });
  try {
    const { paths } = (await built.inject('/openapi.json')).json() as { paths: Record<string, Operations> };
    const own = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations)
        // The runtime's own, for the load balancer and not for the world.
        .filter(([, { tags }]) => !tags?.includes('service'))
        .map(([method, { security }]) => [`${method.toUpperCase()} ${path}`, ruleOf(security)]),
    );
    expect(Object.fromEntries(own)).toEqual(config.services['api']?.routes);
  } finally {
    await built.close();
  }
});

type Security = { bearer?: string[] }[];
type Operations = Record<string, { tags?: string[]; security: Security }>;

function ruleOf(security: Security) {
  const scopes = security.find(({ bearer }) => bearer)?.bearer;
  return scopes ? { scopes } : 'public';
}
