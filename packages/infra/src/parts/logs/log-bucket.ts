import type { Stack } from '../../aws/index.ts';
import { text } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { type PrivateBucket, privateBucket } from '../private-bucket.ts';

/** A private bucket for the load balancer’s access logs. */
export function logBucket(stack: Stack, site: Site, account: Account): PrivateBucket {
  const id = 'load_balancer_logs';
  const bucket = privateBucket(stack, id, {
    name: text`${site.prefix}-load-balancer-logs-${account.id}`,
    forceDestroy: site.ephemeral,
    encryptionReason: 'The load balancer writes only to buckets that are encrypted with the keys of S3 itself.',
    statements: ({ ref }) => [
      {
        Sid: 'WriteAccessLogs',
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: text`${ref('arn')}/AWSLogs/${account.id}/*`,
      },
    ],
  });
  stack.resource('aws_s3_bucket_lifecycle_configuration', id, {
    bucket: bucket.id,
    rule: { id: 'expire', status: 'Enabled', filter: {}, expiration: { days: site.logDays } },
  });
  return bucket;
}
