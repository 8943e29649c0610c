import type { Stack } from '../../aws/index.ts';
import type { Site, SiteResource } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { aurora } from './aurora.ts';
import type { Cluster } from '../compute/cluster.ts';
import { databaseContainer } from './database-container.ts';
import type { Grant } from '../access/grant.ts';
import type { Network } from '../network/network.ts';
import type { Note } from '../note.ts';

/** A PostgreSQL, whatever runs it. */
export interface Database {
  /** For the services that use the database. */
  readonly grant: Grant;
  /** For the task that runs the migrations, and at Aurora makes the services' user. */
  readonly master: Grant;
  readonly notes?: readonly Note[];
}

export interface DatabaseArgs {
  readonly account: Account;
  readonly network: Network;
  readonly cluster: Cluster;
  /** The environment has no other database: names need not say which. */
  readonly isOnly: boolean;
}

/** The engine that the environment asks for. */
export function database(all: Stack, site: Site, resource: SiteResource, args: DatabaseArgs): Database {
  const stack = all.file(args.isOnly ? 'database.tf' : `database-${resource.name}.tf`);
  return site.database.engine === 'container'
    ? databaseContainer(all, stack, site, resource, args)
    : aurora(stack, site, args.account, args.network, resource);
}
