import { describe, expect, test } from 'vitest';
import { composeShared } from '../../src/compose.ts';
import { synth } from '../../src/index.ts';
import { environmentStack } from './apps.ts';
import { delivered, everyDelivered, onFargate, onLambda } from './github-apps.ts';
import { mayDo, policyIn, type Rights, rightsOf } from './github-evaluate.ts';
import { accountId, type Asked } from './policy.ts';

type Case = [action: string, resource: string, context?: Asked['context']];

const arnIn = (region: string) => (service: string, resource: string) =>
  `arn:aws:${service}:${region}:${accountId}:${resource}`;
const arn = arnIn('eu-central-1');
const virginia = arnIn('us-east-1');
const iam = (resource: string) => `arn:aws:iam::${accountId}:${resource}`;
const bucket = 'arn:aws:s3:::sso-terraform-state';
const toTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
const inCluster = { 'ecs:cluster': arn('ecs', 'cluster/sso-dev') };

const shared = composeShared(onFargate);
const boundary = policyIn(shared, 'dev_boundary', 'aws_iam_policy');
const boundaryArn = iam('policy/sso-dev-github-actions-boundary');
const inside = { 'iam:PermissionsBoundary': boundaryArn };

const build: Rights = { policy: policyIn(shared, 'github_actions_build') };
const plan: Rights = { policy: policyIn(shared, 'github_actions_plan') };
const terraform = rightsOf(shared, 'dev_github_actions_terraform');
const deploy = rightsOf(environmentStack(onFargate), 'github_actions_deploy', shared);
const deployFunction = rightsOf(environmentStack(onLambda), 'github_actions_deploy', composeShared(onLambda));
/** A role that the environment's Terraform makes, and gives everything. */
const anything: Rights['policy'] = [{ Effect: 'Allow', Action: '*', Resource: '*' }];

function suite(rights: Rights, allowed: Case[], denied: Case[]): void {
  test.each(allowed)('may: %s on %s', (action, resource, context = {}) => {
    expect(mayDo(rights, { action, resource, context })).toBe(true);
  });
  test.each(denied)('may not: %s on %s', (action, resource, context = {}) => {
    expect(mayDo(rights, { action, resource, context })).toBe(false);
  });
}

/** What none of the roles may do. */
const never: Case[] = [
  ['secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:sso/dev/OIDC_CLIENT_SECRET-abcdef')],
  ['secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:sso/prod/OIDC_CLIENT_SECRET-abcdef')],
  ['secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:rds!cluster-1-abcdef')],
  ['secretsmanager:BatchGetSecretValue', '*'],
  ['kms:Decrypt', arn('kms', 'key/1')],
  ['rds-db:connect', arn('rds-db', 'dbuser:cluster-1/app')],
  ['rds-data:ExecuteStatement', arn('rds', 'cluster:sso-dev-db')],
  ['ecs:ExecuteCommand', arn('ecs', 'task/sso-dev/1')],
  ['ssm:GetParametersByPath', arn('ssm', 'parameter/')],
  ['ssm:GetParameter', arn('ssm', 'parameter/other/dev/api/image')],
  ['sts:AssumeRole', iam('role/sso-dev-api-task')],
  ['sts:AssumeRole', iam('role/Administrator')],
  ['iam:CreateUser', iam('user/mallory')],
  ['iam:CreateAccessKey', iam('user/mallory')],
  ['iam:CreatePolicyVersion', boundaryArn],
  ['iam:CreatePolicyVersion', iam('policy/sso-prod-github-actions-boundary')],
  ['iam:SetDefaultPolicyVersion', boundaryArn],
  ['iam:DeletePolicy', boundaryArn],
  ['iam:CreatePolicy', iam('policy/sso-dev-mine')],
  ['iam:DeleteRolePermissionsBoundary', iam('role/sso-dev-api-task'), inside],
  ['iam:UpdateOpenIDConnectProviderThumbprint', iam('oidc-provider/token.actions.githubusercontent.com')],
  ['iam:AddClientIDToOpenIDConnectProvider', iam('oidc-provider/token.actions.githubusercontent.com')],
  ['iam:CreateOpenIDConnectProvider', iam('oidc-provider/evil.example.com')],
  ['iam:UpdateAssumeRolePolicy', iam('role/sso-github-actions-build-role')],
  ['iam:UpdateAssumeRolePolicy', iam('role/sso-github-actions-plan-role')],
  ['iam:UpdateAssumeRolePolicy', iam('role/sso-dev-github-actions-terraform-role')],
  ['iam:UpdateAssumeRolePolicy', iam('role/sso-prod-github-actions-terraform-role')],
  ['iam:UpdateAssumeRolePolicy', iam('role/sso-prod-github-actions-deploy-role')],
  ['s3:PutBucketPolicy', bucket],
  ['s3:DeleteBucketPolicy', bucket],
  ['s3:DeleteBucket', bucket],
  ['s3:PutBucketVersioning', bucket],
  ['s3:DeleteObject', `${bucket}/sso/dev/terraform.tfstate`],
  ['s3:DeleteObjectVersion', `${bucket}/sso/dev/terraform.tfstate`],
  ['s3:PutObject', `${bucket}/sso/prod/terraform.tfstate`],
  ['s3:PutObject', `${bucket}/sso/shared/terraform.tfstate`],
  ['s3:PutObject', `${bucket}/sso/prod/terraform.tfstate.tflock`],
  ['s3:GetObject', `${bucket}/other/dev/terraform.tfstate`],
  ['s3:GetObject', 'arn:aws:s3:::other/sso/dev/terraform.tfstate'],
  ['s3:ListAllMyBuckets', '*'],
  ['ecr:PutImage', arn('ecr', 'repository/other/api')],
  ['ecr:DeleteRepository', arn('ecr', 'repository/sso/api')],
  ['ecr:BatchDeleteImage', arn('ecr', 'repository/sso/api')],
  ['ecr:SetRepositoryPolicy', arn('ecr', 'repository/sso/api')],
  ['ecr:PutImageTagMutability', arn('ecr', 'repository/sso/api')],
  ['ecs:UpdateService', arn('ecs', 'service/sso-prod/api')],
  ['ecs:UpdateService', arn('ecs', 'service/other/api')],
  ['rds:DeleteDBCluster', arn('rds', 'cluster:sso-prod-db')],
  ['ec2:RunInstances', '*'],
  ['lambda:CreateFunction', arn('lambda', 'function:sso-dev-mine')],
  ['cloudtrail:StopLogging', '*'],
  ['organizations:LeaveOrganization', '*'],
];

describe('the build role', () => {
  const repository = arn('ecr', 'repository/sso/api');
  suite(
    build,
    [
      ['ecr:GetAuthorizationToken', '*'],
      ['ecr:InitiateLayerUpload', repository],
      ['ecr:UploadLayerPart', repository],
      ['ecr:CompleteLayerUpload', repository],
      ['ecr:PutImage', repository],
      ['ecr:BatchGetImage', repository],
      ['ecr:BatchCheckLayerAvailability', repository],
    ],
    [
      ...never,
      ['ecr:PutImage', arn('ecr', 'repository/sso/api-2')],
      ['ecr:PutImage', virginia('ecr', 'repository/sso/api')],
      ['ssm:GetParameter', arn('ssm', 'parameter/sso/dev/api/image')],
      ['ssm:PutParameter', arn('ssm', 'parameter/sso/dev/api/image')],
      ['s3:GetObject', `${bucket}/sso/dev/terraform.tfstate`],
      ['ecs:RegisterTaskDefinition', arn('ecs', 'task-definition/sso-dev-api:7')],
      ['iam:PassRole', iam('role/sso-dev-api-task'), toTasks],
    ],
  );
});

describe('the plan role', () => {
  suite(
    plan,
    [
      ['s3:ListBucket', bucket, { 's3:prefix': 'sso/dev/terraform.tfstate' }],
      ['s3:GetObject', `${bucket}/sso/dev/terraform.tfstate`],
      ['s3:GetObject', `${bucket}/sso/prod/terraform.tfstate`],
      ['ssm:GetParameter', arn('ssm', 'parameter/sso/dev/api/image')],
      ['ec2:DescribeVpcs', '*'],
      ['ecs:DescribeServices', arn('ecs', 'service/sso-prod/api')],
      ['iam:GetRole', iam('role/sso-dev-api-task')],
      ['iam:GetRole', iam('role/sso-dev-github-actions-terraform-role')],
      ['secretsmanager:DescribeSecret', arn('secretsmanager', 'secret:sso/dev/OIDC_CLIENT_SECRET-abcdef')],
      ['secretsmanager:ListSecretVersionIds', arn('secretsmanager', 'secret:sso/dev/OIDC_CLIENT_SECRET-abcdef')],
    ],
    [
      ...never,
      ['s3:PutObject', `${bucket}/sso/dev/terraform.tfstate`],
      ['s3:PutObject', `${bucket}/sso/dev/terraform.tfstate.tflock`],
      ['s3:GetObject', 'arn:aws:s3:::sso-dev-load-balancer-logs-123456789012/AWSLogs/log.gz'],
      ['ssm:PutParameter', arn('ssm', 'parameter/sso/dev/api/image')],
      ['ecs:RegisterTaskDefinition', arn('ecs', 'task-definition/sso-dev-api:7')],
      ['ecs:UpdateService', arn('ecs', 'service/sso-dev/api')],
      ['iam:PassRole', iam('role/sso-dev-api-task'), toTasks],
      ['iam:PutRolePolicy', iam('role/sso-dev-api-task'), inside],
      ['logs:GetLogEvents', arn('logs', 'log-group:/sso/dev/api:log-stream:1')],
      ['logs:FilterLogEvents', arn('logs', 'log-group:/sso/dev/api:log-stream:')],
      ['ec2:CreateTags', '*'],
    ],
  );

  test.each([
    ['plan', undefined],
    ['deploy', 'dev'],
  ])(
    'the %s role: looks at no user pool but the app’s, and at no parameter but which image runs',
    (role, environment) => {
      const app = everyDelivered['an HTTP API with tokens and tables'] ?? onFargate;
      const stack = environment === undefined ? composeShared(app) : environmentStack(app, environment);
      const rights = rightsOf(stack, `github_actions_${role}`, composeShared(app));
      const may = (action: string, resource: string, context: Asked['context'] = {}) =>
        mayDo(rights, { action, resource: arnIn(app.region)(action.split(':')[0] ?? '', resource), context });
      const look = 'cognito-idp:DescribeUserPoolClient';
      expect(may(look, 'userpool/1', { 'aws:ResourceTag/Project': app.name })).toBe(true);
      expect(may(look, 'userpool/2', { 'aws:ResourceTag/Project': 'website' })).toBe(false);
      expect(may(look, 'userpool/3')).toBe(false);
      expect(may('ssm:GetParameter', `parameter/${app.name}/dev/api/image`)).toBe(true);
      expect(may('ssm:GetParameter', `parameter/${app.name}/dev/password`)).toBe(false);
    },
  );

  test('what it is said to read is true where a state holds client secrets', () => {
    const said = (app: typeof onFargate) =>
      synth(app)
        .files.get('shared/github-actions.tf')
        ?.replaceAll(/\n *# /g, ' ');
    const tokens = everyDelivered['an HTTP API with tokens and tables'] ?? onFargate;
    expect(said(tokens)).toContain('the client secrets of Cognito are in there');
    expect(said(onFargate)).not.toContain('Cognito');
    expect(said(onFargate)).toContain('all that the states of all environments hold');
  });

  test.each(Object.entries(everyDelivered))('%s: its actions only read', (_label, app) => {
    const actions = policyIn(composeShared(app), 'github_actions_plan').flatMap(({ Action }) => Action);
    const data = /:(GetSecretValue|GetItem|Query|Scan|GetLogEvents|GetRecords|Decrypt|BatchGet\w+)$/;
    expect(actions.filter((action) => !/:(Describe|Get|List)\w*\*?$|^apigateway:GET$/.test(action))).toEqual([]);
    expect(actions.filter((action) => data.test(action))).toEqual([]);
  });
});

describe('the deploy role of dev', () => {
  suite(
    deploy,
    [
      ['ecr:GetAuthorizationToken', '*'],
      ['ecr:BatchCheckLayerAvailability', arn('ecr', 'repository/sso/api')],
      ['ecr:BatchGetImage', arn('ecr', 'repository/sso/api')],
      ['ecr:InitiateLayerUpload', arn('ecr', 'repository/sso/api')],
      ['ecr:UploadLayerPart', arn('ecr', 'repository/sso/api')],
      ['ecr:CompleteLayerUpload', arn('ecr', 'repository/sso/api')],
      ['ecr:PutImage', arn('ecr', 'repository/sso/api')],
      ['ssm:GetParameter', arn('ssm', 'parameter/sso/dev/api/image')],
      ['ssm:PutParameter', arn('ssm', 'parameter/sso/dev/api/image')],
      ['s3:ListBucket', bucket, { 's3:prefix': 'sso/dev/terraform.tfstate' }],
      ['s3:GetObject', `${bucket}/sso/dev/terraform.tfstate`],
      ['s3:PutObject', `${bucket}/sso/dev/terraform.tfstate`],
      ['s3:PutObject', `${bucket}/sso/dev/terraform.tfstate.tflock`],
      ['s3:DeleteObject', `${bucket}/sso/dev/terraform.tfstate.tflock`],
      ['ecs:RegisterTaskDefinition', arn('ecs', 'task-definition/sso-dev-api:7')],
      ['ecs:RegisterTaskDefinition', arn('ecs', 'task-definition/sso-dev-db-migrate:7')],
      ['ecs:TagResource', arn('ecs', 'task-definition/sso-dev-api:7')],
      ['ecs:DeregisterTaskDefinition', '*'],
      ['ecs:UpdateService', arn('ecs', 'service/sso-dev/api')],
      ['ecs:DescribeServices', arn('ecs', 'service/sso-dev/api')],
      ['ecs:DescribeServiceDeployments', arn('ecs', 'service-deployment/sso-dev/api/1')],
      ['ecs:RunTask', arn('ecs', 'task-definition/sso-dev-db-migrate:7'), inCluster],
      ['ecs:DescribeTasks', arn('ecs', 'task/sso-dev/1')],
      ['logs:FilterLogEvents', arn('logs', 'log-group:/sso/dev/db-migrate:log-stream:')],
      ['iam:PassRole', iam('role/sso-dev-api-execution'), toTasks],
      ['iam:PassRole', iam('role/sso-dev-api-task'), toTasks],
      ['iam:PassRole', iam('role/sso-dev-db-migrate-task'), toTasks],
      ['ec2:DescribeAvailabilityZones', '*'],
      ['secretsmanager:DescribeSecret', arn('secretsmanager', 'secret:sso/dev/OIDC_CLIENT_SECRET-abcdef')],
      ['rds:DescribeDBClusters', '*'],
    ],
    [
      ...never,
      ['ecr:PutImage', arn('ecr', 'repository/sso/api-2')],
      ['ecr:UploadLayerPart', arn('ecr', 'repository/other/api')],
      ['ssm:PutParameter', arn('ssm', 'parameter/sso/prod/api/image')],
      ['ssm:GetParameter', arn('ssm', 'parameter/sso/prod/api/image')],
      ['ssm:PutParameter', arn('ssm', 'parameter/sso/dev/other/image')],
      ['ssm:DeleteParameter', arn('ssm', 'parameter/sso/dev/api/image')],
      ['s3:GetObject', `${bucket}/sso/prod/terraform.tfstate`],
      ['s3:GetObject', `${bucket}/sso/shared/terraform.tfstate`],
      ['s3:ListBucket', bucket, { 's3:prefix': 'sso/prod/' }],
      ['s3:ListBucket', bucket],
      ['ecs:UpdateService', arn('ecs', 'service/sso-dev/other')],
      ['ecs:CreateService', arn('ecs', 'service/sso-dev/api')],
      ['ecs:DeleteService', arn('ecs', 'service/sso-dev/api')],
      ['ecs:DeleteCluster', arn('ecs', 'cluster/sso-dev')],
      ['ecs:RegisterTaskDefinition', arn('ecs', 'task-definition/sso-prod-api:7')],
      ['ecs:RegisterTaskDefinition', arn('ecs', 'task-definition/sso-dev-other:7')],
      ['ecs:RunTask', arn('ecs', 'task-definition/sso-dev-api:7'), inCluster],
      ['ecs:RunTask', arn('ecs', 'task-definition/sso-dev-db-migrate:7'), { 'ecs:cluster': arn('ecs', 'cluster/x') }],
      ['ecs:StopTask', arn('ecs', 'task/sso-dev/1')],
      ['iam:PassRole', iam('role/sso-prod-api-task'), toTasks],
      ['iam:PassRole', iam('role/sso-dev-flow-logs'), toTasks],
      ['iam:PassRole', iam('role/sso-dev-github-actions-deploy-role'), toTasks],
      ['iam:PassRole', iam('role/sso-dev-github-actions-terraform-role'), toTasks],
      ['iam:PassRole', iam('role/Administrator'), toTasks],
      ['iam:PassRole', iam('role/sso-dev-api-task'), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
      ['iam:PassRole', iam('role/sso-dev-api-task')],
      ['iam:CreateRole', iam('role/sso-dev-mine'), inside],
      ['iam:PutRolePolicy', iam('role/sso-dev-api-task'), inside],
      ['iam:AttachRolePolicy', iam('role/sso-dev-github-actions-deploy-role'), inside],
      ['iam:UpdateAssumeRolePolicy', iam('role/sso-dev-github-actions-deploy-role')],
      ['rds:ModifyDBCluster', arn('rds', 'cluster:sso-dev-db')],
      ['rds:DeleteDBCluster', arn('rds', 'cluster:sso-dev-db')],
      ['secretsmanager:PutSecretValue', arn('secretsmanager', 'secret:sso/dev/OIDC_CLIENT_SECRET-abcdef')],
      ['logs:FilterLogEvents', arn('logs', 'log-group:/sso/dev/api:log-stream:')],
      ['logs:DeleteLogGroup', arn('logs', 'log-group:/sso/dev/api')],
      ['ec2:CreateSecurityGroup', '*'],
      ['elasticloadbalancing:ModifyListener', arn('elasticloadbalancing', 'listener/app/sso-dev/1/2')],
    ],
  );

  test('nothing in it makes or removes anything but images, a lock and revisions of tasks', () => {
    const actions = [...new Set(deploy.policy.flatMap(({ Action }) => Action))];
    const changes = actions.filter((action) => !/:(Describe|Get|List|BatchCheck|BatchGet|Filter)\w*\*?$/.test(action));
    expect(changes.sort()).toEqual([
      'ecr:CompleteLayerUpload',
      'ecr:InitiateLayerUpload',
      'ecr:PutImage',
      'ecr:UploadLayerPart',
      'ecs:DeregisterTaskDefinition',
      'ecs:RegisterTaskDefinition',
      'ecs:RunTask',
      'ecs:TagResource',
      'ecs:UpdateService',
      'iam:PassRole',
      's3:DeleteObject',
      's3:PutObject',
      'ssm:PutParameter',
    ]);
  });

  test('with a lock table, it locks its own state alone', () => {
    const app = delivered(onFargate, { state: { bucket: 'sso-terraform-state', locking: 'dynamodb' } });
    const rights = {
      policy: policyIn(environmentStack(app), 'github_actions_deploy'),
      boundary: policyIn(composeShared(app), 'dev_boundary', 'aws_iam_policy'),
    };
    const resource = arn('dynamodb', 'table/sso-terraform-state-locks');
    const row = (key: string) => ({ 'dynamodb:LeadingKeys': `sso-terraform-state/sso/${key}/terraform.tfstate` });
    expect(mayDo(rights, { action: 'dynamodb:PutItem', resource, context: row('dev') })).toBe(true);
    expect(mayDo(rights, { action: 'dynamodb:PutItem', resource, context: row('prod') })).toBe(false);
    expect(mayDo(rights, { action: 'dynamodb:Scan', resource })).toBe(false);
    const planning = { policy: policyIn(composeShared(app), 'github_actions_plan') };
    const digest = { 'dynamodb:LeadingKeys': 'sso-terraform-state/sso/prod/terraform.tfstate-md5' };
    expect(mayDo(planning, { action: 'dynamodb:GetItem', resource, context: digest })).toBe(true);
    expect(mayDo(planning, { action: 'dynamodb:PutItem', resource, context: digest })).toBe(false);
  });
});

describe('the deploy role of a function', () => {
  suite(
    deployFunction,
    [
      ['lambda:UpdateFunctionCode', virginia('lambda', 'function:quick-dev-api')],
      ['ecr:BatchGetImage', virginia('ecr', 'repository/quick/api')],
      ['ecr:GetDownloadUrlForLayer', virginia('ecr', 'repository/quick/api')],
      ['lambda:GetFunction', virginia('lambda', 'function:quick-dev-api')],
      ['lambda:GetFunctionConfiguration', virginia('lambda', 'function:quick-dev-api')],
      ['ssm:PutParameter', virginia('ssm', 'parameter/quick/dev/api/image')],
      ['secretsmanager:DescribeSecret', virginia('secretsmanager', 'secret:my-app/sso-secrets-abcdef')],
    ],
    [
      ...never,
      ['lambda:UpdateFunctionCode', virginia('lambda', 'function:quick-prod-api')],
      ['lambda:UpdateFunctionCode', virginia('lambda', 'function:other')],
      ['ecr:GetDownloadUrlForLayer', virginia('ecr', 'repository/other/api')],
      ['ecr:SetRepositoryPolicy', virginia('ecr', 'repository/quick/api')],
      ['lambda:UpdateFunctionConfiguration', virginia('lambda', 'function:quick-dev-api')],
      ['lambda:InvokeFunction', virginia('lambda', 'function:quick-dev-api')],
      ['lambda:AddPermission', virginia('lambda', 'function:quick-dev-api')],
      ['lambda:DeleteFunction', virginia('lambda', 'function:quick-dev-api')],
      ['secretsmanager:GetSecretValue', virginia('secretsmanager', 'secret:my-app/sso-secrets-abcdef')],
      ['dynamodb:GetItem', virginia('dynamodb', 'table/quick-dev-login-sessions')],
      ['ecs:UpdateService', virginia('ecs', 'service/quick-dev/api')],
      ['iam:PassRole', iam('role/quick-dev-api-execution'), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ],
  );
});

describe('the Terraform role of dev', () => {
  const other = { 'iam:PermissionsBoundary': iam('policy/sso-prod-github-actions-boundary') };
  const throughSecrets = { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com' };
  const recordNames = (...names: string[]) => ({
    'route53:ChangeResourceRecordSetsNormalizedRecordNames': names.join(','),
  });
  const ofProd = { 'aws:ResourceTag/Project': 'sso', 'aws:ResourceTag/Environment': 'prod' };
  const ofDev = { 'aws:ResourceTag/Project': 'sso', 'aws:ResourceTag/Environment': 'dev' };
  const ofOthers = { 'aws:ResourceTag/Project': 'website' };
  suite(
    terraform,
    [
      ['iam:CreateRole', iam('role/sso-dev-api-task'), inside],
      ['iam:PutRolePolicy', iam('role/sso-dev-api-task'), inside],
      ['iam:DeleteRole', iam('role/sso-dev-api-task'), ofDev],
      ['iam:TagRole', iam('role/sso-dev-api-task')],
      ['iam:PutRolePermissionsBoundary', iam('role/sso-dev-api-task'), { ...inside, ...ofDev }],
      ['iam:UpdateAssumeRolePolicy', iam('role/sso-dev-github-actions-deploy-role')],
      ['iam:PassRole', iam('role/sso-dev-api-task'), toTasks],
      ['iam:CreateServiceLinkedRole', iam('role/aws-service-role/x'), { 'iam:AWSServiceName': 'ecs.amazonaws.com' }],
      ['s3:PutObject', `${bucket}/sso/dev/terraform.tfstate`],
      ['s3:CreateBucket', 'arn:aws:s3:::sso-dev-load-balancer-logs-123456789012'],
      ['ec2:CreateVpc', '*'],
      ['ec2:DeleteVpc', arn('ec2', 'vpc/vpc-1'), ofDev],
      ['ec2:CreateTags', arn('ec2', 'vpc/vpc-1'), { 'ec2:CreateAction': 'CreateVpc' }],
      // The default one of its network has no tags yet.
      ['ec2:CreateTags', arn('ec2', 'security-group/sg-1')],
      ['ec2:AuthorizeSecurityGroupIngress', arn('ec2', 'security-group/sg-1'), ofDev],
      ['ecs:CreateCluster', '*'],
      ['ecs:CreateService', arn('ecs', 'service/sso-dev/api')],
      ['ecs:DeleteService', arn('ecs', 'service/sso-dev/api')],
      ['rds:CreateDBCluster', arn('rds', 'cluster:sso-dev-db')],
      ['rds:CreateDBCluster', arn('rds', 'og:default:aurora-postgresql-17')],
      ['rds:CreateDBInstance', arn('rds', 'db:sso-dev-db-1')],
      ['rds:CreateDBInstance', arn('rds', 'pg:default.aurora-postgresql17')],
      ['rds:DeleteDBCluster', arn('rds', 'cluster:sso-dev-db')],
      ['secretsmanager:PutSecretValue', arn('secretsmanager', 'secret:sso/dev/OIDC_CLIENT_SECRET-abcdef')],
      ['elasticloadbalancing:CreateLoadBalancer', arn('elasticloadbalancing', 'loadbalancer/app/sso-dev/1')],
      ['logs:CreateLogGroup', arn('logs', 'log-group:/sso/dev/api')],
      ['ssm:GetParameter', arn('ssm', 'parameter/sso/dev/api/image')],
    ],
    [
      ...never,
      // A role without the boundary, or with one that is wider.
      ['iam:CreateRole', iam('role/sso-dev-mine')],
      ['iam:CreateRole', iam('role/sso-dev-mine'), other],
      ['iam:CreateRole', iam('role/sso-dev-mine'), { 'iam:PermissionsBoundary': iam('policy/wide') }],
      ['iam:PutRolePolicy', iam('role/sso-dev-mine')],
      ['iam:AttachRolePolicy', iam('role/sso-dev-mine'), other],
      ['iam:PutRolePermissionsBoundary', iam('role/sso-dev-mine'), other],
      ['iam:CreateRole', iam('role/mine'), inside],
      ['iam:CreateRole', iam('role/sso-prod-mine'), inside],
      // Itself, and whoever is trusted.
      ['iam:PutRolePolicy', iam('role/sso-dev-github-actions-terraform-role'), inside],
      ['iam:AttachRolePolicy', iam('role/sso-dev-github-actions-terraform-role'), inside],
      ['iam:DeleteRolePolicy', iam('role/sso-dev-github-actions-terraform-role'), inside],
      ['iam:PutRolePermissionsBoundary', iam('role/sso-dev-github-actions-terraform-role'), inside],
      ['iam:DeleteRole', iam('role/sso-dev-github-actions-terraform-role')],
      ['iam:PassRole', iam('role/sso-dev-github-actions-terraform-role'), toTasks],
      ['iam:PutRolePolicy', iam('role/sso-github-actions-plan-role'), inside],
      ['iam:DeleteOpenIDConnectProvider', iam('oidc-provider/token.actions.githubusercontent.com')],
      ['iam:PassRole', iam('role/sso-dev-api-task'), { 'iam:PassedToService': 'ec2.amazonaws.com' }],
      ['iam:PassRole', iam('role/Administrator'), toTasks],
      // What others have.
      ['s3:GetObject', `${bucket}/sso/prod/terraform.tfstate`],
      ['s3:GetObject', `${bucket}/sso/shared/terraform.tfstate`],
      ['ec2:DeleteVpc', arn('ec2', 'vpc/vpc-2'), ofProd],
      ['ec2:CreateTags', arn('ec2', 'vpc/vpc-2'), ofProd],
      ['ec2:DeleteVpc', arn('ec2', 'vpc/vpc-3'), ofOthers],
      // What has no tags: whose it is, nobody can say.
      ['ec2:DeleteVpc', arn('ec2', 'vpc/vpc-4')],
      ['ec2:CreateTags', arn('ec2', 'vpc/vpc-4')],
      ['ec2:AuthorizeSecurityGroupIngress', arn('ec2', 'security-group/sg-4')],
      ['ec2:RevokeSecurityGroupIngress', arn('ec2', 'security-group/sg-4')],
      ['ec2:DeleteNatGateway', arn('ec2', 'natgateway/nat-4')],
      ['ec2:DeleteInternetGateway', arn('ec2', 'internet-gateway/igw-4')],
      ['ec2:ReleaseAddress', arn('ec2', 'elastic-ip/eip-4')],
      ['ec2:CreateRoute', arn('ec2', 'route-table/rtb-4')],
      ['ec2:DeleteFlowLogs', arn('ec2', 'vpc-flow-log/fl-4')],
      // Roles that begin like the environment's: a person's, and those of an app named sso-dev.
      ...['sso-dev-admin', 'sso-dev-dev-api-task'].flatMap((role): Case[] => [
        ['iam:UpdateAssumeRolePolicy', iam(`role/${role}`)],
        ['iam:UpdateAssumeRolePolicy', iam(`role/${role}`), inside],
        ['iam:TagRole', iam(`role/${role}`)],
        ['iam:DeleteRole', iam(`role/${role}`)],
        ['iam:DeleteRole', iam(`role/${role}`), { 'aws:ResourceTag/Project': 'sso-dev' }],
        ['iam:UpdateRole', iam(`role/${role}`)],
        ['iam:PutRolePermissionsBoundary', iam(`role/${role}`), inside],
        ['iam:PassRole', iam(`role/${role}`), toTasks],
      ]),
      // An app, and its environment, whose names begin alike.
      ['elasticloadbalancing:DeleteLoadBalancer', arn('elasticloadbalancing', 'loadbalancer/app/sso-developer/1')],
      ['elasticloadbalancing:DeleteTargetGroup', arn('elasticloadbalancing', 'targetgroup/sso-developer-api/1')],
      ['lambda:DeleteFunction', arn('lambda', 'function:sso-dev-x-api'), { 'aws:ResourceTag/Project': 'sso-dev' }],
      ['ecs:DeleteService', arn('ecs', 'service/sso-dev/api'), ofOthers],
      ['rds:DeleteDBCluster', arn('rds', 'cluster:other')],
      ['s3:DeleteBucket', 'arn:aws:s3:::sso-prod-load-balancer-logs-123456789012'],
      ['ecr:PutImage', arn('ecr', 'repository/sso/api')],
      ['ssm:PutParameter', arn('ssm', 'parameter/sso/prod/api/image')],
      ['dynamodb:Scan', arn('dynamodb', 'table/sso-dev-notes')],
      ['s3:GetObject', 'arn:aws:s3:::sso-dev-load-balancer-logs-123456789012/AWSLogs/log.gz'],
    ],
  );

  test('whatever it makes can do no more: not a role that is given everything', () => {
    const wide: Rights = { policy: anything, boundary };
    // What such a role may have of the environment's own: it may run the app, and read its secrets.
    const own =
      /^(ecs:ExecuteCommand|rds-data:ExecuteStatement|rds-db:connect|ecr:PutImage|secretsmanager:GetSecretValue arn.*(sso.dev|rds!))/;
    const asked: Case[] = [
      ...never.filter(([action, resource]) => !own.test(`${action} ${resource}`)),
      ['secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:sso/prod/OIDC_CLIENT_SECRET-abcdef')],
      [
        'secretsmanager:GetSecretValue',
        arn('secretsmanager', 'secret:rds!cluster-2-abcdef'),
        { 'aws:ResourceTag/aws:rds:primaryDBClusterArn': arn('rds', 'cluster:sso-prod-db') },
      ],
      ['s3:PutObject', `${bucket}/sso/prod/terraform.tfstate`],
      ['ecs:UpdateService', arn('ecs', 'service/sso-prod/api')],
      ['iam:CreateRole', iam('role/sso-dev-mine')],
      // Terraform makes roles and networks; what it makes does not.
      ['iam:CreateRole', iam('role/sso-dev-mine'), inside],
      ['iam:PutRolePolicy', iam('role/sso-dev-api-task'), inside],
      ['iam:UpdateAssumeRolePolicy', iam('role/sso-dev-api-task')],
      ['iam:PassRole', iam('role/sso-dev-admin'), toTasks],
      ['ec2:DeleteVpc', arn('ec2', 'vpc/vpc-1'), ofDev],
      ['ec2:DeleteVpc', arn('ec2', 'vpc/vpc-2'), ofProd],
      ['ec2:DeleteVpc', arn('ec2', 'vpc/vpc-4')],
      ['rds-data:ExecuteStatement', arn('rds', 'cluster:sso-prod-db')],
      ['rds-db:connect', arn('rds-db', 'dbuser:prx-1/app')],
      ['route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/Z1', recordNames('app.example.com')],
      ['route53:DeleteHostedZone', 'arn:aws:route53:::hostedzone/Z1'],
      ...['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy', 'kms:CreateGrant', 'kms:Decrypt'].flatMap((action): Case[] => [
        [action, arn('kms', 'key/other'), ofOthers],
        [action, arn('kms', 'key/other')],
      ]),
      ['kms:Decrypt', arn('kms', 'key/other'), { ...ofOthers, ...throughSecrets }],
    ];
    expect(asked.filter(([action, resource, context = {}]) => mayDo(wide, { action, resource, context }))).toEqual([]);
  });

  test('a key of its own is the only one that it changes, and services alone decrypt with keys', () => {
    const app = everyDelivered['an HTTP API at a domain, own key'] ?? onFargate;
    const stack = composeShared(app);
    const rights = rightsOf(stack, 'prod_github_actions_terraform');
    const wide: Rights = { policy: anything, boundary: policyIn(stack, 'prod_boundary', 'aws_iam_policy') };
    const ofApp = { 'aws:ResourceTag/Project': app.name, 'aws:ResourceTag/Environment': 'prod' };
    const key = arnIn(app.region)('kms', 'key/1');
    for (const action of ['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy']) {
      expect(mayDo(rights, { action, resource: key, context: ofApp })).toBe(true);
      expect(mayDo(rights, { action, resource: key })).toBe(false);
      expect(mayDo(rights, { action, resource: key, context: ofOthers })).toBe(false);
      expect(mayDo(wide, { action, resource: key, context: ofApp })).toBe(false);
    }
    const throughVirginia = { 'kms:ViaService': `secretsmanager.${app.region}.amazonaws.com` };
    const grant = { 'kms:GrantIsForAWSResource': 'true' };
    expect(mayDo(rights, { action: 'kms:CreateGrant', resource: key, context: { ...ofApp, ...grant } })).toBe(true);
    expect(mayDo(rights, { action: 'kms:CreateGrant', resource: key, context: ofApp })).toBe(false);
    expect(mayDo(wide, { action: 'kms:Decrypt', resource: key, context: ofApp })).toBe(false);
    expect(mayDo(wide, { action: 'kms:Decrypt', resource: key, context: { ...ofApp, ...throughVirginia } })).toBe(true);
  });

  test.each([
    ['an HTTP API at a domain, own key', 'a.example.com', ['example.com', 'www.example.com', 'b.a.example.com']],
    ['accounts, mail and logs', 'example.com', ['dev.example.com', 'www.example.com']],
    ['a database in a container', 'example.com', ['dev.example.com', 'www.example.com']],
  ])('%s: it writes the records of its own names alone', (label, domain, others) => {
    const rights = rightsOf(composeShared(everyDelivered[label] ?? onFargate), 'prod_github_actions_terraform');
    const mayWrite = (...names: string[]) =>
      mayDo(rights, {
        action: 'route53:ChangeResourceRecordSets',
        resource: 'arn:aws:route53:::hostedzone/Z1',
        context: recordNames(...names),
      });
    expect(mayWrite(domain)).toBe(true);
    expect(mayWrite(`_0a1b.${domain}`)).toBe(true);
    for (const other of others)
      expect([other, mayWrite(other), mayWrite(domain, other)]).toEqual([other, false, false]);
    const bare = { action: 'route53:ChangeResourceRecordSets', resource: 'arn:aws:route53:::hostedzone/Z1' };
    expect(mayDo(rights, bare)).toBe(false);
    if (label === 'an HTTP API at a domain, own key') return;
    for (const mail of ['key._domainkey', '_dmarc', 'bounce']) expect(mayWrite(`${mail}.${domain}`)).toBe(true);
    expect(mayDo(rights, { action: 'ses:DeleteEmailIdentity', resource: arn('ses', `identity/${domain}`) })).toBe(true);
    expect(mayDo(rights, { action: 'ses:DeleteEmailIdentity', resource: arn('ses', 'identity/website.com') })).toBe(
      false,
    );
  });

  test('without a domain it writes no records', () => {
    const context = recordNames('app.example.com');
    const resource = 'arn:aws:route53:::hostedzone/Z1';
    expect(mayDo(terraform, { action: 'route53:ChangeResourceRecordSets', resource, context })).toBe(false);
  });

  test.each([
    ['acm:DeleteCertificate', 'accounts, mail and logs', 'acm certificate/1'],
    ['cognito-idp:DeleteUserPool', 'an HTTP API with tokens and tables', 'cognito-idp userpool/1'],
    ['cognito-idp:UpdateUserPoolClient', 'an HTTP API with tokens and tables', 'cognito-idp userpool/1'],
    ['apigateway:DELETE', 'an HTTP API with tokens and tables', 'apigateway /apis/a1b2c3d4e5'],
    ['elasticfilesystem:DeleteFileSystem', 'a database in a container', 'elasticfilesystem file-system/fs-1'],
    ['elasticfilesystem:TagResource', 'a database in a container', 'elasticfilesystem file-system/fs-1'],
    ['servicediscovery:DeleteNamespace', 'a database in a container', 'servicediscovery namespace/ns-1'],
  ])('%s: only of what carries the app’s tags', (action, label, thing) => {
    const app = everyDelivered[label] ?? onFargate;
    const [service = '', path = ''] = thing.split(' ');
    const resource =
      service === 'apigateway' ? `arn:aws:apigateway:${app.region}::${path}` : arnIn(app.region)(service, path);
    const rights = rightsOf(composeShared(app), 'prod_github_actions_terraform');
    const own = { 'aws:ResourceTag/Project': app.name, 'aws:ResourceTag/Environment': 'prod' };
    const may = (context: Asked['context'] = {}) => mayDo(rights, { action, resource, context });
    expect([may(own), may(), may(ofOthers), may({ ...own, 'aws:ResourceTag/Environment': 'dev' })]).toEqual([
      true,
      false,
      false,
      'prod' in (app.environments ?? {}) && 'dev' in (app.environments ?? {}) ? false : true,
    ]);
  });

  // Service Authorization Reference, AWS Cloud Map: neither action has a resource type.
  test('tags of a namespace are given and read without a resource level', () => {
    const stack = composeShared(everyDelivered['a database in a container'] ?? onFargate);
    const may = (role: string, action: string) =>
      mayDo(rightsOf(stack, role), { action: `servicediscovery:${action}`, resource: '*' });
    expect(may('prod_github_actions_terraform', 'TagResource')).toBe(true);
    expect(may('prod_github_actions_terraform', 'ListTagsForResource')).toBe(true);
    expect(may('github_actions_plan', 'ListTagsForResource')).toBe(true);
    expect(may('github_actions_plan', 'TagResource')).toBe(false);
  });

  // AWS Cloud Map API permissions reference: CreatePrivateDnsNamespace.
  test.each([
    'ec2:DescribeRegions',
    'ec2:DescribeVpcs',
    'route53:CreateHostedZone',
    'route53:GetHostedZone',
    'route53:ListHostedZonesByName',
    'servicediscovery:CreatePrivateDnsNamespace',
  ])('makes a namespace, for which AWS asks %s', (action) => {
    const rights = rightsOf(
      composeShared(everyDelivered['a database in a container'] ?? onFargate),
      'prod_github_actions_terraform',
    );
    const resource = action === 'route53:GetHostedZone' ? 'arn:aws:route53:::hostedzone/Z1' : '*';
    expect(mayDo(rights, { action, resource })).toBe(true);
  });

  test('a secret that was there before is read, beside secrets of its own', () => {
    const app = delivered({
      ...onLambda,
      resources: { ...onLambda.resources, apiKey: { kind: 'secret' } },
      services: { api: { source: 'src/main.ts', compute: 'lambda', uses: ['login', 'apiKey'] } },
    });
    const stack = composeShared(app);
    const rights = rightsOf(stack, 'dev_github_actions_terraform');
    const wide: Rights = { policy: anything, boundary: policyIn(stack, 'dev_boundary', 'aws_iam_policy') };
    const existing = virginia('secretsmanager', 'secret:my-app/sso-secrets-abcdef');
    const own = virginia('secretsmanager', 'secret:quick/dev/API_KEY-abcdef');
    const may = (who: Rights, action: string, resource: string) =>
      mayDo(who, { action: `secretsmanager:${action}`, resource });
    expect([may(rights, 'DeleteSecret', own), may(rights, 'DescribeSecret', existing)]).toEqual([true, true]);
    for (const action of ['DeleteSecret', 'PutSecretValue', 'UpdateSecret', 'TagResource', 'PutResourcePolicy']) {
      expect([action, may(rights, action, existing), may(wide, action, existing)]).toEqual([action, false, false]);
    }
    // The service's role does read it.
    expect(may(wide, 'GetSecretValue', existing)).toBe(true);
    expect(may(rights, 'GetSecretValue', existing)).toBe(false);
  });
});
