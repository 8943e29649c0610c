import type { Expression } from '../../hcl/index.ts';
import type { Scope } from './services.ts';

/** Networks alone: nothing that starts a machine. */
export function networkActions(): string[] {
  const things = ['Address', 'FlowLogs', 'InternetGateway', 'NatGateway', 'NetworkInterface', 'Route', 'SecurityGroup'];
  // Regions: Cloud Map looks for the one of a network.
  const more = ['DescribeAvailabilityZones', 'DescribeNetworkAcls', 'DescribePrefixLists', 'DescribeRegions'];
  return [...more, ...[...things, 'Subnet', 'Tags', 'Vpc'].map((thing) => `*${thing}*`)];
}

/** What is done to parts of a network that are there. */
export const networkChanges: readonly string[] = [
  'Associate*',
  'Attach*',
  'Authorize*',
  'CreateRoute',
  'Delete*',
  'Detach*',
  'Disassociate*',
  'Modify*',
  'Release*',
  'Replace*',
  'Revoke*',
];

/**
 * The parts that Terraform tags as it makes them. Not network interfaces: those of functions and balancers are AWS's, which gives
 * them no tags, and Terraform takes away those that are left.
 */
export function networkThings({ account }: Scope): Expression[] {
  // Both kinds of gateway; networks, their endpoints and flow logs.
  const kinds = ['elastic-ip', '*gateway', 'route-table', 'subnet', 'vpc*'];
  return kinds.map((kind) => account.arn('ec2', `${kind}/*`));
}

/** The default one of a new network has no tags, and gets them from Terraform. */
export function securityGroups({ account }: Scope): Expression[] {
  return [account.arn('ec2', 'security-group/*')];
}
