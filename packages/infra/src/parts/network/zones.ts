import type { App } from '@keelson/contract';
import type { Handle, Stack } from '../../aws/index.ts';
import type { Reference } from '../../hcl/index.ts';
import { hostedZoneOf, identifier, type Site } from '../../site/site.ts';

/**
 * The hosted zones that environments ask for. They are made with what is shared, so that people can name their servers
 * before an environment waits for a certificate in them, and environments that share a zone do not each make one.
 */
export function zones(all: Stack, app: App): void {
  const environments = Object.values(app.environments ?? {});
  const wanted = environments.flatMap((each) => (each.createZone ? (hostedZoneOf(each) ?? []) : []));
  const stack = all.file('zones.tf');
  for (const name of new Set(wanted)) {
    const id = identifier(name.replaceAll('.', '-'));
    const users = environments.filter((each) => each.createZone && hostedZoneOf(each) === name);
    const isEphemeral = users.every(({ ephemeral }) => ephemeral);
    const zone = stack.resource(
      'aws_route53_zone',
      id,
      { name, comment: `Made for ${app.name}`, force_destroy: isEphemeral },
      { comment: delegate(name, id) },
    );
    stack.output(`${id}_name_servers`, {
      description: `Enter these as NS records of ${name} where its parent zone or its registrar keeps them, before an environment is applied`,
      value: zone.ref('name_servers'),
    });
  }
}

function delegate(name: string, id: string): string {
  return `The zone answers to nobody until its parent names its servers. After this directory is applied:
1. terraform output ${id}_name_servers
2. Enter them as NS records of ${name} at the parent zone or the registrar.
3. dig +short NS ${name} must print them; then apply the environments. Before that, their certificates would wait for a proof that nobody can read.`;
}

/** The hosted zone of the environment's domain: it is there already, made by a person or with what is shared. */
export function hostedZone(stack: Stack, site: Pick<Site, 'hostedZone'>): Reference {
  const zone: Handle<'zone_id'> = stack.data('aws_route53_zone', 'main', { name: site.hostedZone ?? '' });
  return zone.ref('zone_id');
}
