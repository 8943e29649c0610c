import type { Identity, Person } from '@keelson/runtime/session';

/** The signed-in person of a request. The guard let nobody else through, so anything else is a mistake in a route's rule. */
export function personOf({ identity }: { identity: Identity | null }): Person {
  if (identity?.kind !== 'person') throw new Error('a route that greets people was opened to others');
  return identity;
}
