/** Files of `infra/<environment>` that are about one concern each. */
const concerns: ReadonlySet<string> = new Set([
  'account',
  'backend',
  'cluster',
  'database',
  'delivery',
  'domain',
  'encryption',
  'github-actions',
  'http-api',
  'load-balancer',
  'log-search',
  'mail',
  'migrate',
  'network',
  'outputs',
  'routes',
  'secrets',
  'sessions',
  'tables',
  'variables',
  'versions',
  'vpc-link',
]);

/** Where a service is written: in a file of its name, unless a concern has that name. */
export function serviceFile(service: string): string {
  return concerns.has(service) ? `${service}-service.tf` : `${service}.tf`;
}
