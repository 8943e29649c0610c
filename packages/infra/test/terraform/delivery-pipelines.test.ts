import type { App } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { dev, prod } from '../synth/apps.ts';
import { fromCodeCommit, inTurn, pipelined } from '../synth/delivery-apps.ts';
import { lackingForTerraform, saySkipped } from '../tools.ts';
import { workspaces } from './workspaces.ts';

const apps: Record<string, App> = {
  'branches and releases': pipelined(),
  'one branch in turn, on ARM': pipelined(inTurn, {
    environments: {
      dev: { ...dev, architecture: 'arm64' },
      prod: { ...prod, architecture: 'arm64', domain: 'app.example.com' },
    },
  }),
  CodeCommit: pipelined(fromCodeCommit),
};
const cases = Object.entries(apps).flatMap(([name, app]) =>
  ['shared', Object.keys(app.environments ?? {}).at(-1) ?? ''].map((folder) => ({
    name,
    folder,
    files: synth(app).files,
  })),
);

/** What a mock provider would make up is no account and no partition. */
const answers = `mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }
}
`;

interface Claim {
  readonly holds: string;
  readonly why: string;
}

const plannedTest = (claims: readonly Claim[]) => `${answers}
run "plan" {
  command = plan
${claims.map(({ holds, why }) => `\n  assert {\n    condition     = ${holds}\n    error_message = ${JSON.stringify(why)}\n  }\n`).join('')}}
`;

const claims: Record<string, Claim[]> = {
  'branches and releases': [
    { holds: 'aws_codepipeline.prod.pipeline_type == "V2"', why: 'a pipeline of the first kind has no triggers' },
    { holds: 'aws_codepipeline.prod.execution_mode == "QUEUED"', why: 'releases wait for one another' },
    { holds: 'aws_codepipeline.staging.execution_mode == "SUPERSEDED"', why: 'a later commit comes first' },
    {
      holds: 'join(" ", aws_codepipeline.prod.stage[*].name) == "Source Image Approve-prod Deploy-prod"',
      why: 'a release is approved and builds nothing',
    },
    {
      holds:
        'tolist(aws_codepipeline.prod.trigger[0].git_configuration[0].push[0].tags[0].includes) == tolist(["v**"])',
      why: 'a tag starts the release',
    },
    {
      holds: 'length(aws_codepipeline.prod.trigger[0].git_configuration[0].pull_request) == 0',
      why: 'no pull request does',
    },
    {
      holds:
        'jsondecode(aws_codepipeline.feature.stage[2].action[0].configuration.EnvironmentVariables)[0].value == "#{Source.CommitId}"',
      why: 'the deploy is told the commit',
    },
    { holds: 'output.pipelines.prod == "notes-prod"', why: 'the output names the pipelines' },
    { holds: 'strcontains(output.connection_authorisation, "acme/notes")', why: 'the step of a person is said' },
    {
      holds: 'aws_s3_bucket.artifacts.bucket == "notes-artifacts-123456789012"',
      why: 'deploys read the bucket by this name',
    },
  ],
  CodeCommit: [
    { holds: 'length(aws_codepipeline.staging.trigger) == 0', why: 'there are no triggers at CodeCommit' },
    {
      holds:
        'jsondecode(aws_cloudwatch_event_target.staging.input_transformer[0].input_template).sourceRevisions[0].revisionValue == "<commit>"',
      why: 'the very commit is delivered',
    },
    { holds: 'aws_codecommit_repository.source.repository_name == "notes"', why: 'the repository is made' },
  ],
};

describe.skipIf(saySkipped('terraform validate and plan of pipelines', lackingForTerraform()))('pipelines', () => {
  const workspace = workspaces();

  test.each(cases)('are valid for the real provider: $name: $folder', async ({ folder, files }) => {
    const made = workspace(files, folder);
    await made.terraform('init', '-backend=false', '-input=false', '-no-color');
    expect(JSON.parse(await made.terraform('validate', '-json'))).toMatchObject({ valid: true, warning_count: 0 });
    expect(await made.terraform('fmt', '-check')).toBe('');
  });

  test.each(Object.keys(claims))(
    'are planned with a mock provider and never applied, for the emulator has no CodePipeline and no code connections: %s',
    async (name) => {
      const made = workspace(synth(apps[name] as App).files, 'shared');
      made.add('shared/pipelines.tftest.hcl', plannedTest(claims[name] ?? []));
      await made.terraform('init', '-input=false', '-no-color');
      expect(await made.terraform('test', '-no-color')).toContain('1 passed, 0 failed');
    },
  );
});
