import type { Handle, Stack } from '../aws/index.ts';
import { jsonencode, type Reference, text } from '../hcl/index.ts';
import type { Site } from '../site/site.ts';
import type { Account } from './account.ts';

export interface LogBucket {
  readonly name: Reference;
  readonly policy: { readonly address: string };
}

type Bucket = Handle<'id' | 'arn' | 'bucket'>;

/** A private bucket for the load balancer’s access logs. */
export function logBucket(stack: Stack, site: Site, account: Account): LogBucket {
  const id = 'load_balancer_logs';
  const bucket = stack.resource('aws_s3_bucket', id, {
    bucket: text`${site.prefix}-load-balancer-logs-${account.id}`,
    force_destroy: site.ephemeral,
  });
  lockDown(stack, id, bucket);
  stack.resource(
    'aws_s3_bucket_lifecycle_configuration',
    id,
    {
      bucket: bucket.ref('id'),
      rule: { id: 'expire', status: 'Enabled', filter: {}, expiration: { days: site.logDays } },
    },
    {},
  );
  const policy = stack.resource(
    'aws_s3_bucket_policy',
    id,
    { bucket: bucket.ref('id'), policy: logPolicy(bucket, account) },
    { depends_on: [{ address: `aws_s3_bucket_public_access_block.${id}` }] },
  );
  return { name: bucket.ref('bucket'), policy };
}

function lockDown(stack: Stack, id: string, bucket: Bucket): void {
  stack.resource('aws_s3_bucket_public_access_block', id, {
    bucket: bucket.ref('id'),
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  stack.resource('aws_s3_bucket_ownership_controls', id, {
    bucket: bucket.ref('id'),
    rule: { object_ownership: 'BucketOwnerEnforced' },
  });
  stack.resource(
    'aws_s3_bucket_server_side_encryption_configuration',
    id,
    { bucket: bucket.ref('id'), rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } } },
    { comment: 'The load balancer writes to buckets with S3’s own keys only.' },
  );
}

function logPolicy(bucket: Bucket, account: Account) {
  return jsonencode({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'WriteAccessLogs',
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: text`${bucket.ref('arn')}/AWSLogs/${account.id}/*`,
      },
      {
        Sid: 'RefusePlainHttp',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [bucket.ref('arn'), text`${bucket.ref('arn')}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  });
}
