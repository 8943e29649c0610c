import type { Stack } from '../../aws/index.ts';
import { explained, type Reference, text } from '../../hcl/index.ts';
import { existingValues } from '../../site/existing-values.ts';
import type { Site, SiteResource } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { pascal } from '../database/aurora.ts';
import type { Grant } from '../access/grant.ts';
import type { Statement } from '../access/policy.ts';
import { readSecrets } from './secrets.ts';

/** Variables from a secret that was there before, read at run time: nothing of it enters the state. `undefined` where Keelson makes its own. */
export function existingSecret(stack: Stack, site: Site, account: Account, used: SiteResource): Grant | undefined {
  const values = existingValues(site, used);
  const [first] = values;
  if (!first) return undefined;
  const secret = stack.data(
    'aws_secretsmanager_secret',
    used.id,
    { name: first.secretId },
    { comment: 'It was there before: nothing here makes it, changes it or takes it away. Its value is not read here.' },
  );
  const arn = secret.ref('arn');
  return {
    environment: Object.fromEntries(
      values.map(({ variable, key }) => [`${variable}_SECRET_ARN`, key === undefined ? arn : text`${arn}:${key}::`]),
    ),
    statements: [
      readSecrets(`Read${pascal(used.id)}Secret`, [arn]),
      decrypt(site, account, `Decrypt${pascal(used.id)}Secret`, arn),
    ],
    reach: [],
  };
}

/**
 * Whose key encrypts the secret is not ours to know, and may change: the condition names the secret instead.
 * Source: AWS Secrets Manager, “Secret encryption and decryption”, encryption context
 */
function decrypt(site: Site, account: Account, sid: string, arn: Reference): Statement {
  const reason =
    "Whichever key the secret's owner chose in this account; the condition admits this secret and no other.";
  return {
    sid,
    actions: ['kms:Decrypt'],
    resources: [explained(account.arn('kms', 'key/*'), reason)],
    condition: {
      StringEquals: {
        'kms:EncryptionContext:SecretARN': arn,
        'kms:ViaService': `secretsmanager.${site.region}.amazonaws.com`,
      },
    },
  };
}
