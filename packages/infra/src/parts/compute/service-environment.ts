import type { Expression } from '../../hcl/index.ts';
import { containerPort, type Site, type SiteService } from '../../site/site.ts';

/** The variables that every service sees, but for its address and those in front of it. */
export function serviceEnvironment(site: Site, service: SiteService): Record<string, string | Expression> {
  return {
    NODE_ENV: 'production',
    PORT: String(containerPort),
    AWS_REGION: site.region,
    KEELSON_SERVICE: service.name,
    KEELSON_ENVIRONMENT: site.environment,
    ...(service.corsOrigins.length === 0 ? {} : { CORS_ORIGINS: service.corsOrigins.join(',') }),
  };
}
