import type { App } from '@keelson/contract';
import type { Stack } from '../../aws/index.ts';
import { ref } from '../../hcl/index.ts';
import type { Account } from '../account.ts';
import { usedServices } from './managing.ts';
import {
  boundaryName,
  buildRoleName,
  githubIssuer,
  type GitHubApp,
  iamArn,
  isFromGitHub,
  planRoleName,
  terraformBoundaryName,
  terraformRoleName,
} from './names.ts';
import { existingSecrets, resourcesIn, sorted } from './own.ts';
import type { Scope } from './services.ts';
import { everything, type Statement } from '../access/policy.ts';

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
        iamArn(account, `policy/${terraformBoundaryName(app.name, '*')}`),
        iamArn(account, `oidc-provider/${githubIssuer}`),
      ],
    },
    {
      sid: 'LeaveOtherProjectsAlone',
      effect: 'Deny',
      actions:
        existingSecrets(stack, scope).length === 0
          ? ['*']
          : // A person's secret, and the key of it, may have the tags of anything.
            sorted([...usedServices(stack), 'iam'])
              .filter((service) => !['kms', 'secretsmanager'].includes(service))
              .map((service) => `${service}:*`),
      resources: everything('Whose things are is said by their tags.'),
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
