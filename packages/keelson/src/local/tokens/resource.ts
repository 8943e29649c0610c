import { type App, fillName, type Resource } from '@keelson/contract';

export type TokensResource = Extract<Resource, { kind: 'tokens' }>;

/** What tokens are for, on this machine: `https://show-service-local.api`. */
export function identifierOf({ identifier = 'https://{app}-{env}.api' }: TokensResource, app: Pick<App, 'name'>) {
  return fillName(identifier, { app: app.name, environment: 'local' });
}

/** Machines by name, with their scopes; for want of any, one that may do everything. */
export function clientsOf({ clients = {}, scopes }: TokensResource): Readonly<Record<string, readonly string[]>> {
  return Object.keys(clients).length > 0 ? clients : { local: Object.keys(scopes) };
}
