import type { Stack } from '../../aws/index.ts';
import { type Expression, isList, isValueObject, type Value } from '../../hcl/index.ts';
import { madeServices } from './managing.ts';
import { iamArn } from './names.ts';
import { resourcesIn, sorted } from './own.ts';
import type { Scope } from './services.ts';
import type { Statement } from '../access/policy.ts';

interface RolesArgs {
  readonly app: string;
  readonly environment: string;
  readonly scope: Scope;
  readonly boundary: Expression;
}

/** What Terraform may do with roles: nothing that leads out of the boundary, and nothing with roles that others made. */
export function roleStatements(stack: Stack, { app, environment, scope, boundary }: RolesArgs): Statement[] {
  const { name, account } = scope;
  const roles = [iamArn(account, `role/${name}-*`)];
  const own = { 'aws:ResourceTag/Project': app, 'aws:ResourceTag/Environment': environment };
  return [
    {
      sid: 'MakeRolesInsideTheBoundary',
      actions: [
        'iam:AttachRolePolicy',
        'iam:CreateRole',
        'iam:DeleteRolePolicy',
        'iam:DetachRolePolicy',
        'iam:PutRolePolicy',
      ],
      resources: roles,
      condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } },
    },
    {
      sid: 'BindOwnRoles',
      actions: ['iam:PutRolePermissionsBoundary'],
      resources: roles,
      condition: { StringEquals: { 'iam:PermissionsBoundary': boundary, ...own } },
    },
    {
      sid: 'ChangeOwnRoles',
      actions: ['iam:DeleteRole', 'iam:UntagRole', 'iam:UpdateRole', 'iam:UpdateRoleDescription'],
      resources: roles,
      condition: { StringEquals: own },
    },
    {
      // By name: with tags, a role of another's could be tagged first.
      sid: 'TagAndTrustOwnRoles',
      actions: ['iam:TagRole', 'iam:UpdateAssumeRolePolicy'],
      resources: roleArns(rolesIn(stack), scope),
    },
    readRoles(scope),
    passRoles(stack, scope),
    {
      sid: 'MakeRolesOfServices',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [iamArn(account, 'role/aws-service-role/*')],
      condition: { StringEquals: { 'iam:AWSServiceName': linkedServices(stack) } },
    },
  ];
}

/** What Terraform asks of roles; how far that goes, its boundary says. */
export function roleActions({ name, account }: Scope): Statement[] {
  const verbs = ['Attach', 'Create', 'Delete', 'Detach', 'Get', 'List', 'Pass', 'Put', 'Tag', 'Untag', 'Update'];
  return [
    {
      sid: 'ManageRoles',
      actions: [...verbs.map((verb) => `iam:${verb}*Role*`), 'iam:UpdateAssumeRolePolicy'],
      resources: [iamArn(account, `role/${name}-*`), iamArn(account, 'role/aws-service-role/*')],
    },
  ];
}

/** Roles for what is made in the environment: they read each other, and hand each other to services. */
export function roleLimits(stack: Stack, scope: Scope): Statement[] {
  return [readRoles(scope), passRoles(stack, scope)];
}

function readRoles({ name, account }: Scope): Statement {
  return { sid: 'ReadRoles', actions: ['iam:Get*', 'iam:List*'], resources: [iamArn(account, `role/${name}-*`)] };
}

function passRoles(stack: Stack, scope: Scope): Statement {
  return {
    // By name: AWS does not look at the tags of a role that is passed.
    sid: 'PassRoles',
    actions: ['iam:PassRole'],
    resources: roleArns(rolesIn(stack, 'of services'), scope),
    condition: { StringEquals: { 'iam:PassedToService': principalsIn(stack) } },
  };
}

/** So many names fit into a boundary twice: AWS takes 6,144 characters. */
const namedRoles = 20;

/** Each by its name; of very many those of services by how their names begin and end: `<app>-<env>-*-task`. */
function roleArns(names: readonly string[], { name: prefix, account }: Scope): Expression[] {
  const kindOf = (name: string) => /-(execution|task)$/.exec(name)?.[0];
  const isMany = names.length > namedRoles;
  const patterns = names.map((name) => {
    const kind = kindOf(name);
    return isMany && kind !== undefined ? `${prefix}-*${kind}` : name;
  });
  return [...new Set(patterns)].map((name) => iamArn(account, `role/${name}`));
}

/** Names of the directory's roles, or only of those that services take. */
function rolesIn(stack: Stack, which: 'all' | 'of services' = 'all'): string[] {
  return resourcesIn([stack])
    .filter(({ kind, type }) => kind === 'resource' && type === 'aws_iam_role')
    .filter(({ args }) => which === 'all' || servicesOf(args['assume_role_policy']).length > 0)
    .map(({ args }) => String(args['name']));
}

/** Services of AWS that the directory's roles are for. */
function principalsIn(stack: Stack): string[] {
  const principals = resourcesIn([stack])
    .filter(({ type }) => type === 'aws_iam_role')
    .flatMap(({ args }) => servicesOf(args['assume_role_policy']));
  return sorted(principals);
}

function servicesOf(trust: Value | undefined): string[] {
  return statementsOf(trust).flatMap(({ Principal: principal }) =>
    isValueObject(principal ?? null) ? ((principal as { Service?: string }).Service ?? []) : [],
  );
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
