import type { State } from '@keelson/contract';
import type { Stack } from '../aws/index.ts';
import { privateBucket } from './private-bucket.ts';

/** The bucket that keeps Terraform's state: versioned, private, TLS only; with the lock table when one is asked for. */
export function stateBucket(stack: Stack, state: State): void {
  const bucket = privateBucket(stack, 'state', {
    name: state.bucket,
    forceDestroy: false,
    encryptionReason: undefined,
    statements: () => [],
    lifecycle: {
      prevent_destroy: true,
      comment: 'Without the state, nothing that Terraform made can be changed or removed.',
    },
  });
  stack.resource('aws_s3_bucket_versioning', 'state', {
    bucket: bucket.id,
    versioning_configuration: { status: 'Enabled' },
  });
  stack.resource('aws_s3_bucket_lifecycle_configuration', 'state', {
    bucket: bucket.id,
    rule: {
      id: 'old-versions',
      status: 'Enabled',
      filter: {},
      noncurrent_version_expiration: { noncurrent_days: 90 },
      abort_incomplete_multipart_upload: { days_after_initiation: 7 },
    },
  });
  if (state.locking !== 'dynamodb') return;
  stack.resource('aws_dynamodb_table', 'state_locks', {
    name: `${state.bucket}-locks`,
    billing_mode: 'PAY_PER_REQUEST',
    hash_key: 'LockID',
    deletion_protection_enabled: true,
    attribute: { name: 'LockID', type: 'S' },
    server_side_encryption: { enabled: true },
    point_in_time_recovery: { enabled: true },
  });
}
