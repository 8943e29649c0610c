import type { Stack } from '../../aws/index.ts';
import { explained, jsonencode, ref, type Reference, text, type Value } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import type { Account } from '../account.ts';
import type { Statement } from '../access/policy.ts';

const type = 'aws_kms_key';
const id = 'main';

/** The environment's own key, or `undefined` where AWS's keys encrypt. */
export function encryptionKey({ encryption }: Pick<Site, 'encryption'>): Reference | undefined {
  return encryption === 'kms' ? ref(`${type}.${id}.arn`) : undefined;
}

/** One key for secrets, logs and data, when the environment asks for one. AWS changes its material every year. */
export function encryption(all: Stack, site: Site, account: Account): void {
  if (site.encryption !== 'kms') return;
  const stack = all.file('encryption.tf');
  const key = stack.resource(
    type,
    id,
    {
      description: `Secrets, logs and data of ${site.prefix}`,
      enable_key_rotation: true,
      deletion_window_in_days: site.ephemeral ? 7 : 30,
      policy: jsonencode({
        Version: '2012-10-17',
        Statement: [accountDecides(account), logsEncrypt(site, account)],
      }),
    },
    { comment: 'What it has encrypted is lost with it: a deletion can be called off while the window is open.' },
  );
  stack.resource('aws_kms_alias', id, { name: `alias/${site.prefix}`, target_key_id: key.ref('key_id') });
}

function accountDecides(account: Account): Value {
  return {
    Sid: 'PoliciesOfTheAccountDecide',
    Effect: 'Allow',
    Principal: { AWS: text`arn:${account.partition}:iam::${account.id}:root` },
    Action: explained('kms:*', 'Grants nobody anything by itself; without it nobody could change or delete the key.'),
    Resource: explained('*', 'In the policy of a key this is the key.'),
  };
}

/** The other services use the key for whoever calls them; CloudWatch Logs uses it in its own name. */
function logsEncrypt(site: Site, account: Account): Value {
  return {
    Sid: 'LogsOfThisAccount',
    Effect: 'Allow',
    Principal: { Service: `logs.${site.region}.amazonaws.com` },
    Action: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    Resource: explained('*', 'In the policy of a key this is the key.'),
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': account.arn('logs', 'log-group:*') } },
  };
}

/** What a role needs beside reading secrets, where they are encrypted with the environment's key. */
export function decryptSecrets(site: Site, statements: readonly Statement[]): Statement[] {
  const reads = statements.some(({ actions }) => actions.includes('secretsmanager:GetSecretValue'));
  return reads ? useKey(site, 'DecryptSecrets', 'secretsmanager', ['kms:Decrypt']) : [];
}

/** The key through one service of AWS and no other way; nothing where AWS's keys encrypt. */
export function useKey(site: Site, sid: string, service: string, actions: readonly string[]): Statement[] {
  const key = encryptionKey(site);
  if (!key) return [];
  const condition = { StringEquals: { 'kms:ViaService': `${service}.${site.region}.amazonaws.com` } };
  return [{ sid, actions, resources: [key], condition }];
}
