import type { Handle, Stack } from '../aws/index.ts';
import { type Expression, explained, type Reference, template, text } from '../hcl/index.ts';
import { containerPort, type Site, type SiteService } from '../site/site.ts';
import type { Account } from './account.ts';
import { certificate } from './certificate.ts';
import { logBucket } from './log-bucket.ts';
import type { Network } from './network.ts';
import { securityGroup } from './security-group.ts';

export interface LoadBalancer {
  readonly url: Expression;
  /** What tells a service its address. */
  readonly environment: Readonly<Record<string, string | Expression>>;
  readonly securityGroup: Reference;
  readonly listener: Handle<'arn'>;
  /** Sends a service its requests: everything to the first one, `/<name>/…` to the others. Gives its target group. */
  route(stack: Stack, service: SiteService): Reference;
}

const plainHttp = 'Without a domain there is no certificate: what people send, sign-ins too, can be read on the way.';

type Balancer = Handle<'arn' | 'dns_name' | 'zone_id'>;

/** A public load balancer: https for the domain; http alone only in an ephemeral environment without one. */
export function loadBalancer(stack: Stack, site: Site, account: Account, network: Network): LoadBalancer {
  const { domain } = site;
  const group = publicSecurityGroup(stack, site, network, domain === undefined ? [80] : [80, 443]);
  const balancer = makeBalancer(stack, site, account, network, group);
  const services = site.services.filter(({ compute }) => compute === 'fargate');
  const listener = domain === undefined ? httpListener(stack, balancer) : httpsListener(stack, site, balancer, domain);
  const url = domain === undefined ? text`http://${balancer.ref('dns_name')}` : template([`https://${domain}`]);
  return {
    url,
    environment: {
      PUBLIC_URL: url,
      ...(domain === undefined ? { PUBLIC_URL_INSECURE: explained('1', plainHttp) } : {}),
    },
    securityGroup: group,
    listener,
    route: (serviceStack, service) => {
      const target = targetGroup(serviceStack, site, network, service);
      routeRequests(serviceStack, listener, service, target, services.indexOf(service));
      return target;
    },
  };
}

function publicSecurityGroup(stack: Stack, site: Site, network: Network, ports: readonly number[]): Reference {
  const group = securityGroup(stack, site, 'load_balancer', network.vpcId, 'Load balancer');
  for (const port of ports) {
    stack.resource('aws_vpc_security_group_ingress_rule', `load_balancer_${port}`, {
      security_group_id: group,
      description: port === 443 ? 'https from anywhere' : 'http from anywhere',
      cidr_ipv4: '0.0.0.0/0',
      ip_protocol: 'tcp',
      from_port: port,
      to_port: port,
    });
  }
  return group;
}

function makeBalancer(stack: Stack, site: Site, account: Account, network: Network, group: Reference): Balancer {
  const logs = logBucket(stack, site, account);
  return stack.resource(
    'aws_lb',
    'main',
    {
      name: site.prefix,
      load_balancer_type: 'application',
      internal: false,
      subnets: network.publicSubnets,
      security_groups: [group],
      drop_invalid_header_fields: true,
      enable_deletion_protection: !site.ephemeral,
      idle_timeout: 60,
      access_logs: { bucket: logs.name, enabled: true },
    },
    { depends_on: [logs.policy, ...network.publicWayOut] },
  );
}

function httpListener(stack: Stack, balancer: Balancer): Handle<'arn'> {
  const comment = 'No certificate without a domain: for trying things out only. Give the environment a `domain`.';
  return stack.resource(
    'aws_lb_listener',
    'http',
    { load_balancer_arn: balancer.ref('arn'), port: 80, protocol: 'HTTP', default_action: notFound },
    { comment },
  );
}

function httpsListener(stack: Stack, site: Site, balancer: Balancer, domain: string): Handle<'arn'> {
  const validated = certificate(stack, domain, site.hostedZone ?? domain, balancer);
  stack.resource('aws_lb_listener', 'http', {
    load_balancer_arn: balancer.ref('arn'),
    port: 80,
    protocol: 'HTTP',
    default_action: { type: 'redirect', redirect: { port: '443', protocol: 'HTTPS', status_code: 'HTTP_301' } },
  });
  return stack.resource('aws_lb_listener', 'https', {
    load_balancer_arn: balancer.ref('arn'),
    port: 443,
    protocol: 'HTTPS',
    ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    certificate_arn: validated,
    default_action: notFound,
  });
}

/** What no rule of a service takes. */
const notFound = {
  type: 'fixed-response',
  fixed_response: { content_type: 'text/plain', status_code: '404', message_body: 'There is nothing here.' },
};

function targetGroup(stack: Stack, site: Site, network: Network, service: SiteService): Reference {
  const group = stack.resource('aws_lb_target_group', service.id, {
    name: `${site.prefix}-${service.name}`,
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

function routeRequests(stack: Stack, listener: Handle<'arn'>, service: SiteService, target: Reference, index: number) {
  const isFirst = index === 0;
  stack.resource('aws_lb_listener_rule', service.id, {
    listener_arn: listener.ref('arn'),
    priority: isFirst ? 1000 : index * 10,
    action: { type: 'forward', target_group_arn: target },
    condition: { path_pattern: { values: isFirst ? ['/*'] : [`/${service.name}`, `/${service.name}/*`] } },
  });
}
