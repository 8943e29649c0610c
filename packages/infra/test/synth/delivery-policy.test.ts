import { describe, expect, test } from 'vitest';
import { isExpression, type Value, type ValueObject } from '../../src/hcl/index.ts';
import { appWith, decoded, environmentStack, resourcesOf } from './apps.ts';
import { accountId, allows, type Asked, policyOf, resolve } from './policy.ts';

const delivery = { provider: 'codebuild', repository: 'https://github.com/acme/sso' } as const;
const app = appWith('fargate', { delivery, state: { bucket: 'sso-state' } });
const stack = environmentStack(app);
const policy = policyOf(stack, 'deliver');

const regional = (service: string, resource: string, region = 'eu-central-1') =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;
const role = (name: string) => `arn:aws:iam::${accountId}:role/${name}`;
const bucket = 'arn:aws:s3:::sso-state';
const toTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
const inCluster = { 'ecs:cluster': regional('ecs', 'cluster/sso-dev') };

type Case = [action: string, resource: string, context?: Asked['context']];

describe('the role of a delivery may', () => {
  const cases: Case[] = [
    ['logs:PutLogEvents', regional('logs', 'log-group:/sso/dev/deliver:log-stream:1')],
    ['ecr:GetAuthorizationToken', '*'],
    ['ecr:PutImage', regional('ecr', 'repository/sso/api')],
    ['ecr:BatchGetImage', regional('ecr', 'repository/sso/api')],
    ['ssm:GetParameter', regional('ssm', 'parameter/sso/dev/api/image')],
    ['ssm:PutParameter', regional('ssm', 'parameter/sso/dev/api/image')],
    ['s3:ListBucket', bucket, { 's3:prefix': 'sso/dev/terraform.tfstate' }],
    ['s3:GetObject', `${bucket}/sso/dev/terraform.tfstate`],
    ['s3:PutObject', `${bucket}/sso/dev/terraform.tfstate`],
    ['s3:PutObject', `${bucket}/sso/dev/terraform.tfstate.tflock`],
    ['s3:DeleteObject', `${bucket}/sso/dev/terraform.tfstate.tflock`],
    ['ec2:DescribeAvailabilityZones', '*'],
    ['secretsmanager:GetRandomPassword', '*'],
    ['ecs:RegisterTaskDefinition', regional('ecs', 'task-definition/sso-dev-api:7')],
    ['ecs:RegisterTaskDefinition', regional('ecs', 'task-definition/sso-dev-db-migrate:7')],
    ['ecs:TagResource', regional('ecs', 'task-definition/sso-dev-api:7')],
    ['ecs:DeregisterTaskDefinition', '*'],
    ['ecs:DescribeTaskDefinition', '*'],
    ['ecs:UpdateService', regional('ecs', 'service/sso-dev/api')],
    ['ecs:DescribeServices', regional('ecs', 'service/sso-dev/api')],
    ['ecs:DescribeServiceDeployments', regional('ecs', 'service-deployment/sso-dev/api/1')],
    ['iam:PassRole', role('sso-dev-api-execution'), toTasks],
    ['iam:PassRole', role('sso-dev-api-task'), toTasks],
    ['iam:PassRole', role('sso-dev-db-migrate-execution'), toTasks],
    ['iam:PassRole', role('sso-dev-db-migrate-task'), toTasks],
    ['ecs:RunTask', regional('ecs', 'task-definition/sso-dev-db-migrate:7'), inCluster],
    ['ecs:DescribeTasks', regional('ecs', 'task/sso-dev/1')],
    ['logs:FilterLogEvents', regional('logs', 'log-group:/sso/dev/db-migrate:log-stream:')],
  ];
  test.each(cases)('%s on %s', (action, resource, context = {}) => {
    expect(allows(policy, { action, resource, context })).toBe(true);
  });
});

describe('the role of a delivery may not', () => {
  const cases: Case[] = [
    // Another app, another repository, another environment, another region.
    ['ecr:PutImage', regional('ecr', 'repository/other/api')],
    ['ecr:PutImage', regional('ecr', 'repository/sso/api-2')],
    ['ecr:PutImage', regional('ecr', 'repository/sso/api', 'eu-west-1')],
    ['ecr:BatchDeleteImage', regional('ecr', 'repository/sso/api')],
    ['ecr:PutImageTagMutability', regional('ecr', 'repository/sso/api')],
    ['ssm:PutParameter', regional('ssm', 'parameter/sso/prod/api/image')],
    ['ssm:GetParameter', regional('ssm', 'parameter/sso/prod/api/image')],
    ['ssm:PutParameter', regional('ssm', 'parameter/sso/dev/api/other')],
    ['ssm:PutParameter', regional('ssm', 'parameter/sso/dev/other/image')],
    ['ssm:DeleteParameter', regional('ssm', 'parameter/sso/dev/api/image')],
    // The states of others, and the bucket itself.
    ['s3:GetObject', `${bucket}/sso/prod/terraform.tfstate`],
    ['s3:GetObject', `${bucket}/sso/shared/terraform.tfstate`],
    ['s3:PutObject', `${bucket}/sso/dev/terraform.tfstate.backup`],
    ['s3:GetObject', 'arn:aws:s3:::other-state/sso/dev/terraform.tfstate'],
    ['s3:DeleteObject', `${bucket}/sso/dev/terraform.tfstate`],
    ['s3:DeleteObjectVersion', `${bucket}/sso/dev/terraform.tfstate`],
    ['s3:ListBucket', bucket, { 's3:prefix': 'sso/prod/' }],
    ['s3:ListBucket', bucket],
    ['s3:ListAllMyBuckets', '*'],
    ['s3:PutBucketPolicy', bucket],
    // Other services and tasks.
    ['ecs:UpdateService', regional('ecs', 'service/sso-prod/api')],
    ['ecs:UpdateService', regional('ecs', 'service/sso-dev/other')],
    ['ecs:DeleteService', regional('ecs', 'service/sso-dev/api')],
    ['ecs:CreateService', regional('ecs', 'service/sso-dev/api')],
    ['ecs:RegisterTaskDefinition', regional('ecs', 'task-definition/sso-prod-api:7')],
    ['ecs:RegisterTaskDefinition', regional('ecs', 'task-definition/other:1')],
    ['ecs:RunTask', regional('ecs', 'task-definition/sso-dev-api:7'), inCluster],
    [
      'ecs:RunTask',
      regional('ecs', 'task-definition/sso-dev-db-migrate:7'),
      { 'ecs:cluster': regional('ecs', 'cluster/other') },
    ],
    ['ecs:RunTask', regional('ecs', 'task-definition/sso-prod-db-migrate:7'), inCluster],
    ['ecs:ExecuteCommand', regional('ecs', 'task/sso-dev/1')],
    ['ecs:StopTask', regional('ecs', 'task/sso-dev/1')],
    // More rights: for itself, or for a task.
    ['iam:PassRole', role('sso-prod-api-task'), toTasks],
    ['iam:PassRole', role('Administrator'), toTasks],
    ['iam:PassRole', role('sso-dev-deliver'), toTasks],
    ['iam:PassRole', role('sso-dev-api-task'), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ['iam:PassRole', role('sso-dev-api-task')],
    ['iam:CreateRole', role('sso-dev-api-task')],
    ['iam:PutRolePolicy', role('sso-dev-deliver')],
    ['iam:AttachRolePolicy', role('sso-dev-deliver')],
    ['iam:UpdateAssumeRolePolicy', role('sso-dev-deliver')],
    ['sts:AssumeRole', role('sso-dev-api-task')],
    ['codebuild:UpdateProject', regional('codebuild', 'project/sso-dev-deliver')],
    // Data and secrets.
    ['secretsmanager:GetSecretValue', regional('secretsmanager', 'secret:sso/dev/OIDC_CLIENT_SECRET-abcdef')],
    ['rds:ModifyDBCluster', regional('rds', 'cluster:sso-dev-db')],
    ['dynamodb:Scan', regional('dynamodb', 'table/shows-dev')],
    ['logs:FilterLogEvents', regional('logs', 'log-group:/sso/dev/api:log-stream:')],
    ['ec2:CreateSecurityGroup', '*'],
  ];
  test.each(cases)('%s on %s', (action, resource, context = {}) => {
    expect(allows(policy, { action, resource, context })).toBe(false);
  });
});

test('only CodeBuild takes the role, for this one project', () => {
  const { args } = resourcesOf(stack, 'aws_iam_role').find(({ name }) => name === 'deliver') ?? {};
  expect(resolve(stack, decoded(args?.assume_role_policy) as Value)).toMatchObject({
    Statement: [
      {
        Principal: { Service: 'codebuild.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: {
            'aws:SourceAccount': accountId,
            'aws:SourceArn': regional('codebuild', 'project/sso-dev-deliver'),
          },
        },
      },
    ],
  });
});

test('nothing in the policy is unknown while a task definition is replaced', () => {
  const text = JSON.stringify(resourcesOf(stack, 'aws_iam_role_policy').find(({ name }) => name === 'deliver'));
  expect(text).not.toMatch(/aws_ecs_(task_definition|service)\./);
});

test('every `*` has its reason, and no action is one', () => {
  const own = resourcesOf(stack, 'aws_iam_role_policy').find(({ name }) => name === 'deliver');
  const { Statement: statements } = decoded(own?.args.policy) as { Statement: ValueObject[] };
  expect(policy.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
  for (const { Resource: resource } of statements) {
    expect(resource).not.toBe('*');
    if (isExpression(resource) && resource.kind === 'explained')
      expect(resource.reason).toMatch(/AWS has no resource level/);
  }
});

describe('other apps', () => {
  const policyFor = (changes: Parameters<typeof appWith>[1], environment = 'dev') =>
    policyOf(
      environmentStack(appWith('fargate', { delivery, state: { bucket: 'sso-state' }, ...changes }), environment),
      'deliver',
    );

  test('without a database there is no task to run and no log to read', () => {
    const found = policyFor({ resources: {} }).flatMap(({ actions }) => actions);
    expect(found).not.toContain('ecs:RunTask');
    expect(found).not.toContain('logs:FilterLogEvents');
  });

  test('a lock table: the rows of this state, no others, and no lock file', () => {
    const locked = policyFor({ state: { bucket: 'sso-state', locking: 'dynamodb', region: 'eu-west-1' } });
    const table = regional('dynamodb', 'table/sso-state-locks', 'eu-west-1');
    const row = (key: string) => ({ 'dynamodb:LeadingKeys': `sso-state/sso/${key}/terraform.tfstate` });
    expect(allows(locked, { action: 'dynamodb:PutItem', resource: table, context: row('dev') })).toBe(true);
    expect(allows(locked, { action: 'dynamodb:PutItem', resource: table, context: row('prod') })).toBe(false);
    expect(allows(locked, { action: 'dynamodb:Scan', resource: table })).toBe(false);
    expect(allows(locked, { action: 's3:DeleteObject', resource: `${bucket}/sso/dev/terraform.tfstate.tflock` })).toBe(
      false,
    );
  });

  test('with a domain, the plan finds its zone', () => {
    const prod = policyFor({}, 'prod');
    expect(allows(prod, { action: 'route53:ListHostedZones', resource: '*' })).toBe(true);
    expect(
      allows(prod, { action: 'route53:ChangeResourceRecordSets', resource: 'arn:aws:route53:::hostedzone/Z1' }),
    ).toBe(false);
  });

  test('every environment’s role is small enough for AWS (10,240 characters)', () => {
    for (const environment of ['dev', 'prod'])
      expect(JSON.stringify(policyFor({}, environment)).length).toBeLessThan(10_240);
  });
});
