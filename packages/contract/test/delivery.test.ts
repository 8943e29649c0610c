import { checkApp, type Delivery } from '@keelson/contract';
import { describe, expect, it } from 'vitest';

const environments = { feature: {}, development: {}, staging: {}, prod: {} };
const repository = 'https://github.com/acme/notes';
const pipeline = {
  provider: 'codepipeline',
  repository,
  branches: { 'feature/*': 'feature', develop: 'development', main: 'staging' },
  releases: { tags: 'v*', environment: 'prod' },
  approval: ['prod'],
};
const appWith = (delivery: unknown, more: object = {}) => ({
  name: 'notes',
  region: 'eu-central-1',
  services: { api: { source: 'src/main.ts', compute: 'fargate' } },
  environments,
  delivery,
  ...more,
});
const problemsOf = (delivery: unknown, more?: object) =>
  checkApp(appWith(delivery, more)).map(({ path, message, hint }) => `${path}: ${message}. ${hint}`);
const changed = (change: Partial<Delivery>) => problemsOf({ ...pipeline, ...change });
const { repository: _repository, branches: _branches, ...nameless } = pipeline;
const codecommit = { ...nameless, source: 'codecommit' };

describe('a delivery by CodePipeline', () => {
  it.each([
    ['branches and releases', pipeline],
    ['one branch to every environment in turn', { provider: 'codepipeline', repository, branch: 'trunk' }],
    ['releases alone', { provider: 'codepipeline', repository, releases: pipeline.releases }],
    ['no approval at all', { ...pipeline, approval: [] }],
    ['the repository of CodeCommit', { ...codecommit, branches: { develop: 'development', main: 'staging' } }],
  ])('may have %s', (_title, delivery) => {
    expect(problemsOf(delivery)).toEqual([]);
  });

  it('names environments that exist', () => {
    const delivery = {
      ...pipeline,
      branches: { main: 'stagng' },
      releases: { tags: 'v*', environment: 'live' },
      approval: ['prod', 'prd'],
    };
    expect(problemsOf(delivery)).toEqual([
      'delivery.branches.main: there is no environment `stagng`. Did you mean `staging`?',
      'delivery.releases.environment: there is no environment `live`. Use `feature`, `development`, `staging` or `prod`.',
      'delivery.approval.1: there is no environment `prd`. Did you mean `prod`?',
    ]);
    expect(problemsOf({ ...pipeline, releases: undefined, approval: undefined }, { environments: {} })[0]).toContain(
      'Add it under `environments`.',
    );
  });

  it('takes an environment of the wrong shape for one that exists', () => {
    const found = problemsOf(pipeline, { environments: { ...environments, prod: { cpu: 1 } } });
    expect(found.map((problem) => problem.split(':')[0])).toEqual(['environments.prod.cpu']);
  });

  it('tells what else is wrong while one setting has the wrong shape, and guesses nothing of that one', () => {
    const found = problemsOf({ ...nameless, sources: 'codecommit', branches: { main: 'stagng' } });
    expect(found.map((problem) => problem.split(':')[0])).toEqual(['delivery.sources', 'delivery.branches.main']);
    expect(found[0]).toContain('Did you mean `source`?');
    expect(problemsOf({ ...nameless, source: 'codecomit' })).toHaveLength(1);
    expect(problemsOf({ ...pipeline, approval: ['prd'], releases: { tags: 'v*' } })).toHaveLength(2);
  });

  it('delivers to each environment from one place', () => {
    expect(changed({ branches: { main: 'prod' } })).toEqual([
      'delivery.releases.environment: `prod` gets what is on `main` already. Deliver releases to an environment of their own.',
    ]);
  });

  it.each<[Partial<Delivery> & Record<string, unknown>, RegExp]>([
    [{ branches: {} }, /^delivery\.branches: names no branch/],
    [{ trigger: 'webhook' }, /^delivery\.trigger: means nothing with `codepipeline`/],
    [{ branch: 'a\nb' }, /^delivery\.branch: "a\\nb" is not a branch/],
    [{ releases: { tags: 'v[0-9]', environment: 'prod' } }, /^delivery\.releases\.tags: "v\[0-9\]" is not a tag/],
    [{ releases: { tags: '**', environment: 'prod' } }, /is not a tag.*such as `v\*`/],
    [{ branches: { 'feature/**': 'feature' } }, /^delivery\.branches\.feature\/\*\*: .*perhaps with `\*` at its end/],
  ])('%j is a problem with a way out', (change, message) => {
    const found = changed(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it('needs the repository that a connection leads to, and makes that of CodeCommit', () => {
    expect(problemsOf(nameless)).toEqual([
      "delivery.repository: is missing. Name the repository: `repository: 'https://github.com/acme/shows'`.",
    ]);
    expect(problemsOf({ ...codecommit, repository })).toEqual([
      'delivery.repository: means nothing with `codecommit`. Leave it out: the repository is made in CodeCommit, with the name of the app.',
    ]);
  });

  it('has one branch of CodeCommit for an environment', () => {
    const branches = { 'feature/*': 'feature', develop: 'development', next: 'development' };
    expect(problemsOf({ ...codecommit, branches }).map((problem) => problem.split('. ')[0])).toEqual([
      'delivery.branches.feature/*: CodeCommit needs one branch, not many',
      'delivery.branches.next: `development` gets what is on `develop` already, and CodeCommit needs one branch',
    ]);
  });
});

describe('another delivery', () => {
  it.each(['codebuild', 'github-actions'])(
    'by %s has neither branches, releases, approvals nor a source',
    (provider) => {
      const github = provider === 'github-actions' ? { legacy: true } : undefined;
      const found = problemsOf({ ...pipeline, provider, source: 'codecommit', github });
      expect(found).toEqual(
        ['source', 'branches', 'releases', 'approval'].map(
          (key) =>
            `delivery.${key}: means nothing with \`${provider}\`. Write \`provider: 'codepipeline'\`, or leave it out.`,
        ),
      );
      expect(problemsOf({ provider, repository, branch: 'main', github })).toEqual([]);
    },
  );

  it.each(['codebuild', 'codepipeline'])('by %s has nothing of GitHub', (provider) => {
    expect(problemsOf({ provider, repository, github: { legacy: true } })).toEqual([
      `delivery.github: means nothing with \`${provider}\`. Write \`provider: 'github-actions'\`, or leave it out.`,
    ]);
  });
});
