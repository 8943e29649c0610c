import { accessTo, type Directory, ownIn, resourcesIn, serviceOf, sorted, wordOf } from './own.ts';
import { type Reads, reads } from './reads.ts';
import type { Scope } from './services.ts';
import { everything, type Statement } from '../access/policy.ts';

/** Everything that a refresh reads of what the directories hold, a statement for each service of AWS. */
export function readStatements(stacks: readonly Directory[], scope: Scope): Statement[] {
  const asked = readsIn(stacks);
  const actions = sorted(asked.flatMap(({ own = [] }) => own));
  return [
    ...sorted(actions.map(serviceOf)).map((service) => ({
      sid: `Read${wordOf(service)}`,
      actions: actions.filter((action) => serviceOf(action) === service),
      resources: ownIn(service, scope, stacks),
      ...(accessTo(service).readTagged
        ? { condition: { StringEquals: { 'aws:ResourceTag/Project': scope.path.split('/')[0] ?? '' } } }
        : {}),
    })),
    {
      sid: 'ReadLists',
      actions: sorted(asked.flatMap(({ anywhere = [] }) => anywhere)),
      resources: everything('Lists, and descriptions that AWS has no resource level for.'),
    },
  ];
}

/** @throws Error for a type that is not in github-reads.ts: the roles would be too small */
export function readsIn(stacks: readonly Directory[]): Reads[] {
  const types = resourcesIn(stacks).map(({ kind, type }) => (kind === 'resource' ? type : `${kind}.${type}`));
  return sorted(types).map((type) => {
    const found = reads[type];
    if (found) return found;
    throw new Error(`Roles for GitHub Actions do not know ${type}: say in github-reads.ts what a refresh of it reads.`);
  });
}
