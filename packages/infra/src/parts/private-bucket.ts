import type { Handle, Meta, Stack } from '../aws/index.ts';
import { type Expression, jsonencode, type Reference, text, type Value } from '../hcl/index.ts';

export interface PrivateBucketArgs {
  readonly name: string | Expression;
  readonly forceDestroy: boolean;
  /** Why S3's own keys encrypt it, where that is a choice. */
  readonly encryptionReason: string | undefined;
  /** ARN of a key of one's own. @default the keys of S3 */
  readonly key?: Reference | undefined;
  /** What others may do in it. */
  readonly statements: (bucket: Handle<'arn'>) => Value[];
  readonly lifecycle?: Meta['lifecycle'];
}

export interface PrivateBucket {
  readonly id: Reference;
  readonly name: Reference;
  readonly arn: Reference;
  readonly policy: { readonly address: string };
}

/** A bucket that is encrypted, closed to the public and to plain http, and owned by this account. */
export function privateBucket(stack: Stack, id: string, args: PrivateBucketArgs): PrivateBucket {
  const bucket = stack.resource(
    'aws_s3_bucket',
    id,
    { bucket: args.name, force_destroy: args.forceDestroy },
    { lifecycle: args.lifecycle },
  );
  const reference = { bucket: bucket.ref('id') };
  const block = stack.resource('aws_s3_bucket_public_access_block', id, {
    ...reference,
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  stack.resource('aws_s3_bucket_ownership_controls', id, {
    ...reference,
    rule: { object_ownership: 'BucketOwnerEnforced' },
  });
  stack.resource(
    'aws_s3_bucket_server_side_encryption_configuration',
    id,
    {
      ...reference,
      rule: {
        apply_server_side_encryption_by_default: args.key
          ? { sse_algorithm: 'aws:kms', kms_master_key_id: args.key }
          : { sse_algorithm: 'AES256' },
        // One call to KMS for many objects.
        bucket_key_enabled: args.key ? true : undefined,
      },
    },
    { comment: args.encryptionReason },
  );
  const statements = [...args.statements(bucket), refusePlainHttp(bucket)];
  const policy = stack.resource(
    'aws_s3_bucket_policy',
    id,
    { ...reference, policy: jsonencode({ Version: '2012-10-17', Statement: statements }) },
    { depends_on: [block] },
  );
  return { id: bucket.ref('id'), name: bucket.ref('bucket'), arn: bucket.ref('arn'), policy };
}

function refusePlainHttp(bucket: Handle<'arn'>): Value {
  return {
    Sid: 'RefusePlainHttp',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucket.ref('arn'), text`${bucket.ref('arn')}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
