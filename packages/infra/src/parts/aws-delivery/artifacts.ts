import type { App } from '@keelson/contract';
import type { Stack } from '../../aws/index.ts';
import { text } from '../../hcl/index.ts';
import type { Account } from '../account.ts';
import type { Statement } from '../access/policy.ts';
import { type PrivateBucket, privateBucket } from '../private-bucket.ts';

/** Days. What waits for approval longer than this has to start again; AWS itself waits for 7. */
const keptFor = 30;

/** The bucket in which a pipeline hands the source from one step to the next. */
export function artifactBucket(stack: Stack, app: App, account: Account): PrivateBucket {
  const bucket = privateBucket(stack, 'artifacts', {
    name: text`${bucketName(app)}-${account.id}`,
    // Copies of what is in the repository: nothing is lost with them.
    forceDestroy: true,
    encryptionReason: "What a pipeline puts here is encrypted with AWS's key for S3 in KMS; this is for anything else.",
    statements: () => [],
  });
  stack.resource('aws_s3_bucket_lifecycle_configuration', 'artifacts', {
    bucket: bucket.id,
    rule: {
      id: 'expire',
      status: 'Enabled',
      filter: {},
      expiration: { days: keptFor },
      abort_incomplete_multipart_upload: { days_after_initiation: 7 },
    },
  });
  return bucket;
}

/** The source that a pipeline hands to a build. By name: the bucket is made in infra/shared. */
export function readArtifacts(app: Pick<App, 'name'>, account: Account): Statement {
  return {
    sid: 'ReadSource',
    actions: ['s3:GetObject', 's3:GetObjectVersion'],
    resources: [text`${artifactsArn(app, account)}/*`],
  };
}

/** A pipeline hands on what it fetched. */
export function keepArtifacts(app: App, account: Account): Statement[] {
  const bucket = artifactsArn(app, account);
  return [
    { sid: 'FindArtifacts', actions: ['s3:GetBucketLocation', 's3:GetBucketVersioning'], resources: [bucket] },
    {
      sid: 'KeepArtifacts',
      actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
      resources: [text`${bucket}/*`],
    },
  ];
}

function artifactsArn(app: Pick<App, 'name'>, { partition, id }: Account) {
  return text`arn:${partition}:s3:::${bucketName(app)}-${id}`;
}

function bucketName({ name }: Pick<App, 'name'>): string {
  return `${name}-artifacts`;
}
