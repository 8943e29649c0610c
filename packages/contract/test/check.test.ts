import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appSchema, checkApp, contractOf, isApp, nearest } from '@keelson/contract';
import { patternInWords } from '../src/check/words.ts';

const sound = {
  name: 'notes',
  region: 'eu-central-1',
  resources: {
    db: { kind: 'postgres' },
    people: { kind: 'login', provider: 'auth0' },
    'stripe-key': { kind: 'secret' },
  },
  services: {
    api: { source: 'src/main.ts', compute: 'express', uses: ['db', 'people', 'stripe-key'] },
    admin: { source: 'src/admin.ts', compute: 'fargate', port: 8001 },
  },
  environments: { dev: { ephemeral: true }, prod: { cpu: 512, tasks: 2 } },
  delivery: { provider: 'codebuild' },
};

const api = (change: object) => ({ ...sound, services: { api: { ...sound.services.api, ...change } } });
const one = (value: unknown) => {
  const problems = checkApp(value);
  expect(problems).toHaveLength(1);
  const [problem] = problems;
  return `${problem?.path}: ${problem?.message}. ${problem?.hint}`;
};

describe('checkApp', () => {
  it('finds nothing wrong with a sound app', () => {
    expect(checkApp(sound)).toEqual([]);
    expect(isApp(sound)).toBe(true);
  });

  it('names every problem at once, however many there are', () => {
    const problems = checkApp({
      name: 'Bad Name',
      region: 'europe',
      environmnts: {},
      resources: { db: { kind: 'postgress' }, people: { kind: 'login', providr: 'auth0' } },
      services: {
        api: { source: '', compute: 'fargte', port: '80', uses: 'db' },
        worker: { source: 'a.ts', compute: 'lambda', uses: ['dbb'] },
      },
      environments: { dev: { cpu: 1 }, local: {} },
    });
    expect(problems.map(({ path }) => path).toSorted()).toEqual(
      [
        'environments.dev.cpu',
        'environments.local',
        'environmnts',
        'name',
        'region',
        'resources.db.kind',
        'resources.people.providr',
        'resources.people.provider',
        'services.api.compute',
        'services.api.port',
        'services.api.source',
        'services.api.uses',
        'services.worker.uses.0',
      ].toSorted(),
    );
  });

  it('tells what else is wrong with a service of which one setting has the wrong shape', () => {
    const found = checkApp({
      ...sound,
      services: {
        api: { source: 'a.ts', compute: 'lambda', ingress: 'load-balancer', port: '80', uses: ['nope'] },
        two: { source: 'a.ts', compute: 'fargte', port: 8001, uses: ['nope', 'db'] },
      },
    });
    expect(found.map(({ path }) => path)).toEqual([
      'services.api.port',
      'services.two.compute',
      'services.api.uses.0',
      'services.two.uses.0',
      'services.api.ingress',
    ]);
  });

  it('judges nothing by a setting that has the wrong shape or name', () => {
    const routes = { 'GET /': 'public' };
    expect(one(api({ compute: 'fargate', ingress: 'http-ap', routes }))).toContain('services.api.ingress');
    expect(one(api({ compute: 'fargate', ingres: 'http-api', routes }))).toContain('services.api.ingres:');
    const services = { api: sound.services.admin, web: { ...sound.services.admin, port: '8002' } };
    expect(one({ ...sound, services })).toContain('services.web.port');
    expect(
      one({ ...sound, services: { ...services, web: { source: 'a.ts', compute: 'fargate', prt: 8002 } } }),
    ).toMatch(/Did you mean `port`/);
  });

  it('says every pattern of the schema in words, with an example', () => {
    const given = [
      ...JSON.stringify(appSchema).matchAll(/"(?:pattern|patternProperties)":(?:\{)?("(?:[^"\\]|\\.)*")/g),
    ];
    const all = new Set(given.map(([, pattern = '']) => String(JSON.parse(pattern))));
    expect(all.size).toBeGreaterThan(20);
    const open = [...all].filter((pattern) => pattern !== '^.*$' && patternInWords(pattern).hint === '');
    expect(open).toEqual([]);
  });

  it.each<[object, string, string]>([
    [api({ compute: 'fargate', paths: ['api'] }), 'a path that starts with `/`', '`/api/*`'],
    [{ ...sound, state: { bucket: 's3://Notes' } }, 'the name of a bucket', 'no `s3://`'],
    [
      api({ uses: [], paths: undefined, compute: 'fargate', corsOrigins: ['app.example.com'] }),
      'must be an origin',
      '`https://app.example.com`',
    ],
    [
      {
        ...sound,
        resources: {
          ...sound.resources,
          more: {
            kind: 'secret',
            existing: { name: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:x-AbCdEf' },
          },
        },
      },
      'the name of a secret',
      'behind `secret:`',
    ],
    [
      { ...sound, resources: { ...sound.resources, more: { kind: 'secret', existing: { name: 'x', key: 'a:b' } } } },
      'a key of a JSON document',
      '`CLIENT_ID`',
    ],
    [{ ...sound, environments: { dev: { network: { cidr: 'ten' } } } }, 'an IPv4 block', '`10.0.0.0/16`'],
    [{ ...sound, environments: { dev: { database: { minCapacity: 0.3 } } } }, 'a multiple of 0.5', ''],
    [{ ...sound, environments: { dev: { database: { minCapacity: '1' } } } }, 'must be a number', 'without quotes'],
    [api({ compute: 'fargate', paths: [] }), 'must not be empty', 'leave it out'],
    [api({ compute: 'fargate', paths: ['/1', '/2', '/3', '/4', '/5', '/6'] }), 'must have 5 at most, but has 6', ''],
  ])('%j is told in words, with a way out', (value, rule, hint) => {
    const problem = one(value);
    expect(problem).toContain(rule);
    expect(problem).toContain(hint);
    expect(problem).not.toContain('must match');
  });

  it('says which setting was meant by an unknown one', () => {
    expect(one({ ...sound, environmets: sound.environments, environments: undefined })).toBe(
      'environmets: is not a known setting. Did you mean `environments`?',
    );
    expect(one(api({ uss: [], uses: undefined }))).toContain('Did you mean `uses`?');
  });

  it('lists what a word may be', () => {
    expect(one(api({ compute: 'kubernetes' }))).toBe(
      'services.api.compute: must be `express`, `fargate` or `lambda`, but is "kubernetes". Use `express`, `fargate` or `lambda`.',
    );
    expect(one(api({ compute: 'fargte' }))).toContain('Did you mean `fargate`?');
  });

  it('holds a resource against its own kind only', () => {
    const withResource = (db: unknown) => ({ ...sound, resources: { ...sound.resources, db } });
    expect(one(withResource({ kind: 'postgress' }))).toBe(
      'resources.db.kind: "postgress" is not a resource kind. Did you mean `postgres`?',
    );
    expect(one(withResource({ kind: 'postgres', migration: 'x' }))).toContain('Did you mean `migrations`?');
    expect(one(withResource({}))).toContain(
      'Add `kind`: `postgres`, `table`, `login`, `tokens`, `accounts`, `mail`, `secret` or `log-search`.',
    );
    expect(one(withResource('postgres'))).toContain('must be an object, but is "postgres"');
  });

  it('names the nearest resource when `uses` names none', () => {
    expect(one(api({ uses: ['db', 'peple'] }))).toBe(
      'services.api.uses.1: there is no resource `peple`. Did you mean `people`?',
    );
    expect(one({ ...api({ uses: ['db'] }), resources: undefined })).toContain('Add it under `resources`.');
    expect(one(api({ uses: ['db', 'db'] }))).toContain('listed twice');
  });

  it('refuses two services on one port, given or by default', () => {
    const services = { api: { source: 'a.ts', compute: 'fargate' }, web: { source: 'b.ts', compute: 'fargate' } };
    expect(one({ ...sound, services })).toBe(
      'services.web.port: 8000 is the port of `api` already. Give it a port of its own, for example 8001.',
    );
  });

  it('refuses resources that would set the same variable of a service', () => {
    const resources = {
      db: { kind: 'postgres' },
      other: { kind: 'postgres' },
      key: { kind: 'secret', variable: 'PORT' },
    };
    expect(one({ ...api({ uses: ['db', 'other'] }), resources })).toContain(
      'would set DATABASE_URL, which comes from `db`',
    );
    expect(one({ ...api({ uses: ['key'] }), resources })).toContain('would set PORT, which comes from Keelson itself');
  });

  it('explains names, numbers and missing settings', () => {
    expect(one({ ...sound, name: 'Notes' })).toContain('must start with a lower-case letter');
    expect(one({ ...sound, services: { API: sound.services.admin } })).toContain('services.API: the name must start');
    expect(one(api({ port: '8000' }))).toContain('Write 8000 without quotes.');
    expect(one(api({ port: 70_000 }))).toContain('must be 65535 or less, but is 70000');
    expect(one(api({ compute: undefined }))).toBe(
      'services.api.compute: is missing. Add it: `express`, `fargate` or `lambda`.',
    );
    expect(one({ ...sound, services: {} })).toContain('has no service');
  });

  it.each(['trail-', 'a--b', '-a', '2a', 'a'.repeat(32), 'a\n'])(
    'has nothing called %j: AWS would not take it',
    (name) => {
      const { admin } = sound.services;
      expect(one({ ...sound, name })).toContain('name: must start with a lower-case letter');
      expect(one({ ...sound, services: { [name]: admin } })).toContain('the name must start');
      expect(one({ ...sound, environments: { [name]: {} } })).toContain('single hyphens between them');
    },
  );

  it.each(['a', 'a-b-2', 'a'.repeat(31)])('may be called %s', (name) => {
    expect(checkApp({ ...sound, name })).toEqual([]);
  });

  it('refuses any value that is no app, without throwing', () => {
    for (const value of [undefined, null, 'app', 3, [], () => {}]) expect(checkApp(value)).toHaveLength(1);
    fc.assert(fc.property(fc.anything(), (value) => checkApp(value).length > 0));
    fc.assert(
      fc.property(fc.anything(), (part) => Array.isArray(checkApp({ ...sound, services: part, resources: part }))),
    );
    const settings = ['repository', 'branch', 'source', 'branches', 'releases', 'approval', 'trigger', 'github'];
    const provider = fc.constantFrom('github-actions', 'codebuild', 'codepipeline');
    const delivery = fc.tuple(provider, fc.dictionary(fc.constantFrom(...settings), fc.anything()));
    fc.assert(
      fc.property(delivery, ([provider, given]) =>
        Array.isArray(checkApp({ ...sound, delivery: { provider, ...given } })),
      ),
    );
  });
});

describe('contractOf', () => {
  it('gives a login its session table only where no database keeps the sessions', () => {
    const names = (uses: string[]) =>
      contractOf(api({ uses }) as Parameters<typeof contractOf>[0], 'api').resources.flatMap(({ forms }) =>
        forms.flat().map(({ name }) => name),
      );
    expect(names(['people'])).toContain('SESSION_TABLE');
    expect(names(['db', 'people'])).not.toContain('SESSION_TABLE');
    expect(names(['stripe-key'])).toEqual(['STRIPE_KEY']);
  });
});

describe('nearest', () => {
  it('takes a slip of the fingers and leaves a different word', () => {
    expect(nearest('postgrse', ['login', 'postgres'])).toBe('postgres');
    expect(nearest('db', ['mailbox', 'people'])).toBeUndefined();
  });
});
