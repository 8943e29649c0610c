import { accessTo } from './own.ts';
import { networkThings } from './network.ts';
import type { Scope } from './services.ts';
import type { Statement } from '../access/policy.ts';

/**
 * What has only an id is changed where it carries the app's tags, and not where it carries none; what carries those of another
 * environment is refused by the boundary.
 */
export function taggedStatements(made: readonly string[], app: string, scope: Scope): Statement[] {
  const limited = made.flatMap((service) => {
    const { tagged } = accessTo(service);
    return tagged === undefined ? [] : [{ service, actions: tagged.actions, things: tagged.things(scope) }];
  });
  if (limited.length === 0) return [];
  const isNotOurs = { StringNotEquals: { 'aws:ResourceTag/Project': app } };
  return [
    {
      sid: 'ChangeOnlyWhatIsTagged',
      effect: 'Deny',
      actions: limited.flatMap(({ service, actions }) => actions.map((action) => `${service}:${action}`)),
      resources: limited.flatMap(({ things }) => things),
      condition: isNotOurs,
    },
    ...creations(scope)
      .filter(({ service }) => made.includes(service))
      .map(({ service, action, things }) => ({
        sid: `TagOnlyNew${service === 'ec2' ? 'Networks' : 'Files'}`,
        effect: 'Deny' as const,
        actions: [`${service}:${action}`],
        resources: things,
        condition: { ...isNotOurs, Null: { [`${service}:CreateAction`]: 'true' } },
      })),
  ];
}

/** Services that tell tagging something new from tagging what is there; the others have no condition for it. */
function creations(scope: Scope) {
  return [
    { service: 'ec2', action: 'CreateTags', things: networkThings(scope) },
    {
      service: 'elasticfilesystem',
      action: 'TagResource',
      things: accessTo('elasticfilesystem').tagged?.things(scope) ?? [],
    },
  ];
}
