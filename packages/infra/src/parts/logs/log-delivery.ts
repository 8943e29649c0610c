import type { Handle, Stack } from '../../aws/index.ts';
import { jsonencode, text } from '../../hcl/index.ts';
import type { Site, SiteResource } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { encryptionKey } from '../secrets/encryption.ts';
import { failureLog } from './failure-log.ts';
import { deliveryRole } from './log-delivery-role.ts';
import { type PrivateBucket, privateBucket } from '../private-bucket.ts';
import type { Role } from '../access/roles.ts';
import { indexName, type SearchDomain } from './search-domain.ts';

export interface LogDeliveryArgs extends SiteResource {
  readonly domain: SearchDomain;
}

/** A Firehose stream that delivers to the search domain, and everything to a bucket as well. */
export function logDelivery(stack: Stack, site: Site, account: Account, args: LogDeliveryArgs): Handle<'arn' | 'name'> {
  const { id, name, domain } = args;
  const bucket = logArchive(stack, site, account, args);
  const failures = failureLog(stack, site, id, name);
  const role = deliveryRole(stack, site, account, { id, name, domain, bucket, failures });
  const policy = admit(stack, account, id, domain, role);
  const key = encryptionKey(site);
  const logging = (stream: string) => ({ enabled: true, log_group_name: failures.name, log_stream_name: stream });
  return stack.resource(
    'aws_kinesis_firehose_delivery_stream',
    id,
    {
      name: `${site.prefix}-${name}`,
      destination: 'opensearch',
      server_side_encryption: key
        ? { enabled: true, key_type: 'CUSTOMER_MANAGED_CMK', key_arn: key }
        : { enabled: true, key_type: 'AWS_OWNED_CMK' },
      opensearch_configuration: {
        domain_arn: domain.ref('arn'),
        role_arn: role.arn,
        index_name: indexName,
        index_rotation_period: 'OneDay',
        buffering_interval: 60,
        buffering_size: 5,
        retry_duration: 300,
        s3_backup_mode: 'AllDocuments',
        cloudwatch_logging_options: logging('search'),
        s3_configuration: {
          role_arn: role.arn,
          bucket_arn: bucket.arn,
          prefix: 'logs/',
          error_output_prefix: 'failed/',
          buffering_interval: 300,
          buffering_size: 5,
          compression_format: 'GZIP',
          kms_key_arn: key,
          cloudwatch_logging_options: logging('bucket'),
        },
      },
    },
    { depends_on: [...role.permissions, policy, ...failures.streams] },
  );
}

/** Everything that was logged, compressed, for as long as CloudWatch keeps it. */
function logArchive(stack: Stack, site: Site, account: Account, { id, name }: SiteResource): PrivateBucket {
  const bucket = privateBucket(stack, id, {
    name: text`${site.prefix}-${name}-${account.id}`,
    forceDestroy: site.ephemeral,
    encryptionReason: undefined,
    key: encryptionKey(site),
    statements: () => [],
  });
  stack.resource('aws_s3_bucket_lifecycle_configuration', id, {
    bucket: bucket.id,
    rule: {
      id: 'expire',
      status: 'Enabled',
      filter: {},
      expiration: { days: site.logDays },
      abort_incomplete_multipart_upload: { days_after_initiation: 1 },
    },
  });
  return bucket;
}

/** Firehose writes; the account's people read, as far as their own policies let them. */
function admit(stack: Stack, account: Account, id: string, domain: SearchDomain, writer: Role) {
  const everyPath = text`${domain.ref('arn')}/*`;
  return stack.resource('aws_opensearch_domain_policy', id, {
    domain_name: domain.ref('domain_name'),
    access_policies: jsonencode({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'FirehoseWrites',
          Effect: 'Allow',
          Principal: { AWS: writer.arn },
          Action: ['es:ESHttpGet', 'es:ESHttpPost', 'es:ESHttpPut'],
          Resource: everyPath,
        },
        {
          Sid: 'PoliciesOfTheAccountDecideWhoReads',
          Effect: 'Allow',
          Principal: { AWS: text`arn:${account.partition}:iam::${account.id}:root` },
          Action: ['es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost'],
          Resource: everyPath,
        },
      ],
    }),
  });
}
