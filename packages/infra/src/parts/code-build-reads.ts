import type { Stack } from '../aws/index.ts';
import { isResource } from '../aws/declaration.ts';
import { text } from '../hcl/index.ts';
import type { Account } from './account.ts';
import { everything, type Statement } from './policy.ts';

/**
 * `apply -refresh=false` asks AWS for nothing that Terraform manages, but reads every data source again, and makes every
 * ephemeral value. What each takes beyond what another statement has; nothing where anyone may ask.
 */
const reads: Readonly<Record<string, (account: Account) => readonly Statement[]>> = {
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
};

/** What a plan must read. @throws Error for a type that is not in the list above: the role would be too small */
export function readsOf(stack: Stack, account: Account): Statement[] {
  const types = stack.declarations.flatMap((each) => (isResource(each) && each.kind !== 'resource' ? [each.type] : []));
  return [...new Set(types)].sort().flatMap((type) => {
    const statements = reads[type];
    if (statements) return statements(account);
    throw new Error(`A delivery reads ${type}: say in code-build-reads.ts what that takes.`);
  });
}
