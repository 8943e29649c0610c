import { describe, expect, it } from 'vitest';
import { checkApp } from '@keelson/contract';

const app = (service: object, more: object = {}) => ({
  name: 'shows',
  region: 'eu-central-1',
  services: { api: { source: 'src/main.ts', compute: 'fargate', ingress: 'http-api', ...service } },
  ...more,
});
const route = (name: string) => app({ routes: { [name]: 'public' } });
const environment = (settings: object) => app({}, { environments: { dev: settings } });
const table = (settings: object) => app({}, { resources: { shows: { kind: 'table', ...settings } } });
const said = (value: unknown) => checkApp(value).map(({ path, message, hint }) => `${path}: ${message}. ${hint}`);

describe('addresses in the config', () => {
  it.each([
    'GET /',
    'GET /v1/shows',
    'GET /v1/shows/',
    'GET /v1/shows/{slug}',
    'ANY /{all+}',
    'ANY /v1/{show-id}/files/{path+}',
    'GET /robots.txt',
    'GET /c++',
  ])('takes the route %s', (name) => {
    expect(said(route(name))).toEqual([]);
  });

  it.each([
    'GET /{all+}/more',
    'GET /{all+}/{id}',
    'GET /{id',
    'GET /id}',
    'GET /{}',
    'GET /{+}',
    'GET /{{id}}',
    'GET /{a+b}',
    'GET /v{n}',
    'GET /{id}.json',
    'GET //shows',
    'GET /shows\n',
    `GET ${'/a'.repeat(5_000)}/{`,
  ])('refuses the route %s', (name) => {
    expect(said(route(name))).toEqual([
      `services.api.routes.${name}: the name must be a method and a path; a part of it is text or \`{name}\`, the last one also \`{name+}\`. For example \`GET /v1/shows\`.`,
    ]);
  });

  it.each([
    [
      'https://a.com:443',
      'browsers leave `:443` out, so `https://a.com:443` would match no site. Write `https://a.com`.',
    ],
    ['http://a.com:80', 'browsers leave `:80` out, so `http://a.com:80` would match no site. Write `http://a.com`.'],
    [
      'https://A.com',
      'browsers do not write `https://A.com` like this, so it would match no site. Write `https://a.com`.',
    ],
    ['https://a.com:99999', 'is no address. For example `https://app.example.com`.'],
  ])('security 46: refuses the origin %s, which no browser sends', (origin, problem) => {
    expect(said(app({ corsOrigins: [origin] }))).toEqual([`services.api.corsOrigins.0: ${problem}`]);
  });

  it('takes origins with a port of their own', () => {
    const corsOrigins = ['https://a.com:80', 'http://a.com:443', 'http://localhost:3000', 'https://app.example.com'];
    expect(said(app({ corsOrigins }))).toEqual([]);
  });

  it.each(['a.example.com/x', 'https://a.com', 'a b', 'a.com:443', '${x}', '"', 'a\n', 'ä.com', ''])(
    'refuses %o as domain and hosted zone',
    (name) => {
      const problems = checkApp(environment({ domain: name, hostedZone: name }));
      expect(problems.map(({ path }) => path)).toEqual(['environments.dev.domain', 'environments.dev.hostedZone']);
    },
  );

  it.each(['/health?x=1', '/health#x', '/a b', '/${x}', '/"', '/health\n', 'health'])(
    'refuses %o as health path',
    (health) => {
      expect(said(app({ health }))).toEqual([expect.stringContaining('services.api.health: must be a path')]);
    },
  );

  it('takes what these may be', () => {
    expect(said(app({ health: '/v1/health-check.json' }))).toEqual([]);
    expect(said(environment({ domain: 'app.example.com', hostedZone: 'example.com' }))).toEqual([]);
  });

  it.each(['?x=1', '#main'])('refuses a repository that ends in %s', (end) => {
    const delivery = { provider: 'codebuild', repository: `https://github.com/acme/shows${end}` };
    expect(said(app({}, { delivery }))).toEqual([expect.stringContaining('delivery.repository: must be')]);
  });

  it('refuses `__proto__` as key of a table or an index', () => {
    const proto = JSON.parse('{"__proto__":"string"}') as object;
    const problems = checkApp(table({ key: proto, indexes: { 'by-proto': { hash: proto } } }));
    expect(problems.map(({ message }) => message)).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining('not be `__proto__`')),
    );
  });
});
