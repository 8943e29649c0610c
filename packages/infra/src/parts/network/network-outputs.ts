import type { Stack } from '../../aws/index.ts';
import type { Network } from './network.ts';
import type { PublicLoadBalancer } from '../ingress/public-load-balancer.ts';

/** What other Terraform in the same network has to know. */
export function networkOutputs(stack: Stack, network: Network, balancer: PublicLoadBalancer | undefined): void {
  const { vpcId, publicSubnets, privateSubnets } = network;
  stack.output('vpc_id', { description: 'Id of the network', value: vpcId });
  stack.output('public_subnet_ids', { description: 'Subnets with a way in and out', value: publicSubnets });
  stack.output('private_subnet_ids', {
    description: 'Subnets whose tasks nobody outside reaches; none where tasks have public addresses',
    value: privateSubnets ?? [],
  });
  if (!balancer) return;
  stack.output('alb_dns_name', {
    description: 'Host name of the load balancer, as AWS made it',
    value: balancer.dnsName,
  });
}
