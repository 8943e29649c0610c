import type { Stack } from '../../aws/index.ts';
import type { Reference } from '../../hcl/index.ts';
import { type Site, servicesBehind } from '../../site/site.ts';
import type { InternalLoadBalancer } from '../ingress/internal-load-balancer.ts';
import type { Network } from './network.ts';
import { allowReach, securityGroup } from './security-group.ts';

/** The way of API Gateway into the network; it leads to the internal load balancer and nowhere else. Gives its id. */
export function vpcLink(stack: Stack, site: Site, network: Network, balancer: InternalLoadBalancer): Reference {
  const id = 'vpc_link';
  const group = securityGroup(stack, site, id, network.vpcId, 'VPC link of the HTTP API');
  const [first, ...others] = servicesBehind(site, 'http-api').map((service) => ({
    service,
    port: balancer.portOf(service),
    securityGroup: balancer.securityGroup,
  }));
  if (first) allowReach(stack, id, group, [{ ...first, name: balancer.id }]);
  for (const { service, ...reach } of others) {
    allowReach(stack, id, group, [{ ...reach, name: `${balancer.id}_${service.id}` }]);
  }
  const link = stack.resource(
    'aws_apigatewayv2_vpc_link',
    'main',
    { name: site.prefix, security_group_ids: [group], subnet_ids: network.taskSubnets },
    {
      comment: 'After 60 days without requests AWS puts a link to sleep; the next requests fail until it is awake.',
      lifecycle: {
        create_before_destroy: true,
        comment: 'A link cannot be changed, nor removed while the API uses it: the new one comes first.',
      },
    },
  );
  return link.ref('id');
}
