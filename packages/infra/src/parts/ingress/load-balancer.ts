import type { Handle, Stack } from '../../aws/index.ts';
import type { Reference } from '../../hcl/index.ts';
import { containerPort, type Site, type SiteService } from '../../site/site.ts';
import type { Network } from '../network/network.ts';
import type { PrivateBucket } from '../private-bucket.ts';

export interface BalancerArgs {
  readonly name: string;
  /** Reached from inside the network alone. */
  readonly internal: boolean;
  readonly subnets: Reference;
  readonly securityGroup: Reference;
  readonly logs: PrivateBucket;
  /** What it comes after and goes before. */
  readonly wayOut: readonly { readonly address: string }[];
}

export type Balancer = Handle<'arn' | 'dns_name' | 'zone_id'>;

/** An application load balancer that logs every request. */
export function makeBalancer(stack: Stack, site: Site, id: string, args: BalancerArgs): Balancer {
  return stack.resource(
    'aws_lb',
    id,
    {
      name: args.name,
      load_balancer_type: 'application',
      internal: args.internal,
      subnets: args.subnets,
      security_groups: [args.securityGroup],
      drop_invalid_header_fields: true,
      enable_deletion_protection: !site.ephemeral,
      idle_timeout: 60,
      access_logs: { bucket: args.logs.name, enabled: true },
    },
    { depends_on: [args.logs.policy, ...args.wayOut] },
  );
}

/** The running tasks of a service; those that do not answer `health` get no requests. */
export function targetGroup(stack: Stack, network: Network, service: SiteService): Reference {
  const group = stack.resource('aws_lb_target_group', service.id, {
    name: service.names.targetGroup,
    vpc_id: network.vpcId,
    target_type: 'ip',
    protocol: 'HTTP',
    port: containerPort,
    deregistration_delay: '20',
    health_check: {
      path: service.health,
      matcher: '200',
      interval: 15,
      timeout: 5,
      healthy_threshold: 2,
      unhealthy_threshold: 3,
    },
  });
  return group.ref('arn');
}
