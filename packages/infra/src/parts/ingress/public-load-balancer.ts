import type { Handle, Stack } from '../../aws/index.ts';
import { call, explained, type Reference, template, text } from '../../hcl/index.ts';
import type { Site, SiteService } from '../../site/site.ts';
import { aliasRecord, certificate } from '../network/certificate.ts';
import type { ServiceIngress } from './service-ingress.ts';
import { type Balancer, makeBalancer, targetGroup } from './load-balancer.ts';
import type { Network } from '../network/network.ts';
import type { PrivateBucket } from '../private-bucket.ts';
import { securityGroup } from '../network/security-group.ts';

const plainHttp = 'Without a domain there is no certificate: what people send, sign-ins too, can be read on the way.';

const id = 'load_balancer';

export interface PublicBalancerArgs {
  readonly network: Network;
  /** Bucket of the access logs. */
  readonly logs: () => PrivateBucket;
  /** Id of the hosted zone of the environment's domain. */
  readonly zone: () => Reference;
}

export interface PublicLoadBalancer extends ServiceIngress {
  /** Host name that AWS gave it. */
  readonly dnsName: Reference;
}

/**
 * A public load balancer that all services share: https for the domain; http alone only in an ephemeral environment without
 * one. Paths decide which service gets a request.
 */
export function publicLoadBalancer(stack: Stack, site: Site, args: PublicBalancerArgs): PublicLoadBalancer {
  const { domain } = site;
  const { network, logs, zone } = args;
  const group = publicSecurityGroup(stack, site, network, domain === undefined ? [80] : [80, 443]);
  const balancer = makeBalancer(stack, site, 'main', {
    name: site.prefix,
    internal: false,
    subnets: network.publicSubnets,
    securityGroup: group,
    logs: logs(),
    wayOut: network.publicWayOut,
  });
  const listener =
    domain === undefined ? httpListener(stack, balancer) : httpsListener(stack, balancer, domain, zone());
  const url = domain === undefined ? text`http://${balancer.ref('dns_name')}` : template([`https://${domain}`]);
  return {
    url,
    environment: {
      // The load balancer stands in the public subnets; what it says of the caller is believed, what others say is not.
      TRUSTED_PROXIES: call('join', ',', network.publicBlocks),
      PUBLIC_URL: url,
      ...(domain === undefined ? { PUBLIC_URL_INSECURE: explained('1', plainHttp) } : {}),
    },
    id,
    dnsName: balancer.ref('dns_name'),
    securityGroup: group,
    route: (serviceStack, service) => {
      const target = targetGroup(serviceStack, network, service);
      return { target, attachment: routeRequests(serviceStack, listener, site, service, target) };
    },
  };
}

function publicSecurityGroup(stack: Stack, site: Site, network: Network, ports: readonly number[]): Reference {
  const group = securityGroup(stack, site, id, network.vpcId, 'Load balancer');
  for (const port of ports) {
    stack.resource('aws_vpc_security_group_ingress_rule', `${id}_${port}`, {
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

function httpListener(stack: Stack, balancer: Balancer): Handle<'arn'> {
  const comment = 'No certificate without a domain: for trying things out only. Give the environment a `domain`.';
  return stack.resource(
    'aws_lb_listener',
    'http',
    { load_balancer_arn: balancer.ref('arn'), port: 80, protocol: 'HTTP', default_action: notFound },
    { comment },
  );
}

function httpsListener(stack: Stack, balancer: Balancer, domain: string, zone: Reference): Handle<'arn'> {
  const arn = certificate(stack, domain, zone);
  aliasRecord(stack, zone, domain, { name: balancer.ref('dns_name'), zone_id: balancer.ref('zone_id') });
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
    certificate_arn: arn,
    default_action: notFound,
  });
}

/** What no rule of a service takes. */
const notFound = {
  type: 'fixed-response',
  fixed_response: { content_type: 'text/plain', status_code: '404', message_body: 'There is nothing here.' },
};

/** Rules are asked in the order of their numbers; the gaps leave room for rules of your own. */
function routeRequests(
  stack: Stack,
  listener: Handle<'arn'>,
  { pathRules }: Site,
  service: SiteService,
  target: Reference,
): { readonly address: string } {
  const index = pathRules.findIndex((rule) => rule.service === service.name);
  const patterns = pathRules[index]?.patterns ?? [];
  return stack.resource('aws_lb_listener_rule', service.id, {
    listener_arn: listener.ref('arn'),
    priority: patterns.includes('/*') ? 1000 : (index + 1) * 10,
    action: { type: 'forward', target_group_arn: target },
    condition: { path_pattern: { values: [...patterns] } },
  });
}
