import type { Handle, Stack } from '../../aws/index.ts';
import { type Site, type SiteResource, searchDomainName } from '../../site/site.ts';
import { encryptionKey } from '../secrets/encryption.ts';

/** Prefix of the indexes; Firehose adds the day. */
export const indexName = 'logs';

export type SearchDomain = Handle<'arn' | 'endpoint' | 'domain_name'>;

/** The newest version that Firehose delivers to. Source: AWS, “Create a Firehose stream”, OpenSearch Service */
const engineVersion = 'OpenSearch_2.11';

const reachable =
  'One node: what it holds is in the bucket and in CloudWatch too. Its address is public, so that people search without a way into the network; but every request is signed, and the policy of the domain says whose are taken.';

/** An OpenSearch domain that talks to nobody without a signature, over https alone. */
export function searchDomain(stack: Stack, site: Site, { id, name, resource }: SiteResource): SearchDomain {
  if (resource.kind !== 'log-search') throw new TypeError(`\`${name}\` is no search for logs`);
  return stack.resource(
    'aws_opensearch_domain',
    id,
    {
      domain_name: searchDomainName(site),
      engine_version: engineVersion,
      cluster_config: { instance_type: resource.instance ?? 't3.small.search', instance_count: 1 },
      ebs_options: { ebs_enabled: true, volume_type: 'gp3', volume_size: resource.storage ?? 10 },
      encrypt_at_rest: { enabled: true, kms_key_id: encryptionKey(site) },
      node_to_node_encryption: { enabled: true },
      domain_endpoint_options: { enforce_https: true, tls_security_policy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      software_update_options: { auto_software_update_enabled: true },
    },
    { comment: reachable },
  );
}
