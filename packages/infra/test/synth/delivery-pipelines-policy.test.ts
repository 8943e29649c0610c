import { describe, expect, test } from 'vitest';
import { composeShared } from '../../src/compose.ts';
import { isExpression, type Value, type ValueObject } from '../../src/hcl/index.ts';
import { decoded, environmentStack, resourcesOf } from './apps.ts';
import { fromCodeCommit, pipelined } from './delivery-apps.ts';
import { accountId, allows, type Asked, policyOf, resolve } from './policy.ts';

const app = pipelined();
const shared = composeShared(app);
const staging = environmentStack(app, 'staging');
const committed = composeShared(pipelined(fromCodeCommit));

const regional = (service: string, resource: string, region = 'eu-central-1') =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;
const role = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
const artifacts = `arn:aws:s3:::notes-artifacts-${accountId}`;
const connection = regional('codeconnections', 'connection/notes');
const ours = { 'codeconnections:FullRepositoryId': 'acme/notes' };
const toTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
const inCluster = { 'ecs:cluster': regional('ecs', 'cluster/notes-staging') };
const project = (name: string) => regional('codebuild', `project/${name}`);
const repository = (name: string) => regional('ecr', `repository/${name}`);
const parameter = (name: string) => regional('ssm', `parameter/${name}`);

type Case = [action: string, resource: string, context?: Asked['context']];
interface Rights {
  readonly of: string;
  readonly policy: ReturnType<typeof policyOf>;
  readonly may: readonly Case[];
  readonly mayNot: readonly Case[];
}

const everyone: readonly Case[] = [
  ['iam:CreateRole', role('notes-build')],
  ['iam:PutRolePolicy', role('notes-build')],
  ['iam:AttachRolePolicy', role('notes-staging-deliver')],
  ['iam:PassRole', role('Administrator'), toTasks],
  ['sts:AssumeRole', role('notes-prod-deliver')],
  ['codebuild:UpdateProject', project('notes-build')],
  ['codepipeline:PutApprovalResult', regional('codepipeline', 'notes-prod/Approve-prod/Approve-prod')],
  ['codepipeline:UpdatePipeline', regional('codepipeline', 'notes-prod')],
  ['secretsmanager:GetSecretValue', regional('secretsmanager', 'secret:notes/prod/OIDC_CLIENT_SECRET-abcdef')],
  ['s3:GetObject', 'arn:aws:s3:::other/x'],
  ['s3:ListBucket', artifacts],
  ['s3:DeleteObject', `${artifacts}/notes-prod/Source/1`],
  ['s3:PutBucketPolicy', artifacts],
];

const rights: readonly Rights[] = [
  {
    of: 'the build: it pushes images, and knows no environment',
    policy: policyOf(shared, 'build'),
    may: [
      ['logs:PutLogEvents', regional('logs', 'log-group:/notes/shared/build:log-stream:1')],
      ['s3:GetObject', `${artifacts}/notes-staging/Source/1`],
      ['ecr:GetAuthorizationToken', '*'],
      ['ecr:BatchGetImage', repository('notes/api')],
      ['ecr:PutImage', repository('notes/api')],
    ],
    mayNot: [
      ...everyone,
      ['s3:PutObject', `${artifacts}/notes-staging/Source/1`],
      ['ecr:PutImage', repository('other/api')],
      ['ecr:BatchDeleteImage', repository('notes/api')],
      ['ecr:PutImageTagMutability', repository('notes/api')],
      ['ssm:PutParameter', parameter('notes/feature/api/image')],
      ['ssm:GetParameter', parameter('notes/prod/api/image')],
      ['s3:GetObject', 'arn:aws:s3:::notes-state/notes/prod/terraform.tfstate'],
      ['ecs:UpdateService', regional('ecs', 'service/notes-feature/api')],
      ['ecs:RegisterTaskDefinition', regional('ecs', 'task-definition/notes-feature-api:1')],
      ['codebuild:StartBuild', project('notes-prod-deliver')],
      ['codeconnections:UseConnection', connection, ours],
    ],
  },
  {
    of: 'the pipeline of staging: it fetches, and starts its own two projects',
    policy: policyOf(shared, 'staging_pipeline'),
    may: [
      ['codeconnections:UseConnection', connection, ours],
      ['s3:GetBucketVersioning', artifacts],
      ['s3:PutObject', `${artifacts}/notes-staging/Source/1`],
      ['s3:GetObject', `${artifacts}/notes-staging/Source/1`],
      ['codebuild:StartBuild', project('notes-build')],
      ['codebuild:StartBuild', project('notes-staging-deliver')],
      ['codebuild:BatchGetBuilds', project('notes-staging-deliver')],
    ],
    mayNot: [
      ...everyone,
      ['codebuild:StartBuild', project('notes-prod-deliver')],
      ['codebuild:StartBuild', project('notes-development-deliver')],
      ['codebuild:StartBuild', project('other-deliver')],
      ['codeconnections:UseConnection', connection, { 'codeconnections:FullRepositoryId': 'acme/other' }],
      ['codeconnections:UseConnection', regional('codeconnections', 'connection/other'), ours],
      ['codeconnections:PassConnection', connection],
      ['codeconnections:DeleteConnection', connection],
      ['ecr:PutImage', repository('notes/api')],
      ['ssm:PutParameter', parameter('notes/staging/api/image')],
      ['ecs:UpdateService', regional('ecs', 'service/notes-staging/api')],
    ],
  },
  {
    of: 'the release: it starts the deploy of prod and no other',
    policy: policyOf(shared, 'prod_pipeline'),
    may: [
      ['codebuild:StartBuild', project('notes-build')],
      ['codebuild:StartBuild', project('notes-prod-deliver')],
    ],
    mayNot: [...everyone, ['codebuild:StartBuild', project('notes-staging-deliver')]],
  },
  {
    of: 'the deploy to staging: it finds and tags images, and changes what runs there',
    policy: policyOf(staging, 'deliver'),
    may: [
      ['logs:PutLogEvents', regional('logs', 'log-group:/notes/staging/deliver:log-stream:1')],
      ['s3:GetObject', `${artifacts}/notes-staging/Source/1`],
      ['ecr:BatchGetImage', repository('notes/api')],
      ['ecr:PutImage', repository('notes/api')],
      ['ssm:GetParameter', parameter('notes/staging/api/image')],
      ['ssm:PutParameter', parameter('notes/staging/api/image')],
      ['s3:PutObject', 'arn:aws:s3:::notes-state/notes/staging/terraform.tfstate'],
      ['s3:DeleteObject', 'arn:aws:s3:::notes-state/notes/staging/terraform.tfstate.tflock'],
      ['ecs:RegisterTaskDefinition', regional('ecs', 'task-definition/notes-staging-api:7')],
      ['ecs:UpdateService', regional('ecs', 'service/notes-staging/api')],
      ['iam:PassRole', role('notes-staging-api-task'), toTasks],
      ['ecs:RunTask', regional('ecs', 'task-definition/notes-staging-db-migrate:7'), inCluster],
    ],
    mayNot: [
      ...everyone,
      ['ecr:GetAuthorizationToken', '*'],
      ['ecr:InitiateLayerUpload', repository('notes/api')],
      ['ecr:UploadLayerPart', repository('notes/api')],
      ['ecr:BatchDeleteImage', repository('notes/api')],
      ['ecr:BatchGetImage', repository('other/api')],
      ['ecr:PutImage', repository('other/api')],
      ['s3:PutObject', `${artifacts}/notes-staging/Source/1`],
      ['ssm:PutParameter', parameter('notes/prod/api/image')],
      ['ssm:GetParameter', parameter('notes/development/api/image')],
      ['s3:GetObject', 'arn:aws:s3:::notes-state/notes/prod/terraform.tfstate'],
      ['s3:GetObject', 'arn:aws:s3:::notes-state/notes/shared/terraform.tfstate'],
      ['ecs:UpdateService', regional('ecs', 'service/notes-prod/api')],
      ['iam:PassRole', role('notes-prod-api-task'), toTasks],
      ['codebuild:StartBuild', project('notes-prod-deliver')],
      ['codeconnections:UseConnection', connection, ours],
    ],
  },
  {
    of: 'the pipeline of staging at CodeCommit: it reads that one repository',
    policy: policyOf(committed, 'staging_pipeline'),
    may: [
      ['codecommit:GetBranch', regional('codecommit', 'notes')],
      ['codecommit:UploadArchive', regional('codecommit', 'notes')],
    ],
    mayNot: [
      ...everyone,
      ['codecommit:GitPush', regional('codecommit', 'notes')],
      ['codecommit:GetBranch', regional('codecommit', 'other')],
      ['codecommit:PutFile', regional('codecommit', 'notes')],
    ],
  },
  {
    of: 'the event of a push to staging: it starts that pipeline',
    policy: policyOf(committed, 'staging_push'),
    may: [['codepipeline:StartPipelineExecution', regional('codepipeline', 'notes-staging')]],
    mayNot: [...everyone, ['codepipeline:StartPipelineExecution', regional('codepipeline', 'notes-prod')]],
  },
];

describe.each(rights)('$of', ({ policy, may, mayNot }) => {
  test.each(may)('may %s on %s', (action, resource, context = {}) => {
    expect(allows(policy, { action, resource, context })).toBe(true);
  });

  test.each(mayNot)('may not %s on %s', (action, resource, context = {}) => {
    expect(allows(policy, { action, resource, context })).toBe(false);
  });
});

test.each([
  [shared, 'build', 'codebuild.amazonaws.com', project('notes-build')],
  [shared, 'prod_pipeline', 'codepipeline.amazonaws.com', regional('codepipeline', 'notes-prod')],
  [staging, 'deliver', 'codebuild.amazonaws.com', project('notes-staging-deliver')],
  [committed, 'prod_push', 'events.amazonaws.com', regional('events', 'rule/notes-prod-push')],
])('only one thing takes the role %#: %s', (stack, id, service, source) => {
  const found = resourcesOf(stack, 'aws_iam_role').find(({ name }) => name === id);
  expect(resolve(stack, decoded(found?.args['assume_role_policy']) as Value)).toMatchObject({
    Statement: [
      {
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': accountId, 'aws:SourceArn': source } },
      },
    ],
  });
});

test('every `*` has its reason, and no action is one', () => {
  for (const { args } of [shared, committed].flatMap((stack) => resourcesOf(stack, 'aws_iam_role_policy'))) {
    const { Statement: statements } = decoded(args['policy']) as { Statement: ValueObject[] };
    for (const { Action: actions, Resource: resource } of statements) {
      expect([actions].flat().filter((action) => String(action).includes('*'))).toEqual([]);
      expect(resource).not.toBe('*');
      if (isExpression(resource) && resource.kind === 'explained')
        expect(resource.reason).toMatch(/AWS has no resource level/);
    }
  }
});
