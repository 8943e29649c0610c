import type { Stack } from '../../aws/index.ts';
import { text } from '../../hcl/index.ts';
import type { Site, SiteResource } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { pascal } from '../database/aurora.ts';
import type { Grant } from '../access/grant.ts';
import { logDelivery } from './log-delivery.ts';
import type { Note } from '../note.ts';
import { searchDomain } from './search-domain.ts';

export interface LogSearch {
  readonly grant: Grant;
  readonly notes: readonly Note[];
}

/**
 * Logs that can be searched. A service's log router sends each line to CloudWatch and to Firehose, and Firehose to OpenSearch
 * and to a bucket.
 */
export function logSearch(stack: Stack, site: Site, account: Account, resource: SiteResource): LogSearch {
  const { id } = resource;
  const domain = searchDomain(stack, site, resource);
  const stream = logDelivery(stack, site, account, { ...resource, domain });
  return {
    grant: {
      environment: {},
      statements: [
        { sid: `SendTo${pascal(id)}`, actions: ['firehose:PutRecordBatch'], resources: [stream.ref('arn')] },
      ],
      reach: [],
      logStream: stream.ref('name'),
    },
    notes: [
      {
        name: 'log_search_url',
        description: `OpenSearch with the logs; requests are signed (AWS Signature 4, service es) by whoever may es:ESHttpGet and es:ESHttpPost. The indexes logs-<day> stay until a state management policy removes them; in the bucket logs stay for ${site.logDays} days`,
        value: text`https://${domain.ref('endpoint')}`,
      },
    ],
  };
}
