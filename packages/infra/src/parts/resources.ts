import type { Stack } from '../aws/index.ts';
import { type Site, type SiteResource, type SiteService, usedResources } from '../site/site.ts';
import type { Account } from './account.ts';
import { aurora, type Aurora } from './aurora.ts';
import { type Grant, mergeGrants } from './grant.ts';
import { login } from './login.ts';
import type { Network } from './network.ts';
import { operatorValue } from './operator-value.ts';
import { table, type Table } from './table.ts';
import { tokens, type Tokens } from './tokens.ts';

export interface Resources {
  readonly databases: readonly { readonly resource: SiteResource; readonly aurora: Aurora }[];
  readonly tables: readonly Table[];
  /** By name of the resource. */
  readonly tokens: ReadonlyMap<string, Tokens>;
  /** Everything that a service gets with what it uses. */
  grantFor(service: SiteService): Grant;
}

/** Whatever services use, made once each. */
export function resources(stack: Stack, site: Site, account: Account, network: Network): Resources {
  const used = usedResources(site);
  const isOnly = (kind: string) => used.filter(({ resource }) => resource.kind === kind).length === 1;
  const databases: { resource: SiteResource; aurora: Aurora }[] = [];
  const tables: Table[] = [];
  const tokensByName = new Map<string, Tokens>();

  const make = (resource: SiteResource): ((service: SiteService) => Grant) => {
    switch (resource.resource.kind) {
      case 'postgres': {
        const file = stack.file(isOnly('postgres') ? 'database.tf' : `database-${resource.name}.tf`);
        const made = aurora(file, site, account, network, resource);
        databases.push({ resource, aurora: made });
        return () => made.grant;
      }
      case 'table': {
        const made = table(stack.file('tables.tf'), site, resource);
        tables.push(made);
        return () => made.grant;
      }
      case 'tokens': {
        const made = tokens(stack, site, resource, { account, isOnly: isOnly('tokens') });
        tokensByName.set(resource.name, made);
        return () => made.grant;
      }
      case 'login':
        return login(stack, site, resource).grantFor;
      case 'secret': {
        const grant = operatorValue(stack, site, resource);
        return () => grant;
      }
    }
  };
  const grants = new Map(used.map((resource) => [resource.name, make(resource)]));
  return {
    databases,
    tables,
    tokens: tokensByName,
    grantFor: (service) => mergeGrants(service.uses.flatMap(({ name }) => grants.get(name)?.(service) ?? [])),
  };
}
