import type { Stack } from '../../aws/index.ts';
import type { Reference } from '../../hcl/index.ts';
import { type Site, servicesBehind, servicesOfApi } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { type HttpApi, httpApi } from './http-api.ts';
import { internalLoadBalancer } from './internal-load-balancer.ts';
import { logBucket } from '../logs/log-bucket.ts';
import type { Network } from '../network/network.ts';
import { onceNeeded } from '../once-needed.ts';
import { type PublicLoadBalancer, publicLoadBalancer } from './public-load-balancer.ts';
import type { Tokens } from '../tokens/tokens.ts';

/** The ways in that services need. Express brings its own. */
export interface Ingresses {
  readonly 'load-balancer': PublicLoadBalancer | undefined;
  readonly 'http-api': HttpApi | undefined;
}

export interface IngressArgs {
  readonly account: Account;
  readonly network: () => Network;
  /** By name of the resource. */
  readonly tokens: ReadonlyMap<string, Tokens>;
  /** Id of the hosted zone of the environment's domain, looked up when it is first asked for. */
  readonly zone: () => Reference;
}

export function ingresses(stack: Stack, site: Site, args: IngressArgs): Ingresses {
  const { account, network, tokens, zone } = args;
  const isBehind = (ingress: keyof Ingresses) => servicesBehind(site, ingress).length > 0;
  const file = stack.file('load-balancer.tf');
  const logs = onceNeeded(() => logBucket(file, site, account));
  const behindApi = () => {
    const net = network();
    return { network: net, balancer: internalLoadBalancer(file, site, net, logs) };
  };
  const hasApi = servicesOfApi(site).length > 0;
  return {
    'load-balancer': isBehind('load-balancer')
      ? publicLoadBalancer(file, site, { network: network(), logs, zone })
      : undefined,
    'http-api': hasApi
      ? httpApi(stack, site, { behind: isBehind('http-api') ? behindApi() : undefined, tokens, zone })
      : undefined,
  };
}
