import type { Stack } from '../../aws/index.ts';
import { text } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { useKey } from '../secrets/encryption.ts';
import type { FailureLog } from './failure-log.ts';
import type { PrivateBucket } from '../private-bucket.ts';
import { type Role, role } from '../access/roles.ts';
import { indexName, type SearchDomain } from './search-domain.ts';

export interface DeliveryRoleArgs {
  readonly id: string;
  readonly name: string;
  readonly domain: SearchDomain;
  readonly bucket: PrivateBucket;
  readonly failures: FailureLog;
}

/**
 * What Firehose does.
 * Source: AWS, “Controlling access with Amazon Data Firehose”, to a public OpenSearch Service destination
 */
export function deliveryRole(stack: Stack, site: Site, account: Account, args: DeliveryRoleArgs): Role {
  const { id, domain, bucket, failures } = args;
  const stream = account.arn('firehose', `deliverystream/${site.prefix}-${args.name}`);
  const path = (rest: string) => text`${domain.ref('arn')}/${rest}`;
  return role(stack, `${id}_delivery`, {
    name: `${site.prefix}-${args.name}-delivery`,
    principal: 'firehose.amazonaws.com',
    condition: { StringEquals: { 'aws:SourceAccount': account.id }, ArnEquals: { 'aws:SourceArn': stream } },
    statements: [
      {
        sid: 'DescribeSearchDomain',
        actions: ['es:DescribeDomain', 'es:DescribeDomainConfig', 'es:DescribeDomains'],
        resources: [domain.ref('arn')],
      },
      {
        sid: 'WriteToIndexes',
        actions: ['es:ESHttpPost', 'es:ESHttpPut'],
        resources: [path('_bulk'), path(`${indexName}*`)],
      },
      {
        sid: 'WatchCluster',
        actions: ['es:ESHttpGet'],
        resources: [
          path('_all/_settings'),
          path('_cluster/stats'),
          path(`${indexName}*/_mapping/*`),
          path('_nodes'),
          path('_nodes/stats'),
          path('_nodes/*/stats'),
          path('_stats'),
          path(`${indexName}*/_stats`),
        ],
      },
      {
        sid: 'ListBucket',
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [bucket.arn],
      },
      {
        sid: 'WriteToBucket',
        actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        resources: [text`${bucket.arn}/*`],
      },
      {
        sid: 'LogFailures',
        actions: ['logs:PutLogEvents'],
        resources: [text`${failures.arn}:log-stream:*`],
      },
      ...useKey(site, 'EncryptObjects', 's3', ['kms:Decrypt', 'kms:GenerateDataKey']),
    ],
  });
}
