import type { Stack } from '../../aws/index.ts';
import type { Site } from '../../site/site.ts';
import { encryptionKey } from '../secrets/encryption.ts';
import type { Grant } from '../access/grant.ts';
import { tableKey } from '../table.ts';

/** Ended sessions, for services without a database of their own: a record per logout, gone when the session would be. */
export function sessionTable(stack: Stack, site: Site, id: string): Grant {
  const table = stack.resource('aws_dynamodb_table', `${id}_sessions`, {
    name: `${site.prefix}-${id.replaceAll('_', '-')}-sessions`,
    billing_mode: 'PAY_PER_REQUEST',
    hash_key: 'key',
    deletion_protection_enabled: !site.ephemeral,
    attribute: { name: 'key', type: 'S' },
    ttl: { attribute_name: 'expiresAt', enabled: true },
    server_side_encryption: { enabled: true, kms_key_arn: encryptionKey(site) },
    point_in_time_recovery: { enabled: !site.ephemeral },
  });
  return {
    environment: { SESSION_TABLE: table.ref('name') },
    statements: [
      {
        sid: 'KeepEndedSessions',
        actions: ['dynamodb:BatchGetItem', 'dynamodb:PutItem'],
        resources: [table.ref('arn')],
      },
      ...tableKey(site),
    ],
    reach: [],
  };
}
