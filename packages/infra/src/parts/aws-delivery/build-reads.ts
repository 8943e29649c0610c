import type { Stack } from '../../aws/index.ts';
import { isResource, type ResourceDeclaration } from '../../aws/declaration.ts';
import { text } from '../../hcl/index.ts';
import type { Account } from '../account.ts';
import { everything, type Statement } from '../access/policy.ts';

/**
 * `apply -refresh=false` asks AWS for nothing that Terraform manages, but reads every data source again, and makes every
 * ephemeral value. What each takes beyond what another statement has; nothing where anyone may ask.
 */
const reads: Readonly<Record<string, (account: Account, each: ResourceDeclaration[]) => readonly Statement[]>> = {
  aws_availability_zones: () => [
    {
      sid: 'ReadZones',
      actions: ['ec2:DescribeAvailabilityZones'],
      resources: everything('Zones are listed; AWS has no resource level here.'),
    },
  ],
  aws_caller_identity: () => [],
  aws_partition: () => [],
  aws_region: () => [],
  aws_route53_zone: ({ partition }) => [
    {
      sid: 'FindHostedZone',
      actions: ['route53:ListHostedZones'],
      resources: everything('Hosted zones are listed; AWS has no resource level here.'),
    },
    {
      sid: 'ReadHostedZone',
      actions: ['route53:GetHostedZone', 'route53:ListTagsForResource'],
      resources: [text`arn:${partition}:route53:::hostedzone/*`],
    },
  ],
  aws_secretsmanager_random_password: () => [
    {
      sid: 'MakeRandomPassword',
      actions: ['secretsmanager:GetRandomPassword'],
      resources: everything('It belongs to no secret yet; AWS has no resource level here.'),
    },
  ],
  // The image parameters, which the role may read and write.
  aws_ssm_parameter: () => [],
  aws_secretsmanager_secret: (account, secrets) => [
    {
      sid: 'FindExistingSecrets',
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy'],
      // AWS ends the ARN of a secret in six characters of its own choice.
      resources: secrets.map(({ args }) => account.arn('secretsmanager', `secret:${String(args['name'])}-??????`)),
    },
  ],
};

/** What a plan must read. @throws Error for a type that is not in the list above: the role would be too small */
export function readsOf(stack: Stack, account: Account): Statement[] {
  const read = stack.declarations.filter(isResource).filter(({ kind }) => kind !== 'resource');
  const types = new Set(read.map(({ type }) => type));
  return [...types].sort().flatMap((type) => {
    const statements = reads[type];
    if (statements) {
      return statements(
        account,
        read.filter((each) => each.type === type),
      );
    }
    throw new Error(`A delivery reads ${type}: say in code-build-reads.ts what that takes.`);
  });
}
