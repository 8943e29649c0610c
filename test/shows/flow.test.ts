import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { RunningApp } from 'keelson/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearer, show, startShows } from '../support/shows.ts';

// The flow of the README with nothing but HTTP, and the AWS SDK to see what is in the table.

let app: RunningApp;
let table: DynamoDBDocumentClient;

beforeAll(async () => {
  app = await startShows();
  table = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: app.env['AWS_ENDPOINT_URL_DYNAMODB'] ?? '',
      region: app.env['AWS_REGION'] ?? '',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
});
afterAll(async () => {
  table?.destroy();
  await app?.stop();
});

const identifier = 'https://show-service-local.api';

function askForToken(scope: string, secret = app.machines[0]?.secret): Promise<Response> {
  const [machine] = app.machines;
  return fetch(`${app.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${machine?.id}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
}

async function tokenFor(scope: string): Promise<string> {
  const answer = await askForToken(scope);
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return ((await answer.json()) as { access_token: string }).access_token;
}

test('a client gets a token, creates shows and lists them; the table has what it should', async () => {
  const write = await tokenFor(`${identifier}/shows.write`);
  const listed = show('16kidsandcounting', {
    image: { showImage: 'http://catchup.example.com/16KidsandCounting1280.jpg' },
    nextEpisode: null,
    seasons: [{ slug: 'show/16kidsandcounting/season/1' }],
    unknown: 'dropped',
  });
  const unlisted = show('theoriginals', { drm: false, episodeCount: null });
  const created = await fetch(`${app.url}/v1/shows`, {
    method: 'POST',
    headers: { ...bearer(write), 'content-type': 'application/json' },
    body: JSON.stringify({ payload: [listed, unlisted], skip: 0, take: 10, totalRecords: 2 }),
  });
  expect([created.status, await created.json()]).toEqual([201, { message: 'Shows created successfully' }]);

  const read = await tokenFor(`${identifier}/shows.read`);
  const answer = await fetch(`${app.url}/v1/shows`, { headers: bearer(read) });
  expect(await answer.json()).toEqual({
    response: [{ image: listed.image.showImage, slug: listed.slug, title: listed.title }],
  });

  const { Item } = await table.send(new GetCommand({ TableName: 'shows-local', Key: { slug: listed.slug } }));
  expect(Item).toEqual({
    slug: 'show/16kidsandcounting',
    title: 'Title of 16kidsandcounting',
    drm: true,
    drmKey: 1,
    episodeCount: 1,
    image: { showImage: 'http://catchup.example.com/16KidsandCounting1280.jpg' },
    seasons: [{ slug: 'show/16kidsandcounting/season/1' }],
  });
  const { Items } = await table.send(
    new QueryCommand({
      TableName: 'shows-local',
      IndexName: 'gsi_drm_episode',
      KeyConditionExpression: 'drmKey = :drm AND episodeCount > :none',
      ExpressionAttributeValues: { ':drm': 1, ':none': 0 },
    }),
  );
  expect(Items?.map((item) => item['slug'])).toEqual(['show/16kidsandcounting']);
});

test('a wrong secret, and a scope that the client may not have, give no token', async () => {
  for (const answer of [
    await askForToken(`${identifier}/shows.read`, 'wrong'),
    await askForToken(`${identifier}/shows.delete`),
    await askForToken('other/shows.read'),
  ]) {
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/^invalid_(client|scope)$/) });
  }
});

test.each(['/', '/v1', '/v2/shows', '/ready', '/docs', '/openapi.json', '/oauth/tokens'])(
  'the gateway lets %s through to nobody',
  async (path) => {
    const token = await app.token();
    const answer = await fetch(`${app.url}${path}`, { headers: bearer(token) });
    expect([answer.status, await answer.json()]).toEqual([404, { message: 'Not Found' }]);
  },
);

test('security 46: pages of the sites in the config file may call the API, and those of no other', async () => {
  const token = await app.token();
  const told = async (origin: string) => {
    const preflight = {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    const answers = [
      await fetch(`${app.url}/v1/shows`, { method: 'OPTIONS', headers: preflight }),
      await fetch(`${app.url}/v1/shows`, { headers: { ...bearer(token), origin } }),
      await fetch(`${app.url}/v1/shows`, { headers: { origin } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([204, 200, 401]);
    return new Set(answers.map(({ headers }) => headers.get('access-control-allow-origin')));
  };
  expect(await told('https://shows.example.com')).toEqual(new Set(['https://shows.example.com']));
  for (const origin of ['null', 'https://shows.example.com.evil.example', 'https://x.shows.example.com']) {
    expect(await told(origin)).toEqual(new Set([null]));
  }
});
