import type { SiteService } from './site.ts';

/**
 * Routes for what browsers ask before they send a token to another site (CORS). API Gateway answers that by itself where no route takes
 * it; one for `ANY` method does, and refuses it for want of a token.
 * Source: AWS, “Configure CORS for HTTP APIs in API Gateway”, on a route for everything with an authorizer
 * @param all services behind the same API
 */
export function preflights({ routes = {}, corsOrigins }: SiteService, all: readonly SiteService[]): string[] {
  if (corsOrigins.length === 0) return [];
  const taken = new Set(all.flatMap((service) => Object.keys(service.routes ?? {}).map(routeShape)));
  return Object.entries(routes)
    .filter(([key, rule]) => key.startsWith('ANY ') && rule !== 'public')
    .map(([key]) => key.replace('ANY', 'OPTIONS'))
    .filter((key) => !taken.has(routeShape(key)));
}

/** API Gateway tells routes apart by their method and path, whatever the names in braces. */
export function routeShape(key: string): string {
  return key.replaceAll(/\{[^}+]*(\+?)\}/g, '{$1}');
}
