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
 * Whether a path, without its query, matches a pattern of the load balancer: case matters, and nothing is decoded. AWS says
 * that it normalises addresses before it compares, and not how; that is left out.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions
 */
export function matchesPath(pattern: string, path: string): boolean {
  let inPattern = 0;
  let inPath = 0;
  // The last `*`, and how far it reaches: when what follows does not match, it takes one character more.
  let star = -1;
  let reach = 0;
  while (inPath < path.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      star = inPattern++;
      reach = inPath;
    } else if (wanted !== undefined && (wanted === '?' || wanted === path[inPath])) {
      inPattern++;
      inPath++;
    } else if (star >= 0) {
      inPattern = star + 1;
      inPath = ++reach;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(inPattern));
}

function isBehindLoadBalancer(service: Service): boolean {
  return service.compute === 'fargate' && ingressOf(service) === 'load-balancer';
}
