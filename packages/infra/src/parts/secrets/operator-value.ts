import type { Stack } from '../../aws/index.ts';
import { secretVariable } from '../../site/existing-values.ts';
import type { Site, SiteResource } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { pascal } from '../database/aurora.ts';
import { existingSecret } from './existing-secret.ts';
import type { Grant } from '../access/grant.ts';
import { operatorSecret, readSecrets } from './secrets.ts';

/** A resource of kind `secret`: the operator sets it, or has set it elsewhere; the service reads it under its own name. */
export function operatorValue(all: Stack, site: Site, account: Account, used: SiteResource): Grant {
  const stack = all.file('secrets.tf');
  const existing = existingSecret(stack, site, account, used);
  if (existing) return existing;
  const { id, resource } = used;
  const description = resource.kind === 'secret' ? resource.description : undefined;
  const variable = secretVariable(used);
  const arn = operatorSecret(stack, site, { name: variable, description: description ?? 'Set by the operator' });
  return {
    environment: { [`${variable}_SECRET_ARN`]: arn },
    statements: [readSecrets(`Read${pascal(id)}`, [arn])],
    reach: [],
  };
}
