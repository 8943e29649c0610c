import { resourceKinds } from '@keelson/contract';
import type { Stack } from '../aws/index.ts';
import type { Site, SiteResource } from '../site/site.ts';
import { pascal } from './aurora.ts';
import type { Grant } from './grant.ts';
import { operatorSecret, readSecrets } from './secrets.ts';

/** A resource of kind `secret`: the operator sets it, the service reads it under its own name. */
export function operatorValue(stack: Stack, site: Site, { name, id, resource }: SiteResource): Grant {
  const given = resource.kind === 'secret' ? resource : undefined;
  const [variable] = resourceKinds.secret.forms({ name: given?.variable ?? name, usedKinds: new Set() })[0] ?? [];
  const variableName = variable?.name ?? id.toUpperCase();
  const arn = operatorSecret(stack.file('secrets.tf'), site, {
    name: variableName,
    description: given?.description ?? 'Set by the operator',
  });
  return {
    environment: { [`${variableName}_SECRET_ARN`]: arn },
    statements: [readSecrets(`Read${pascal(id)}`, [arn])],
    reach: [],
  };
}
