import type { Stack } from '../aws/index.ts';
import type { Reference } from '../hcl/index.ts';
import { type Site, type SiteResource, type SiteService, usedResources } from '../site/site.ts';
import type { Account } from './account.ts';
import { accounts } from './accounts.ts';
import type { Cluster } from './compute/cluster.ts';
import { database, type Database } from './database/database.ts';
import { decryptSecrets } from './secrets/encryption.ts';
import { type Grant, mergeGrants } from './access/grant.ts';
import { logSearch } from './logs/log-search.ts';
import { login } from './login/login.ts';
import { mail } from './mail/mail.ts';
import type { Network } from './network/network.ts';
import type { Note } from './note.ts';
import { operatorValue } from './secrets/operator-value.ts';
import { table, type Table } from './table.ts';
import { tokens, type Tokens } from './tokens/tokens.ts';

export interface Resources {
  readonly databases: readonly { readonly resource: SiteResource; readonly database: Database }[];
  readonly tables: readonly Table[];
  /** By name of the resource. */
  readonly tokens: ReadonlyMap<string, Tokens>;
  /** What people have to know or do. */
  readonly notes: readonly Note[];
  /** Everything that a service gets with what it uses. */
  grantFor(service: SiteService): Grant;
}

export interface ResourceArgs {
  readonly account: Account;
  /** Made when a resource first needs it. */
  readonly network: () => Network;
  readonly cluster: () => Cluster;
  /** Id of the hosted zone of the environment's domain, looked up when it is first asked for. */
  readonly zone: () => Reference;
}

/** Whatever services use, made once each. */
export function resources(stack: Stack, site: Site, args: ResourceArgs): Resources {
  const { account } = args;
  const used = usedResources(site);
  const isOnly = (kind: string) => used.filter(({ resource }) => resource.kind === kind).length === 1;
  const databases: { resource: SiteResource; database: Database }[] = [];
  const tables: Table[] = [];
  const notes: Note[] = [];
  const tokensByName = new Map<string, Tokens>();

  const make = (resource: SiteResource): ((service: SiteService) => Grant) => {
    switch (resource.resource.kind) {
      case 'postgres': {
        const made = database(stack, site, resource, {
          account,
          network: args.network(),
          cluster: args.cluster(),
          isOnly: isOnly('postgres'),
        });
        databases.push({ resource, database: made });
        notes.push(...(made.notes ?? []));
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
        return login(stack, site, account, resource).grantFor;
      case 'accounts': {
        const grant = accounts(stack, site, resource);
        return () => grant;
      }
      case 'mail': {
        const made = mail(stack.file('mail.tf'), site, resource, args.zone);
        notes.push(...made.notes);
        return () => made.grant;
      }
      case 'log-search': {
        const made = logSearch(stack.file('log-search.tf'), site, account, resource);
        notes.push(...made.notes);
        return () => made.grant;
      }
      case 'secret': {
        const grant = operatorValue(stack, site, account, resource);
        return () => grant;
      }
    }
  };
  const grants = new Map(used.map((resource) => [resource.name, make(resource)]));
  return {
    databases,
    tables,
    tokens: tokensByName,
    notes,
    grantFor: (service) => {
      const grant = mergeGrants(service.uses.flatMap(({ name }) => grants.get(name)?.(service) ?? []));
      return { ...grant, statements: [...grant.statements, ...decryptSecrets(site, grant.statements)] };
    },
  };
}
