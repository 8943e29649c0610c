import type { Stack } from '../aws/index.ts';
import { type Expression, text } from '../hcl/index.ts';
import type { Site } from '../site/site.ts';
import type { MadeService } from './made-service.ts';

export interface OutputArgs {
  readonly services: readonly MadeService[];
  /** By database. */
  readonly migrations: ReadonlyMap<string, Expression>;
}

/** What a person or a pipeline needs to know after an apply. */
export function outputs(stack: Stack, site: Site, { services, migrations }: OutputArgs): void {
  const [first] = services;
  if (first) stack.output('url', { description: 'Address that people reach the app at', value: first.url });
  stack.output('ingress_paths', {
    description: 'Endpoints of each service, as AWS made them',
    value: Object.fromEntries(services.map(({ name, ingressPaths, url }) => [name, ingressPaths ?? [url]])),
  });
  stack.output('service_arns', {
    description: 'ARN of each service',
    value: Object.fromEntries(services.map(({ name, arn }) => [name, arn])),
  });
  if (first) loginOutputs(stack, site, first.url);
  for (const [database, command] of migrations) {
    stack.output(migrations.size === 1 ? 'migrate_command' : `${database}_migrate_command`, {
      description: `Makes the user of ${database} and runs its migrations; start it after the first apply and whenever there are new ones`,
      value: command,
    });
  }
}

function loginOutputs(stack: Stack, site: Site, url: Expression): void {
  const resources = new Map(site.services.flatMap(({ uses }) => uses.map((used) => [used.name, used.resource])));
  for (const resource of resources.values()) {
    if (resource.kind !== 'login') continue;
    const prefix = resource.provider === 'generic' ? 'oidc' : resource.provider;
    stack.output(`${prefix}_callback_url`, {
      description: 'Register this address with the provider as an allowed callback',
      value: text`${url}${resource.callbackPath ?? '/auth/callback'}`,
    });
    stack.output(`${prefix}_logout_url`, {
      description: 'Register this address with the provider as allowed after a logout',
      value: text`${url}/`,
    });
  }
}
