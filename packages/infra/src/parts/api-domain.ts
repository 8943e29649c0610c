import type { Handle, Stack } from '../aws/index.ts';
import type { Site } from '../site/site.ts';
import { aliasRecord, certificate } from './certificate.ts';
import type { Api } from './http-api.ts';

/** The API at a host name of one's own. */
export function apiDomain(stack: Stack, site: Site, domain: string, api: Api, stage: Handle<'id'>): void {
  const { arn, zone } = certificate(stack, domain, site.hostedZone ?? domain);
  const name = stack.resource('aws_apigatewayv2_domain_name', 'main', {
    domain_name: domain,
    domain_name_configuration: { certificate_arn: arn, endpoint_type: 'REGIONAL', security_policy: 'TLS_1_2' },
  });
  stack.resource('aws_apigatewayv2_api_mapping', 'main', {
    api_id: api.ref('id'),
    domain_name: name.ref('id'),
    stage: stage.ref('id'),
  });
  aliasRecord(stack, zone, domain, {
    name: name.ref('domain_name_configuration[0].target_domain_name'),
    zone_id: name.ref('domain_name_configuration[0].hosted_zone_id'),
  });
}
