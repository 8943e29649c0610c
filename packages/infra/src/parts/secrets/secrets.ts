import type { Handle, Stack } from '../../aws/index.ts';
import type { Reference } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import { encryptionKey } from './encryption.ts';
import type { Statement } from '../access/policy.ts';

export interface SecretArgs {
  /** Name of the variable it becomes. */
  readonly name: string;
  readonly description: string;
}

/** What `keelson secret set` has not replaced yet. */
export const unset = 'UNSET';

/** A secret whose value an operator sets: `keelson secret set <name> --env <environment>`. */
export function operatorSecret(stack: Stack, site: Site, args: SecretArgs): Reference {
  const id = args.name.toLowerCase();
  const secret = makeSecret(stack, site, args);
  const comment =
    '`npx keelson secret set` replaces the value; without any, nothing would start. Write-only: it never enters the state.';
  stack.resource(
    'aws_secretsmanager_secret_version',
    id,
    { secret_id: secret.ref('id'), secret_string_wo: unset, secret_string_wo_version: 1 },
    { comment },
  );
  return secret.ref('arn');
}

/** A secret that nobody needs to know, made in AWS at the first apply. */
export function generatedSecret(stack: Stack, site: Site, args: SecretArgs): Reference {
  const id = args.name.toLowerCase();
  const secret = makeSecret(stack, site, args);
  const password = stack.ephemeral(
    'aws_secretsmanager_random_password',
    id,
    { password_length: 64, exclude_punctuation: true },
    { comment: 'Exists while Terraform runs and is in no state; taken only when the version below changes.' },
  );
  stack.resource('aws_secretsmanager_secret_version', id, {
    secret_id: secret.ref('id'),
    secret_string_wo: password.ref('random_password'),
    secret_string_wo_version: 1,
  });
  return secret.ref('arn');
}

/** Lets the code read secrets. */
export function readSecrets(sid: string, arns: readonly Reference[]): Statement {
  return { sid, actions: ['secretsmanager:GetSecretValue'], resources: arns };
}

export function makeSecret(stack: Stack, site: Site, { name, description }: SecretArgs): Handle<'id' | 'arn'> {
  return stack.resource('aws_secretsmanager_secret', name.toLowerCase(), {
    name: secretName(site.app, site.environment, name),
    description,
    kms_key_id: encryptionKey(site),
    recovery_window_in_days: site.ephemeral ? 0 : 30,
  });
}

export function secretName(app: string, environment: string, variable: string): string {
  return `${app}/${environment}/${variable}`;
}
