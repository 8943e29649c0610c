import type { Stack } from '../../aws/index.ts';
import { jsonencode, type Reference, type Value } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import type { Account } from '../account.ts';
import type { LogGroup } from '../logs/logs.ts';
import { everything, policy, type Statement } from './policy.ts';

export interface Role {
  readonly arn: Reference;
  readonly name: Reference;
  /** What it may do; what uses the role depends on it, or it is taken away too early at the end. */
  readonly permissions: readonly { readonly address: string }[];
}

export interface RoleArgs {
  readonly name: string;
  /** The AWS service that takes the role. */
  readonly principal: string;
  /** Guards against another account's resource making the service take the role. */
  readonly condition?: Value;
  readonly statements: readonly Statement[];
}

export function role(stack: Stack, id: string, { name, principal, condition, statements }: RoleArgs): Role {
  const statement = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: principal },
    Condition: condition,
  };
  const made = stack.resource('aws_iam_role', id, {
    name,
    assume_role_policy: jsonencode({ Version: '2012-10-17', Statement: [statement] }),
  });
  const permissions =
    statements.length === 0
      ? []
      : [stack.resource('aws_iam_role_policy', id, { name, role: made.ref('id'), policy: policy(statements) })];
  return { arn: made.ref('arn'), name: made.ref('name'), permissions };
}

/** What the code in the container may do. */
export function taskRole(
  stack: Stack,
  account: Account,
  id: string,
  name: string,
  statements: readonly Statement[],
): Role {
  return role(stack, id, {
    name,
    principal: 'ecs-tasks.amazonaws.com',
    condition: fromThisAccount(account),
    statements,
  });
}

export interface ExecutionRoleArgs {
  readonly name: string;
  /** The service whose image is fetched. */
  readonly image: string;
  readonly logs: LogGroup;
}

/** What ECS does before the code runs: fetch the image, open the log. It reads no secret: the code does, by its own role. */
export function executionRole(stack: Stack, site: Site, account: Account, id: string, args: ExecutionRoleArgs): Role {
  return role(stack, id, {
    name: args.name,
    principal: 'ecs-tasks.amazonaws.com',
    condition: fromThisAccount(account),
    statements: [
      {
        sid: 'SignInToRegistry',
        actions: ['ecr:GetAuthorizationToken'],
        resources: everything('The token is for the whole registry; AWS has no resource level here.'),
      },
      {
        sid: 'PullImage',
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
        resources: [account.arn('ecr', `repository/${site.app}/${args.image}`)],
      },
      { sid: 'WriteLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [args.logs.streams] },
    ],
  });
}

export function fromThisAccount(account: Account): Value {
  return { StringEquals: { 'aws:SourceAccount': account.id } };
}
