import { checkApp, githubEnvironment, githubRepository, githubSubject } from '@keelson/contract';
import { describe, expect, it } from 'vitest';

const repository = 'https://github.com/acme/notes';
const github = { ownerId: '11', repositoryId: '22' };
const delivery = { provider: 'github-actions', repository, github };
const problemsOf = (change: object, environments: object = { dev: {}, prod: {} }) =>
  checkApp({
    name: 'notes',
    region: 'eu-central-1',
    services: { api: { source: 'src/main.ts', compute: 'fargate' } },
    environments,
    delivery: { ...delivery, ...change },
  }).map(({ path, message, hint }) => `${path}: ${message}. ${hint}`);

describe('a delivery by GitHub Actions', () => {
  it.each([
    ['ids', {}],
    ['the older form of names', { github: { legacy: true } }],
    ['a branch of its own', { branch: 'release/1.x' }],
    ['environments of other names', { github: { ...github, environments: { dev: 'Development', prod: 'live' } } }],
    ['a provider that is there', { github: { ...github, identityProvider: 'existing' } }],
  ])('may have %s', (_title, change) => {
    expect(problemsOf(change)).toEqual([]);
  });

  it('needs both ids, or the word that there are none, and says where they are', () => {
    const found = problemsOf({ github: undefined });
    expect(found.map((problem) => problem.split(':')[0])).toEqual([
      'delivery.github.ownerId',
      'delivery.github.repositoryId',
    ]);
    expect(found[0]).toContain('https://api.github.com/repos/acme/notes tells both');
    expect(problemsOf({ github: { ownerId: '11' } })).toHaveLength(1);
  });

  it.each<[object, RegExp]>([
    [{ repository: undefined }, /^delivery\.repository: is missing/],
    [{ repository: 'https://gitlab.com/acme/notes' }, /is not a repository on github\.com/],
    [{ repository: 'https://github.com/acme/no:tes' }, /is not a repository on github\.com/],
    [{ branch: 'a b' }, /^delivery\.branch: "a b" is not a branch/],
    [{ branch: 'release/*' }, /^delivery\.branch: "release\/\*" is not a branch/],
    [{ branch: '/main' }, /^delivery\.branch: /],
    [{ trigger: 'webhook' }, /^delivery\.trigger: means nothing with `github-actions`/],
    [{ github: { ...github, environments: { prd: 'x' } } }, /^delivery\.github\.environments\.prd: .*`prod`/],
    [
      { github: { ...github, environments: { dev: 'production' } } },
      /`prod` and `dev` are both `production` at GitHub/,
    ],
  ])('%j is a problem with a way out', (change, message) => {
    const found = problemsOf(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it('is told of everything at once, one setting of the wrong shape or not', () => {
    const change = {
      repository: 'https://gitlab.com/acme/notes',
      branch: 'a b',
      github: { ownerId: '11', environments: { dev: 'main env', prd: 'live' } },
    };
    const found = problemsOf(change);
    expect(found.map((problem) => problem.split(':')[0])).toEqual([
      'delivery.github.environments.dev',
      'delivery.repository',
      'delivery.branch',
      'delivery.github.repositoryId',
      'delivery.github.environments.prd',
    ]);
    expect(found[0]).toMatch(/must be an environment at GitHub of letters.* For example `production`/);
  });

  it.each<[object, string]>([
    [{ github: { ownrId: '11', repositoryId: '22' } }, 'delivery.github.ownrId'],
    [{ github: { legcy: true } }, 'delivery.github.legcy'],
    [{ github: { ...github, ownerId: 11 } }, 'delivery.github.ownerId'],
    [{ github: 'acme' }, 'delivery.github'],
    [{ provider: 'github' }, 'delivery.provider'],
  ])('%j is one problem, not two', (change, path) => {
    expect(problemsOf(change).map((problem) => problem.split(':')[0])).toEqual([path]);
  });

  it('has environments that differ in more than case: to GitHub they are one', () => {
    const environments = { dev: 'Same', prod: 'same' };
    expect(problemsOf({ github: { ...github, environments } })).toEqual([
      'delivery.github.environments: `prod` and `dev` are both `same` at GitHub. Give each a name of its own.',
    ]);
  });

  it.each(['dev; id', '$(id)', 'a:b', 'a/b', "'", ''])('security: has no environment called %j', (name) => {
    expect(problemsOf({ github: { ...github, environments: { dev: name } } })).toHaveLength(1);
  });
});

describe('what GitHub calls things', () => {
  it('is production for prod, and otherwise as said', () => {
    expect(githubEnvironment({}, 'prod')).toBe('production');
    expect(githubEnvironment({}, 'dev')).toBe('dev');
    expect(githubEnvironment({ github: { environments: { prod: 'live' } } }, 'prod')).toBe('live');
  });

  it('is owner and name', () => {
    expect(githubRepository({ repository })).toEqual({ owner: 'acme', name: 'notes' });
    expect(githubRepository({ repository: `${repository}.git` })).toEqual({ owner: 'acme', name: 'notes' });
  });

  it('names a job with the ids, or without them', () => {
    expect(githubSubject({ repository, github }, 'pull_request')).toBe('repo:acme@11/notes@22:pull_request');
    const legacy = { repository, github: { ...github, legacy: true } };
    expect(githubSubject(legacy, 'environment:production')).toBe('repo:acme/notes:environment:production');
  });
});
