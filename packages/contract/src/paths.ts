import { ingressOf } from './ingress.ts';
import type { Service } from './schema.ts';

type Services = Readonly<Record<string, Service>>;

/** One rule of the load balancer that all services on Fargate share. */
export interface PathRule {
  readonly service: string;
  /** As in the configuration: `*` stands for any characters, `?` for one. */
  readonly patterns: readonly string[];
}

/** The rules in their order: the first that matches decides. Empty where no service is behind the load balancer. */
export function pathRules(services: Services): readonly PathRule[] {
  const behind = Object.entries(services).filter(([, service]) => isBehindLoadBalancer(service));
  const rest = behind.find(([, { paths }]) => paths === undefined)?.[0];
  const rules = behind.flatMap(([service, { paths }]) =>
    service === rest ? [] : [{ service, patterns: paths ?? [`/${service}`, `/${service}/*`] }],
  );
  return rest === undefined ? rules : [...rules, { service: rest, patterns: ['/*'] }];
}

/**
 * The service whose local address is the load balancer's: that which gets whatever no rule takes, otherwise the first one.
 * `undefined` where no service is behind the load balancer.
 */
export function frontService(services: Services): string | undefined {
  const rules = pathRules(services);
  const last = rules.at(-1);
  return last?.patterns.includes('/*') ? last.service : rules[0]?.service;
}

/**
 * Whether a path, without its query, matches a pattern of the load balancer: case matters, and nothing is decoded.
 * Source: AWS, Elastic Load Balancing, path conditions.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const source = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, (character) =>
    character === '*' ? '.*' : character === '?' ? '.' : `\\${character}`,
  );
  return new RegExp(`^${source}$`, 's').test(path);
}

function isBehindLoadBalancer(service: Service): boolean {
  return service.compute === 'fargate' && ingressOf(service) === 'load-balancer';
}
