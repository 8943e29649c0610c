import { describe, expect, it } from 'vitest';
import { checkApp, contractOf, fillName, ingressOf } from '@keelson/contract';

const shows = {
  name: 'shows',
  region: 'eu-central-1',
  resources: {
    shows: { kind: 'table', key: { slug: 'string' }, indexes: { by_drm: { hash: { drm: 'number' } } } },
    api: { kind: 'tokens', provider: 'cognito', scopes: { 'shows.read': 'Read' }, clients: { app: ['shows.read'] } },
  },
  services: {
    api: {
      source: 'src/main.ts',
      compute: 'fargate',
      ingress: 'http-api',
      uses: ['shows', 'api'],
      routes: { 'GET /shows': { scopes: ['shows.read'] }, 'GET /health': 'public' },
    },
  },
};

const one = (value: unknown) => {
  const problems = checkApp(value);
  expect(problems).toHaveLength(1);
  const [problem] = problems;
  return `${problem?.path}: ${problem?.message}. ${problem?.hint}`;
};
const service = (change: object) => ({ ...shows, services: { api: { ...shows.services.api, ...change } } });
const tokens = (change: object) => ({
  ...shows,
  resources: { ...shows.resources, api: { ...shows.resources.api, ...change } },
});
const table = (change: object) => ({
  ...shows,
  resources: { ...shows.resources, shows: { ...shows.resources.shows, ...change } },
});

describe('tokens and routes', () => {
  it('finds nothing wrong with a sound app', () => expect(checkApp(shows)).toEqual([]));

  it('knows only the scopes of the tokens that a service uses', () => {
    expect(one(service({ routes: { 'GET /shows': { scopes: ['shows.raed'] } } }))).toBe(
      'services.api.routes.GET /shows: there is no scope `shows.raed`. Did you mean `shows.read`?',
    );
    expect(one(tokens({ clients: { app: ['shows.write'] } }))).toContain(
      'resources.api.clients.app: there is no scope',
    );
    expect(one(service({ uses: ['shows'], routes: { 'GET /shows': { scopes: ['shows.read'] } } }))).toContain(
      'nobody says whose tokens are taken',
    );
  });

  it('judges no scopes of a service while one of its resources is in question', () => {
    expect(one(tokens({ provider: 'congito' }))).toContain('resources.api.provider');
    expect(one(service({ uses: ['shows', 'apo'] }))).toContain('there is no resource `apo`');
  });

  it('explains a route and its rule', () => {
    expect(one(service({ routes: { '/shows': 'public' } }))).toContain('For example `GET /v1/shows`.');
    expect(one(service({ routes: { 'GET /shows': 'pubic' } }))).toBe(
      'services.api.routes.GET /shows: must be `public` or an object with `scopes`, but is "pubic". Did you mean `public`?',
    );
    expect(one(service({ ingress: 'load-balancer' }))).toContain('a load balancer looks at no tokens');
  });

  it('explains what is wrong with one route beside another that is no route', () => {
    const routes = {
      'GET /shows': { scopes: ['shows.raed'] },
      'GET /health': 'pubic',
      '/ready': 'public',
      'GET /a': 7,
    };
    const paths = checkApp(service({ routes })).map(({ path, message }) => `${path}: ${message}`);
    expect(paths.toSorted()).toEqual([
      expect.stringContaining('services.api.routes./ready: the name must be a method and a path'),
      expect.stringContaining('services.api.routes.GET /a: must be `public` or an object'),
      expect.stringContaining('services.api.routes.GET /health: must be `public` or an object'),
      'services.api.routes.GET /shows: there is no scope `shows.raed`',
    ]);
    expect(one(service({ routes: 7 }))).toContain('services.api.routes: must be an object');
  });

  it('takes the HTTP API for a function, the load balancer otherwise', () => {
    expect([ingressOf({ compute: 'lambda' }), ingressOf({ compute: 'fargate' })]).toEqual([
      'http-api',
      'load-balancer',
    ]);
  });

  it('fills names', () => {
    expect(fillName('https://{app}-{env}.api', { app: 'shows', environment: 'dev' })).toBe('https://shows-dev.api');
  });
});

describe('table', () => {
  it('gives its name by the resource’s name', () => {
    const [used] = contractOf(shows as unknown as Parameters<typeof contractOf>[0], 'api').resources;
    expect(used?.forms[0]?.map(({ name }) => name)).toEqual(['SHOWS_TABLE', 'AWS_REGION', 'AWS_ENDPOINT_URL_DYNAMODB']);
  });

  it('refuses keys that DynamoDB cannot have', () => {
    expect(one(table({ key: {} }))).toContain('resources.shows.key: must have 1 member or more');
    expect(one(table({ key: { a: 'string', b: 'string', c: 'string' } }))).toContain('must have 2 members at most');
    expect(one(table({ key: { slug: 'text' } }))).toContain('must be `string`, `number` or `binary`');
    expect(one(table({ indexes: { by_slug: { hash: { slug: 'number' } } } }))).toContain(
      '`slug` is a number here and a string elsewhere',
    );
  });
});
