import { call, type Expression } from '../hcl/index.ts';
import { containerPort, type Site, type SiteService } from '../site/site.ts';
import type { Network } from './network.ts';

/** The variables that every service sees, but for its address. */
export function serviceEnvironment(
  site: Site,
  service: SiteService,
  network: Network,
): Record<string, string | Expression> {
  return {
    NODE_ENV: 'production',
    PORT: String(containerPort),
    AWS_REGION: site.region,
    KEELSON_SERVICE: service.name,
    KEELSON_ENVIRONMENT: site.environment,
    // The load balancer stands in the public subnets; what it says of the caller is believed, what others say is not.
    TRUSTED_PROXIES: call('join', ',', network.publicBlocks),
  };
}
