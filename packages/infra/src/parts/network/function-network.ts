import type { Stack } from '../../aws/index.ts';
import { explained, type Expression } from '../../hcl/index.ts';
import { functionName, type Site, type SiteService } from '../../site/site.ts';
import type { Account } from '../account.ts';
import type { Grant } from '../access/grant.ts';
import type { Network } from './network.ts';
import { everything, type Statement } from '../access/policy.ts';
import { allowHttpsOut, allowReach, securityGroup } from './security-group.ts';

export interface FunctionNetworkArgs {
  readonly service: SiteService;
  readonly account: Account;
  readonly network: Network;
  readonly grant: Grant;
}

export interface FunctionNetwork {
  readonly placement: { readonly subnet_ids: Expression; readonly security_group_ids: readonly Expression[] };
  readonly statements: readonly Statement[];
  readonly wayOut: Network['taskWayOut'];
}

/**
 * A function in the subnets of tasks: it reaches the database there, and everything else through the NAT gateway.
 * Source: AWS Lambda, “Giving Lambda functions access to resources in an Amazon VPC”
 */
export function accessNetwork(stack: Stack, site: Site, args: FunctionNetworkArgs): FunctionNetwork {
  const { service, network, grant } = args;
  const group = securityGroup(stack, site, service.id, network.vpcId, `Function of ${service.name}`);
  allowHttpsOut(stack, service.id, group);
  allowReach(stack, service.id, group, grant.reach);
  return {
    placement: { subnet_ids: network.taskSubnets, security_group_ids: [group] },
    statements: networkStatements(site, args),
    wayOut: network.taskWayOut,
  };
}

const look = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];
const keep = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:UnassignPrivateIpAddresses',
];

/** Lambda connects a function to a network by the function's own role; the code in it may not do the same. */
function networkStatements(site: Site, { service, account }: FunctionNetworkArgs): Statement[] {
  return [
    {
      sid: 'FindInterfaces',
      actions: look,
      resources: everything('Interfaces and subnets are listed; AWS has no resource level here.'),
    },
    {
      sid: 'KeepInterfaces',
      actions: keep,
      resources: [
        explained(
          account.arn('ec2', '*/*'),
          'Lambda checks that the role may do so with all of the account: with less, the function does not reach the network.',
        ),
      ],
    },
    {
      sid: 'NotFromTheCode',
      effect: 'Deny',
      actions: [...look, ...keep],
      resources: everything('Whatever is allowed above is for Lambda, and not for the code of the function.'),
      condition: {
        ArnEquals: { 'lambda:SourceFunctionArn': account.arn('lambda', `function:${functionName(site, service)}`) },
      },
    },
  ];
}
