import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkApp, frontService, matchesPath, pathRules, type Service } from '@keelson/contract';

type Services = Readonly<Record<string, Service>>;

const service = (change: Partial<Service> = {}): Service => ({ source: 'main.ts', compute: 'fargate', ...change });

const app = (services: Services) => ({
  name: 'paths',
  region: 'eu-central-1',
  services: Object.fromEntries(
    Object.entries(services).map(([name, each], index) => [name, { port: 8000 + index, ...each }]),
  ),
});

const problems = (services: Services) =>
  checkApp(app(services)).map(({ path, message, hint }) => `${path}: ${message}. ${hint}`);

describe('matchesPath', () => {
  it.each([
    ['/api/*', '/api/', true],
    ['/api/*', '/api/a/b', true],
    ['/api/*', '/api', false],
    ['/api/*', '/API/x', false],
    ['/api/*', '/apix', false],
    ['/api/*', '//api/x', false],
    ['/api/*', '/x/api/x', false],
    ['/api/*', '/api/../x', true],
    ['/api/*', '/api%2Fx', false],
    ['/api/*', '/%61pi/x', false],
    ['/api%2F*', '/api%2Fx', true],
    ['/*', '/', true],
    ['/*', '', false],
    ['/v?/x', '/v1/x', true],
    ['/v?/x', '/v/x', false],
    ['/v?/x', '/v12/x', false],
    ['/v?/x', '/v//x', true],
    ['/*.png', '/a/b.png', true],
    ['/*.png', '/aXpng', false],
    ['/a/*/c', '/a/b/b/c', true],
    ['/a/*/c', '/a/c', false],
    ['/a+b$', '/a+b$', true],
    ['/a+b$', '/aab$', false],
    ['/a', '/a/', false],
    ['/a', '/a\n', false],
    ['/*', '/a\nb', true],
  ])('%s and %s: %s', (pattern, path, matches) => {
    expect(matchesPath(pattern, path)).toBe(matches);
  });

  it('is done in a moment with any pattern, however many `*` it has', () => {
    const pattern = `/${'*a'.repeat(60)}`;
    expect(matchesPath(pattern, `/${'a'.repeat(5000)}b`)).toBe(false);
  });
});

describe('pathRules', () => {
  const names = (services: Services) => pathRules(services).map(({ service: name, patterns }) => [name, ...patterns]);

  it('leaves the rest to the first service without paths, whose rule comes last', () => {
    expect(names({ site: service(), api: service({ paths: ['/api/*'] }), admin: service() })).toEqual([
      ['api', '/api/*'],
      ['admin', '/admin', '/admin/*'],
      ['site', '/*'],
    ]);
  });

  it('knows services behind the load balancer on Fargate alone', () => {
    expect(
      names({
        a: service({ compute: 'lambda' }),
        b: service({ compute: 'express' }),
        c: service({ ingress: 'http-api' }),
      }),
    ).toEqual([]);
    expect(names({ a: service({ compute: 'express' }), b: service() })).toEqual([['b', '/*']]);
  });

  it('has no rule for the rest where every service has paths', () => {
    const services = { one: service({ paths: ['/one/*'] }), two: service({ paths: ['/two/*'] }) };
    expect(names(services)).toEqual([
      ['one', '/one/*'],
      ['two', '/two/*'],
    ]);
    expect(frontService(services)).toBe('one');
  });

  it('the front service is the one that gets the rest, wherever it is written', () => {
    expect(frontService({ api: service({ paths: ['/api/*'] }), site: service() })).toBe('site');
    expect(frontService({ api: service({ paths: ['/api/*'] }), site: service({ paths: ['/*'] }) })).toBe('site');
    expect(frontService({ api: service({ compute: 'lambda' }) })).toBeUndefined();
  });
});

describe('the first rule that matches', () => {
  /** An evaluator of patterns that knows no regular expressions. */
  const matches = (pattern: string, path: string): boolean => {
    const [first, rest] = [pattern[0], pattern.slice(1)];
    if (first === undefined) return path === '';
    if (first === '*') return matches(rest, path) || (path !== '' && matches(pattern, path.slice(1)));
    return path !== '' && (first === '?' || first === path[0]) && matches(rest, path.slice(1));
  };

  const letters = fc.constantFrom('a', 'b', 'A', '/', '.', '%', '+', '$');
  const pattern = fc
    .array(fc.oneof(letters, fc.constantFrom('*', '?')), { maxLength: 6 })
    .map((parts) => `/${parts.join('')}`);
  const path = fc.array(letters, { maxLength: 8 }).map((parts) => `/${parts.join('')}`);
  const behind = fc.record({ paths: fc.option(fc.array(pattern, { minLength: 1, maxLength: 3 }), { nil: undefined }) });
  const services = fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'aa', 'c'), behind), { selector: ([name]) => name, minLength: 1 })
    .map(
      (list): Services => Object.fromEntries(list.map(([name, { paths }]) => [name, service(paths ? { paths } : {})])),
    );

  it('is what a load balancer chooses: those with paths and names in order, then whoever is left', () => {
    fc.assert(
      fc.property(services, path, (all, asked) => {
        const rest = Object.entries(all).find(([, { paths }]) => !paths)?.[0];
        const chosen = Object.entries(all).find(
          ([name, { paths }]) =>
            name !== rest && (paths ?? [`/${name}`, `/${name}/*`]).some((each) => matches(each, asked)),
        );
        const rule = pathRules(all).find(({ patterns }) => patterns.some((each) => matchesPath(each, asked)));
        expect(rule?.service).toBe(chosen?.[0] ?? rest);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what is wrong with paths', () => {
  it('nothing, where each can be reached', () => {
    expect(
      problems({ site: service(), api: service({ paths: ['/api', '/api/*'] }), v2: service({ paths: ['/v?/*'] }) }),
    ).toEqual([]);
  });

  it.each([['lambda'], ['express']] as const)(
    'paths on %s: there is no load balancer that services share',
    (compute) => {
      expect(problems({ api: service({ compute, paths: ['/api/*'] }) })).toEqual([
        "services.api.paths: means something to a load balancer that several services on Fargate share, and this service has none. Leave it out, or write `compute: 'fargate'`.",
      ]);
    },
  );

  it('paths behind an HTTP API, which has routes', () => {
    expect(problems({ api: service({ ingress: 'http-api', paths: ['/api/*'] }) })[0]).toContain(
      'Write `routes` for the HTTP API',
    );
  });

  it('a pattern that an earlier one takes whole', () => {
    expect(
      problems({ all: service({ paths: ['/api/*'] }), users: service({ paths: ['/api/users/*'] }), site: service() }),
    ).toEqual([
      'services.users.paths: `/api/users/*` gets no request: `/api/*` of `all` takes them all. Write `users` before `all`.',
    ]);
    expect(problems({ a: service({ paths: ['/a/*', '/a/b'] }), site: service() })[0]).toMatch(
      /of `a` takes them all. Remove one/,
    );
    expect(problems({ a: service({ paths: ['/a'] }), b: service({ paths: ['/a'] }), site: service() })[0]).toMatch(
      /of `a` takes them all. Remove it here or from `a`/,
    );
    expect(problems({ a: service({ paths: ['/*'] }), b: service({ paths: ['/b'] }) })[0]).toContain(
      'Write `b` before `a`',
    );
  });

  it('not a pattern of which an earlier one takes a part', () => {
    expect(
      problems({
        a: service({ paths: ['/a/b/*'] }),
        b: service({ paths: ['/a/*'] }),
        c: service({ paths: ['/?/x'] }),
        site: service(),
      }),
    ).toEqual([]);
  });

  it('what the load balancer does not take: six of them, none, a space, no slash, 129 characters', () => {
    const six = Array.from({ length: 6 }, (_, index) => `/${index}`);
    for (const paths of [six, [], ['/a b'], ['api'], [`/${'a'.repeat(128)}`], ['/ä'], ['/a%20b']]) {
      expect(problems({ api: service({ paths }), site: service() })).not.toEqual([]);
    }
    expect(problems({ api: service({ paths: [`/${'a'.repeat(127)}`] }), site: service() })).toEqual([]);
  });
});

describe('what serves', () => {
  const site = (change: Partial<Service> = {}) => service({ source: 'site', server: 'nginx', ...change });

  it('nginx on Fargate and Express', () => {
    expect(problems({ site: site() })).toEqual([]);
    expect(problems({ site: site({ compute: 'express' }) })).toEqual([]);
  });

  it('not nginx on Lambda, and nothing that it could use: all is told at once', () => {
    const wrong = {
      ...app({ site: site({ compute: 'lambda', uses: ['db'] }) }),
      resources: { db: { kind: 'postgres' } },
    };
    expect(checkApp(wrong).map(({ path, message }) => `${path}: ${message}`)).toEqual(
      expect.arrayContaining([
        'services.site.uses: nginx serves files: it uses no resources',
        'services.site.compute: nginx does not run on Lambda',
      ]),
    );
  });

  it('a function is behind an HTTP API', () => {
    expect(problems({ api: service({ compute: 'lambda', ingress: 'load-balancer' }) })).toEqual([
      "services.api.ingress: a function is behind an HTTP API. Leave `ingress` out, or write `compute: 'fargate'`.",
    ]);
    expect(problems({ api: service({ compute: 'lambda' }) })).toEqual([]);
  });
});
