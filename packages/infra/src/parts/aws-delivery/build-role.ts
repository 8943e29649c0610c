import type { State } from '@keelson/contract';
import type { ResourceDeclaration, Stack } from '../../aws/index.ts';
import { type Expression, isExpression, text, type Value } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import type { CodeBuildArgs } from './build.ts';
import { readsOf } from './build-reads.ts';
import { stateStatements } from './build-state.ts';
import { readArtifacts } from './artifacts.ts';
import { keepStatement, type ImagesArgs, pushStatements, sayStatement } from './images.ts';
import type { LogGroup } from '../logs/logs.ts';
import { everything, type Statement } from '../access/policy.ts';
import { type Role, role } from '../access/roles.ts';

export interface DelivererArgs extends CodeBuildArgs {
  /** Of the project and of the role. */
  readonly name: string;
  readonly logs: LogGroup;
  readonly state: State;
  /** The whole delivery pushes the image; a step of a pipeline finds it there. */
  readonly kind: 'whole' | 'step';
}

/**
 * What a delivery does, and nothing else: push an image or find it, say that it runs, and apply that. A change of anything but task
 * definitions and services is not in it: that is applied by a person.
 */
export function delivererRole(stack: Stack, site: Site, args: DelivererArgs): Role {
  const { account, logs, name } = args;
  return role(stack, 'deliver', {
    name,
    principal: 'codebuild.amazonaws.com',
    condition: {
      StringEquals: {
        'aws:SourceAccount': account.id,
        'aws:SourceArn': account.arn('codebuild', `project/${name}`),
      },
    },
    statements: [
      { sid: 'WriteLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logs.streams] },
      ...imageStatements(site, args),
      ...stateStatements(site, args),
      ...readsOf(stack, account),
      ...taskDefinitionStatements(stack, args),
      ...serviceStatements(site, args),
      ...migrationStatements(site, args),
    ],
  });
}

function imageStatements(site: Site, { account, kind }: DelivererArgs): Statement[] {
  const images: ImagesArgs = { app: site.app, services: site.services.map(({ name }) => name), account };
  const image =
    kind === 'whole' ? pushStatements(images) : [readArtifacts({ name: site.app }, account), keepStatement(images)];
  return [...image, sayStatement(images, site.environment)];
}

/**
 * Names, not references: a reference to a task definition is unknown while it is replaced, and every delivery would then
 * seem to change its own role.
 * @param families of task definitions, perhaps with `*`. @default those of the directory
 */
export function taskDefinitionStatements(
  stack: Stack,
  { account }: Pick<DelivererArgs, 'account'>,
  families?: readonly string[],
): Statement[] {
  const definitions = stack.declarations.filter(isTaskDefinition);
  const roles = definitions.flatMap(({ args }) => [args['execution_role_arn'], args['task_role_arn']]);
  return [
    {
      sid: 'RegisterTaskDefinitions',
      actions: ['ecs:RegisterTaskDefinition', 'ecs:TagResource'],
      resources: (families ?? definitions.map(({ args }) => String(args['family']))).map((family) =>
        revisionsOf(account, family),
      ),
    },
    {
      sid: 'ReplaceTaskDefinitions',
      actions: ['ecs:DeregisterTaskDefinition', 'ecs:DescribeTaskDefinition'],
      resources: everything('Revisions are read and retired by number; AWS has no resource level here.'),
    },
    {
      sid: 'PassTheRolesOfTasks',
      actions: ['iam:PassRole'],
      resources: roles.filter(isRoleArn),
      condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
  ];
}

/** @param names of the services in ECS, or `*` for all of the cluster. @default those on Fargate */
export function serviceStatements(
  site: Site,
  { account }: Pick<DelivererArgs, 'account'>,
  names: readonly string[] = site.services.filter(({ compute }) => compute === 'fargate').map(({ name }) => name),
): Statement[] {
  const named = (kind: string, rest = '') =>
    names.map((name) => account.arn('ecs', `${kind}/${site.prefix}/${name}${rest}`));
  return [
    {
      sid: 'UpdateServices',
      actions: ['ecs:DescribeServices', 'ecs:ListServiceDeployments', 'ecs:UpdateService'],
      resources: named('service'),
    },
    {
      sid: 'WatchDeployments',
      actions: ['ecs:DescribeServiceDeployments'],
      resources: [...named('service'), ...named('service-deployment', '/*')],
    },
  ];
}

export function migrationStatements(
  site: Site,
  { account, cluster, migrations }: Pick<DelivererArgs, 'account' | 'cluster' | 'migrations'>,
): Statement[] {
  if (migrations.length === 0) return [];
  const tasks = migrations.map((database) => `${database}-migrate`);
  return [
    {
      sid: 'RunMigrations',
      actions: ['ecs:RunTask'],
      resources: tasks.map((task) => revisionsOf(account, `${site.prefix}-${task}`)),
      condition: { ArnEquals: { 'ecs:cluster': cluster.ref('arn') } },
    },
    {
      sid: 'WaitForMigrations',
      actions: ['ecs:DescribeTasks'],
      resources: [account.arn('ecs', `task/${site.prefix}/*`)],
    },
    {
      sid: 'ReadLogsOfMigrations',
      actions: ['logs:FilterLogEvents'],
      resources: tasks.map(
        (task) => text`${account.arn('logs', `log-group:/${site.app}/${site.environment}/${task}`)}:*`,
      ),
    },
  ];
}

function revisionsOf(account: CodeBuildArgs['account'], family: string): Expression {
  return account.arn('ecs', `task-definition/${family}:*`);
}

function isTaskDefinition(each: Stack['declarations'][number]): each is ResourceDeclaration {
  return each.kind === 'resource' && each.type === 'aws_ecs_task_definition';
}

function isRoleArn(value: Value | undefined): value is Expression {
  return isExpression(value);
}
