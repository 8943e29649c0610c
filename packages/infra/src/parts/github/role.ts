import type { Stack } from '../../aws/index.ts';
import { type Expression, jsonencode } from '../../hcl/index.ts';
import { githubIssuer } from './names.ts';
import { policy, type Statement } from '../access/policy.ts';

export interface GitHubRoleArgs {
  readonly name: string;
  readonly description: string;
  /** ARN of the identity provider. */
  readonly provider: Expression;
  /**
   * The one subject whose jobs take the role. GitHub writes the owner and the repository as they were named, capitals too, and AWS
   * compares letter by letter.
   */
  readonly subject: string;
  readonly statements: readonly Statement[];
  readonly boundary?: Expression;
  /** What it may not do whatever `statements` say; a policy of its own, because AWS limits how long the other one is. */
  readonly refused?: { readonly name: string; readonly statements: readonly Statement[]; readonly comment: string };
  readonly comment: string;
}

/** A role that jobs of GitHub Actions take with the token that GitHub signs for them; no key is kept anywhere. */
export function githubRole(stack: Stack, id: string, args: GitHubRoleArgs): Expression {
  const made = stack.resource(
    'aws_iam_role',
    id,
    {
      name: args.name,
      description: args.description,
      assume_role_policy: jsonencode({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRoleWithWebIdentity',
            Principal: { Federated: args.provider },
            Condition: {
              StringEquals: {
                [`${githubIssuer}:aud`]: 'sts.amazonaws.com',
                [`${githubIssuer}:sub`]: args.subject,
              },
            },
          },
        ],
      }),
      permissions_boundary: args.boundary,
    },
    { comment: args.comment },
  );
  stack.resource('aws_iam_role_policy', id, {
    name: args.name,
    role: made.ref('id'),
    policy: policy(args.statements),
  });
  if (args.refused && args.refused.statements.length > 0) refuse(stack, id, made.ref('name'), args.refused);
  return made.ref('arn');
}

function refuse(stack: Stack, id: string, role: Expression, refused: NonNullable<GitHubRoleArgs['refused']>): void {
  const document = stack.resource(
    'aws_iam_policy',
    `${id}_refused`,
    { name: refused.name, policy: policy(refused.statements) },
    { comment: refused.comment },
  );
  stack.resource('aws_iam_role_policy_attachment', `${id}_refused`, { role, policy_arn: document.ref('arn') });
}
