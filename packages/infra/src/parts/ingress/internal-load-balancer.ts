import type { Handle, Stack } from '../../aws/index.ts';
import type { Reference } from '../../hcl/index.ts';
import { internalName, type Site, type SiteService, servicesBehind } from '../../site/site.ts';
import { type Balancer, makeBalancer, targetGroup } from './load-balancer.ts';
import type { Network } from '../network/network.ts';
import type { PrivateBucket } from '../private-bucket.ts';
import { securityGroup } from '../network/security-group.ts';

export interface InternalLoadBalancer {
  readonly id: string;
  readonly securityGroup: Reference;
  readonly dnsName: Reference;
  /** Port of each service: 80, and the next ones where there are several. */
  portOf(service: SiteService): number;
  /** A listener for the service alone, and its target group. */
  listen(service: SiteService): { readonly listener: Handle<'arn'>; readonly target: Reference };
}

/** A load balancer that only the VPC link reaches: API Gateway has decided already which service a request is for. */
export function internalLoadBalancer(
  stack: Stack,
  site: Site,
  network: Network,
  logs: () => PrivateBucket,
): InternalLoadBalancer {
  const id = 'internal_load_balancer';
  const group = securityGroup(stack, site, id, network.vpcId, 'Load balancer behind the HTTP API');
  const balancer = makeBalancer(stack, site, 'internal', {
    name: internalName(site),
    internal: true,
    subnets: network.taskSubnets,
    securityGroup: group,
    logs: logs(),
    wayOut: [],
  });
  const services = servicesBehind(site, 'http-api');
  const portOf = (service: SiteService) => 80 + services.indexOf(service);
  return {
    id,
    securityGroup: group,
    dnsName: balancer.ref('dns_name'),
    portOf,
    listen: (service) => {
      const target = targetGroup(stack, network, service);
      return { listener: listenFor(stack, balancer, service, portOf(service), target), target };
    },
  };
}

function listenFor(stack: Stack, balancer: Balancer, service: SiteService, port: number, target: Reference) {
  const comment = 'http inside the network: TLS ends at API Gateway, and nothing but its VPC link may connect.';
  const args = {
    load_balancer_arn: balancer.ref('arn'),
    port,
    protocol: 'HTTP',
    default_action: { type: 'forward', target_group_arn: target },
  };
  return stack.resource('aws_lb_listener', service.id, args, { comment });
}
