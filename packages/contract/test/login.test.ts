import { checkApp, type Service } from '@keelson/contract';
import { describe, expect, it } from 'vitest';

type Change = Readonly<Record<string, unknown>>;

const login = { kind: 'login', provider: 'google' };
const problemsOf = (services: Readonly<Record<string, Change>>, change: object = {}) =>
  checkApp({
    name: 'notes',
    region: 'eu-central-1',
    resources: { login: { ...login, ...change } },
    services: Object.fromEntries(
      Object.entries(services).map(([name, service], index) => [
        name,
        { source: 'main.ts', compute: 'fargate', port: 8000 + index, ...service },
      ]),
    ),
  }).map(({ path, message, hint }) => `${path}: ${message}. ${hint}`);

const uses = ['login'];
const web = {};

describe('a login at an address that services share', () => {
  it('is a problem where another service gets its paths', () => {
    expect(problemsOf({ web, app: { uses, paths: ['/app', '/app/*'] } })).toEqual([
      "services.app.paths: `/login` goes to `web`, which does not use the login: nobody could sign in. Add `'/login'` to the `paths` of `app`, or write a path that it gets as `resources.login.loginPath`, and in its code.",
      "services.app.paths: `/auth/callback` goes to `web`, which does not use the login: nobody could sign in. Add `'/auth/callback'` to the `paths` of `app`, or write a path that it gets as `resources.login.callbackPath`, and in its code.",
    ]);
    // Without `paths` it gets `/app/*` too.
    expect(problemsOf({ web, app: { uses } })).toHaveLength(2);
    expect(problemsOf({ app: { uses, paths: ['/app/*', '/login'] } })).toEqual([
      expect.stringContaining('`/auth/callback` goes to no service'),
    ]);
  });

  it.each<[string, Record<string, Change>, object]>([
    ['gets whatever is left', { app: { uses }, api: { paths: ['/api/*'] } }, {}],
    ['names them among its paths', { web, app: { uses, paths: ['/login', '/auth/*'] } }, {}],
    ['has them below its own', { web, app: { uses } }, { loginPath: '/app/login', callbackPath: '/app/auth/callback' }],
    ['is beside another that uses it', { web: { uses }, app: { uses, paths: ['/app/*'] } }, {}],
    ['has an address of its own', { web, app: { uses, compute: 'express' } }, {}],
    ['is used by none', { web, app: {} }, {}],
  ])('is none where its service %s', (_title, services, change) => {
    expect(problemsOf(services, change)).toEqual([]);
  });

  it('is judged only where every service has the right shape', () => {
    const found = problemsOf({ web: { paths: 'auth' }, app: { uses, paths: ['/app/*'] } });
    expect(found).toEqual([expect.stringContaining('services.web.paths: must be a list')]);
  });
});

describe('a login behind an HTTP API', () => {
  const api = (routes: Service['routes'], change: Change = {}) => ({ uses, compute: 'lambda', routes, ...change });
  const callback = 'GET /auth/callback';

  it('is a problem where no public route leads to it', () => {
    const found = problemsOf({ api: api({ 'GET /api/me': 'public' }) });
    expect(found).toEqual([
      "services.api.routes: no public route brings `GET /login` to a service that uses the login: nobody could sign in. Add `'GET /login': 'public'` to the `routes` of `api`, and those of the sign-out, or write a path that it gets as `resources.login.loginPath`, and in its code.",
      expect.stringContaining('services.api.routes: no public route brings `GET /auth/callback`'),
    ]);
    expect(problemsOf({ api: api({}, { compute: 'fargate', ingress: 'http-api' }) })).toHaveLength(2);
    expect(problemsOf({ api: api({ 'POST /login': 'public', 'ANY /auth/{rest+}': 'public' }) })).toHaveLength(1);
    expect(problemsOf({ api: api({ 'GET /login': 'public' }), page: { compute: 'lambda' } })).toHaveLength(1);
  });

  it.each<[string, Record<string, Change>]>([
    ['every path', { api: { uses, compute: 'lambda' } }],
    ['both by name', { api: api({ 'GET /login': 'public', [callback]: 'public' }) }],
    ['both by their parts', { api: api({ 'GET /{page}': 'public', 'ANY /auth/{rest+}': 'public' }) }],
    ['whatever is left', { api: { uses, compute: 'lambda' }, page: api({ 'GET /page': 'public' }, { uses: [] }) }],
  ])('is none where its service gets %s', (_title, services) => {
    expect(problemsOf(services)).toEqual([]);
  });
});

describe('the domain of Google Workspace', () => {
  const of = (change: object) => problemsOf({ app: { uses } }, change);

  it.each(['example.com', 'mail.example.co.uk', 'Example.com'])('may be %s', (hostedDomain) => {
    expect(of({ hostedDomain })).toEqual([]);
  });

  it.each(['.', 'example.com.', 'example', '.example.com', 'a..b', '@example.com', ''])('is not %j', (hostedDomain) => {
    expect(of({ hostedDomain })).toEqual([expect.stringMatching(/^resources\.login\.hostedDomain: must be a domain/)]);
  });

  it.each(['auth0', 'cognito', 'generic'])('means nothing with %s, who would let nobody in', (provider) => {
    expect(of({ provider, hostedDomain: 'example.com' })).toEqual([
      expect.stringMatching(/^resources\.login\.hostedDomain: means nothing with `\w+`.*Leave it out/),
    ]);
  });
});
