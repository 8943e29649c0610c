import type { App } from '@keelson/contract';
import type { Stack } from '../aws/index.ts';
import { type Expression, isList, isValueObject, ref, type Value } from '../hcl/index.ts';
import type { Account } from './account.ts';
import { madeServices } from './github-managing.ts';
import {
  boundaryName,
  buildRoleName,
  githubIssuer,
  type GitHubApp,
  iamArn,
  isFromGitHub,
  planRoleName,
  terraformRoleName,
} from './github-names.ts';
import { accessTo, resourcesIn } from './github-own.ts';
import type { Scope } from './github-services.ts';
import { everything, type Statement } from './policy.ts';

const local = 'permissions_boundary';

/**
 * The same directory, whose roles all carry the environment's boundary when GitHub delivers: the role that makes them there may
 * make no others.
 */
export function withBoundary(stack: Stack, app: App): Stack {
  if (!isFromGitHub(app)) return stack;
  const boundary = ref(`local.${local}`);
  const bounded = (inner: Stack): Stack => ({
    ...inner,
    file: (name, comment) => bounded(inner.file(name, comment)),
    resource: (type, name, args, meta) =>
      inner.resource(type, name, type === 'aws_iam_role' ? { ...args, permissions_boundary: boundary } : args, meta),
  });
  return bounded(stack);
}

/** The ARN that the roles of the directory refer to; the policy itself is made with what is shared. */
export function boundaryLocal(stack: Stack, app: string, environment: string, account: Account): void {
  stack.local(local, iamArn(account, `policy/${boundaryName(app, environment)}`));
}

/** What Terraform may do with roles: nothing that leads out of the boundary. */
export function roleStatements({ name, account }: Scope, boundary: Expression, stack: Stack): Statement[] {
  const roles = [iamArn(account, `role/${name}-*`)];
  return [
    {
      sid: 'MakeRolesInsideTheBoundary',
      actions: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePermissionsBoundary',
        'iam:PutRolePolicy',
      ],
      resources: roles,
      condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
    },
    {
      sid: 'KeepRoles',
      actions: [
        'iam:DeleteRole',
        'iam:Get*',
        'iam:List*',
        'iam:TagRole',
        'iam:UntagRole',
        'iam:UpdateAssumeRolePolicy',
        'iam:UpdateRole',
      ],
      resources: roles,
    },
    {
      sid: 'PassRoles',
      actions: ['iam:PassRole'],
      resources: roles,
      condition: { StringEquals: { 'iam:PassedToService': principalsIn(stack) } },
    },
    {
      sid: 'MakeRolesOfServices',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [iamArn(account, 'role/aws-service-role/*')],
      condition: { StringEquals: { 'iam:AWSServiceName': linkedServices(stack) } },
    },
  ];
}

/** Whatever else is allowed: nobody inside the boundary changes who is trusted, or what belongs to others. */
export function refusals(app: GitHubApp, environment: string, scope: Scope, stack: Stack): Statement[] {
  const { account } = scope;
  const others = Object.keys(app.environments ?? {}).filter((name) => name !== environment);
  return [
    {
      sid: 'LeaveTrustAlone',
      effect: 'Deny',
      actions: ['iam:*'],
      resources: [
        iamArn(account, `role/${buildRoleName(app.name)}`),
        iamArn(account, `role/${planRoleName(app.name)}`),
        iamArn(account, `role/${terraformRoleName(app.name, '*')}`),
        iamArn(account, `policy/${boundaryName(app.name, '*')}`),
        iamArn(account, `oidc-provider/${githubIssuer}`),
      ],
    },
    {
      sid: 'LeaveOtherProjectsAlone',
      effect: 'Deny',
      actions: madeServices(stack).flatMap((service) => (accessTo(service).ids ? [`${service}:*`] : [])),
      resources: everything('AWS makes their ids: whose they are is said by their tags.'),
      condition: {
        Null: { 'aws:ResourceTag/Project': 'false' },
        StringNotEquals: { 'aws:ResourceTag/Project': app.name },
      },
    },
    ...(resourcesIn([stack]).some(({ type }) => type === 'aws_rds_cluster') ? [otherDatabases(scope)] : []),
    ...(others.length === 0 ? [] : [otherEnvironments(app.name, others)]),
  ];
}

/** RDS names the secrets of masters itself, and tags them with the cluster. */
function otherDatabases({ name, account }: Scope): Statement {
  const tag = 'aws:ResourceTag/aws:rds:primaryDBClusterArn';
  return {
    sid: 'LeaveOtherDatabasesAlone',
    effect: 'Deny',
    actions: ['secretsmanager:*'],
    resources: [account.arn('secretsmanager', 'secret:rds!*')],
    condition: { Null: { [tag]: 'false' }, ArnNotLike: { [tag]: account.arn('rds', `cluster:${name}-*`) } },
  };
}

function otherEnvironments(app: string, environments: readonly string[]): Statement {
  return {
    sid: 'LeaveOtherEnvironmentsAlone',
    effect: 'Deny',
    actions: ['*'],
    resources: everything('Whatever has the tags of another environment.'),
    condition: { StringEquals: { 'aws:ResourceTag/Project': app, 'aws:ResourceTag/Environment': environments } },
  };
}

/** Services of AWS that the directory's roles are for. */
function principalsIn(stack: Stack): string[] {
  const principals = resourcesIn([stack])
    .filter(({ type }) => type === 'aws_iam_role')
    .flatMap(({ args }) => statementsOf(args['assume_role_policy']))
    .flatMap(({ Principal: principal }) =>
      isValueObject(principal ?? null) ? ((principal as { Service?: string }).Service ?? []) : [],
    );
  return [...new Set(principals)].sort();
}

function statementsOf(document: Value | undefined): { readonly Principal?: Value }[] {
  const [policy] = (document as unknown as { readonly args: readonly { Statement?: Value }[] }).args;
  const list = policy?.Statement;
  return list !== undefined && isList(list) ? (list as unknown as { readonly Principal?: Value }[]) : [];
}

/** AWS makes such a role when the first thing of the kind is made in the account. */
const linked: Readonly<Record<string, readonly string[]>> = {
  apigateway: ['ops.apigateway.amazonaws.com'],
  'application-autoscaling': ['ecs.application-autoscaling.amazonaws.com'],
  ecs: ['ecs.amazonaws.com'],
  elasticfilesystem: ['elasticfilesystem.amazonaws.com'],
  elasticloadbalancing: ['elasticloadbalancing.amazonaws.com'],
  es: ['opensearchservice.amazonaws.com'],
  rds: ['rds.amazonaws.com'],
};

function linkedServices(stack: Stack): string[] {
  return madeServices(stack)
    .flatMap((service) => linked[service] ?? [])
    .sort();
}
