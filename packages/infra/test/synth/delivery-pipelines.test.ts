import type { App, Delivery } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { composeShared } from '../../src/compose.ts';
import type { Value } from '../../src/hcl/index.ts';
import { flowsOf, synth } from '../../src/index.ts';
import { decoded, dev, environmentStack, prod, resourcesOf } from './apps.ts';
import { fromCodeCommit, inTurn, mapped, pipelined } from './delivery-apps.ts';
import { resolve } from './policy.ts';

interface Pipeline {
  readonly name: string;
  readonly pipeline_type: string;
  readonly execution_mode: string;
  readonly variable: { readonly name: string; readonly default_value: string };
  readonly stage: readonly { readonly name: string; readonly action: Action }[];
  readonly trigger?: { readonly provider_type: string; readonly git_configuration: Record<string, unknown> };
}
interface Action {
  readonly category: string;
  readonly provider: string;
  readonly input_artifacts?: readonly string[];
  readonly output_artifacts?: readonly string[];
  readonly configuration: Readonly<Record<string, Value>>;
}

function pipelines(app: App): Pipeline[] {
  return resourcesOf(composeShared(app), 'aws_codepipeline').map(({ args }) => args as unknown as Pipeline);
}

function pipeline(app: App, name: string): Pipeline {
  const found = pipelines(app).find((each) => each.name === name);
  if (!found) throw new Error(`no pipeline ${name}`);
  return found;
}

const names = (app: App) =>
  pipelines(app).map(({ name, stage }) => `${name}: ${stage.map((each) => each.name).join(' ')}`);

/** What the action tells CodeBuild. */
function told({ configuration }: Action): Record<string, string> {
  const list = decoded(configuration['EnvironmentVariables']) as { name: string; value: string }[];
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

const actionOf = ({ stage }: Pipeline, name: string) => stage.find((each) => each.name === name)?.action as Action;

describe('pipelines of branches and releases', () => {
  const app = pipelined();

  test('are one per environment, with an approval before those that are protected', () => {
    expect(synth(app).problems).toEqual([]);
    expect(names(app)).toEqual([
      'notes-feature: Source Build Deploy-feature',
      'notes-development: Source Build Deploy-development',
      'notes-staging: Source Build Approve-staging Deploy-staging',
      'notes-prod: Source Image Approve-prod Deploy-prod',
    ]);
    for (const { pipeline_type: type } of pipelines(app)) expect(type).toBe('V2');
  });

  test('start at pushes of their own branches, of tags for a release, and at no pull request', () => {
    const started = pipelines(app).map(({ trigger }) => trigger?.git_configuration);
    expect(started).toEqual([
      { source_action_name: 'Source', push: { branches: { includes: ['feature/**'] } } },
      { source_action_name: 'Source', push: { branches: { includes: ['develop'] } } },
      { source_action_name: 'Source', push: { branches: { includes: ['main'] } } },
      { source_action_name: 'Source', push: { tags: { includes: ['v**'] } } },
    ]);
    for (const each of pipelines(app)) {
      expect(actionOf(each, 'Source').configuration['DetectChanges']).toBe('false');
      expect(each.trigger?.provider_type).toBe('CodeStarSourceConnection');
    }
  });

  test('a release builds nothing: it takes the image of its commit, as the branches name theirs', () => {
    expect(told(actionOf(pipeline(app, 'notes-prod'), 'Image'))).toEqual({
      COMMIT: '#{Source.CommitId}',
      IMAGE_TAG: '#{variables.IMAGE_TAG}',
      PROMOTE: 'yes',
    });
    for (const name of ['feature', 'development', 'staging']) {
      expect(told(actionOf(pipeline(app, `notes-${name}`), 'Build'))).not.toHaveProperty('PROMOTE');
    }
    for (const each of pipelines(app)) {
      const last = each.stage.at(-1)?.action as Action;
      expect(told(last)).toEqual({ COMMIT: '#{Source.CommitId}', IMAGE_TAG: '#{variables.IMAGE_TAG}' });
      expect(each.variable).toMatchObject({ name: 'IMAGE_TAG', default_value: '-' });
    }
  });

  test('hand on the very source that started them, and name what a person says yes to', () => {
    for (const each of pipelines(app)) {
      expect(actionOf(each, 'Source').output_artifacts).toEqual(['Source']);
      const later = each.stage.filter(({ action }) => action.provider === 'CodeBuild');
      for (const { action } of later) expect(action.input_artifacts).toEqual(['Source']);
    }
    expect(actionOf(pipeline(app, 'notes-prod'), 'Approve-prod')).toMatchObject({
      category: 'Approval',
      provider: 'Manual',
      configuration: { CustomData: expect.stringMatching(/^Deliver #\{Source\.CommitId\} to prod\?/) },
    });
  });

  test('wait for one another where several branches or releases share them; a later commit takes the place of an earlier one elsewhere', () => {
    const modes = Object.fromEntries(pipelines(app).map((each) => [each.name, each.execution_mode]));
    expect(modes).toEqual({
      'notes-feature': 'QUEUED',
      'notes-development': 'SUPERSEDED',
      'notes-staging': 'SUPERSEDED',
      'notes-prod': 'QUEUED',
    });
    const text = synth(app).files.get('shared/pipelines.tf') ?? '';
    expect(text).toMatch(
      /# A tag v\* starts it\. It builds nothing.*\n# Releases wait for one another.*\nresource "aws_codepipeline" "prod"/,
    );
    expect(text).toMatch(/# What waits is replaced by a later commit.*\nresource "aws_codepipeline" "staging"/);
  });

  test('start the projects that the environments have, by the files that synth writes', () => {
    for (const environment of Object.keys(app.environments ?? {})) {
      const stack = environmentStack(app, environment);
      const [project] = resourcesOf(stack, 'aws_codebuild_project');
      expect(project?.args).toMatchObject({
        name: actionOf(pipeline(app, `notes-${environment}`), `Deploy-${environment}`).configuration['ProjectName'],
        concurrent_build_limit: 1,
        artifacts: { type: 'CODEPIPELINE' },
        source: { type: 'CODEPIPELINE', buildspec: 'deployspec.yml' },
      });
      expect(resourcesOf(stack, 'aws_codebuild_webhook')).toEqual([]);
    }
    const [build] = resourcesOf(composeShared(app), 'aws_codebuild_project');
    expect(build?.args).toMatchObject({
      name: 'notes-build',
      artifacts: { type: 'CODEPIPELINE' },
      source: { type: 'CODEPIPELINE', buildspec: 'buildspec.yml' },
    });
  });

  test('several branches of one environment share its pipeline', () => {
    const branches = { develop: 'development', 'hotfix/*': 'development' };
    const shared = pipelined({ ...mapped, branches });
    const found = pipeline(shared, 'notes-development');
    expect(found.execution_mode).toBe('QUEUED');
    expect(found.trigger?.git_configuration).toMatchObject({
      push: { branches: { includes: ['develop', 'hotfix/**'] } },
    });
    expect(actionOf(found, 'Source').configuration['BranchName']).toBe('develop');
  });

  test('an environment that nothing leads to has no project', () => {
    const { releases: _none, ...rest } = mapped;
    expect(synth(pipelined(rest)).files.has('prod/delivery.tf')).toBe(false);
    expect(synth(pipelined(rest)).files.has('staging/delivery.tf')).toBe(true);
  });

  test('the connection, and what a person does with it, are outputs', () => {
    const text = synth(app).files.get('shared/source.tf') ?? '';
    expect(text).toMatch(/provider_type = "GitHub"/);
    expect(text).toMatch(/output "connection_arn"/);
    expect(text).toMatch(
      /output "connection_authorisation" \{[\s\S]*settings\/connections\?region=eu-central-1[\s\S]*acme\/notes alone/,
    );
    expect(synth(app).files.get('shared/pipelines.tf')).toMatch(/output "pipelines" \{[\s\S]*prod += "notes-prod"/);
  });

  test('what runs anywhere stays in the registry, however many images branches make', () => {
    const [policy] = resourcesOf(composeShared(app), 'aws_ecr_lifecycle_policy');
    const { rules } = decoded(policy?.args['policy']) as { rules: { rulePriority: number; selection: object }[] };
    expect(rules.map(({ rulePriority }) => rulePriority)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rules[1]?.selection).toEqual({
      tagStatus: 'tagged',
      tagPrefixList: ['prod-'],
      countType: 'imageCountMoreThan',
      countNumber: 50,
    });
    // AWS wants the rule for any image to be the last one.
    expect(rules.at(-1)?.selection).toMatchObject({ tagStatus: 'any' });
  });

  test('artifacts are private, encrypted, and go after a month', () => {
    const stack = composeShared(app);
    const [lifecycle] = resourcesOf(stack, 'aws_s3_bucket_lifecycle_configuration');
    expect(lifecycle?.args['rule']).toMatchObject({ status: 'Enabled', expiration: { days: 30 } });
    expect(resourcesOf(stack, 'aws_s3_bucket_public_access_block')).toHaveLength(1);
    expect(resourcesOf(stack, 'aws_s3_bucket_server_side_encryption_configuration')).toHaveLength(1);
  });
});

test.each<[string, Delivery['approval'], string[]]>([
  ['nobody', [], []],
  ['one for development too', ['development', 'prod'], ['development', 'prod']],
])('approvals as asked for: %s', (_title, approval, expected) => {
  const stages = pipelines(pipelined({ ...mapped, ...(approval ? { approval } : {}) })).flatMap(({ stage }) => stage);
  expect(stages.flatMap(({ name }) => (name.startsWith('Approve-') ? [name.slice(8)] : []))).toEqual(expected);
});

describe('without a map', () => {
  const environments = { dev, prod: { ...prod, domain: 'app.example.com' } };

  test('one pipeline brings the branch to every environment in turn, with one build', () => {
    const app = pipelined({ ...inTurn, branch: 'trunk' }, { environments });
    expect(names(app)).toEqual(['notes: Source Build Deploy-dev Approve-prod Deploy-prod']);
    expect(pipelines(app)[0]?.trigger?.git_configuration).toMatchObject({
      push: { branches: { includes: ['trunk'] } },
    });
    expect(pipelines(app)[0]?.execution_mode).toBe('SUPERSEDED');
  });

  test('and a release goes to its own', () => {
    const app = pipelined({ ...inTurn, releases: { tags: 'v1', environment: 'prod' } }, { environments });
    expect(names(app)).toEqual(['notes: Source Build Deploy-dev', 'notes-prod: Source Image Approve-prod Deploy-prod']);
    expect(pipeline(app, 'notes-prod').trigger?.git_configuration).toMatchObject({
      push: { tags: { includes: ['v1'] } },
    });
  });
});

describe('from CodeCommit', () => {
  const app = pipelined(fromCodeCommit);
  const stack = composeShared(app);

  test('events start the pipelines with the commit that was pushed; nothing polls', () => {
    expect(synth(app).problems).toEqual([]);
    for (const each of pipelines(app)) {
      expect(each.trigger).toBeUndefined();
      expect(actionOf(each, 'Source')).toMatchObject({
        provider: 'CodeCommit',
        configuration: { PollForSourceChanges: 'false' },
      });
    }
    const rules = resourcesOf(stack, 'aws_cloudwatch_event_rule').map(({ args }) => {
      return (resolve(stack, decoded(args['event_pattern']) as Value) as { detail: unknown }).detail;
    });
    const pushed = ['referenceCreated', 'referenceUpdated'];
    expect(rules).toEqual([
      { event: pushed, referenceType: ['branch'], referenceName: ['develop'] },
      { event: pushed, referenceType: ['branch'], referenceName: ['main'] },
      { event: ['referenceCreated'], referenceType: ['tag'], referenceName: [{ prefix: 'v' }] },
    ]);
    for (const { args } of resourcesOf(stack, 'aws_cloudwatch_event_target')) {
      const { input_paths: paths, input_template: template } = args['input_transformer'] as Record<string, unknown>;
      expect(paths).toEqual({ commit: '$.detail.commitId' });
      expect(JSON.parse(String(template))).toEqual({
        sourceRevisions: [{ actionName: 'Source', revisionType: 'COMMIT_ID', revisionValue: '<commit>' }],
      });
    }
  });

  test('the repository is made, is not destroyed by mistake, and there is no connection', () => {
    expect(
      resourcesOf(stack, 'aws_codecommit_repository').map(({ args, meta }) => [
        args['repository_name'],
        meta.lifecycle?.prevent_destroy,
      ]),
    ).toEqual([['notes', true]]);
    expect(resourcesOf(stack, 'aws_codeconnections_connection')).toEqual([]);
    expect(synth(app).files.get('shared/source.tf')).toContain('output "repository_url"');
  });
});

test('flows are what a command can name', () => {
  expect(flowsOf(pipelined()).map(({ name }) => name)).toEqual(pipelines(pipelined()).map(({ name }) => name));
  expect(flowsOf(pipelined({ provider: 'codebuild', repository: 'https://github.com/acme/notes' }))).toEqual([]);
});

test.each([
  ['https://git.example.com/acme/notes', 'delivery.repository', /github\.com/],
  ['https://gitlab.com/acme/notes', undefined, /./],
  ['https://bitbucket.org/acme/notes.git', undefined, /./],
])('%s: connected, or a problem with a way out', (repository, path, hint) => {
  const { files, problems } = synth(pipelined({ ...mapped, repository }));
  expect(problems.map((problem) => problem.path)).toEqual(path === undefined ? [] : [path]);
  for (const problem of problems) expect(problem.hint).toMatch(hint);
  if (path === undefined) expect(files.get('shared/pipelines.tf')).toMatch(/FullRepositoryId += "acme\/notes"/);
});

test('a state on a laptop, or two architectures, cannot be delivered', () => {
  const { state: _state, ...stateless } = pipelined();
  expect(synth(stateless).problems.map(({ path }) => path)).toEqual(['state']);
  const mixed = pipelined(inTurn, { environments: { dev, test: { ...dev, architecture: 'arm64' } } });
  expect(synth(mixed).problems.map(({ path }) => path)).toEqual(['environments']);
});

test('an image for ARM is built on ARM', () => {
  const arm = pipelined(inTurn, { environments: { dev: { ...dev, architecture: 'arm64' } } });
  expect(synth(arm).files.get('shared/build.tf')).toMatch(/"ARM_CONTAINER"[\s\S]*aarch64[\s\S]*"linux\/arm64"/);
});
