import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkApp, contractOf, isApp, nearest } from '@keelson/contract';

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
