import type { Handle, Stack } from '../../aws/index.ts';
import type { Reference } from '../../hcl/index.ts';
import { aliasRecord, certificate } from '../network/certificate.ts';
import type { Api } from './http-api.ts';

export interface ApiDomainArgs {
  readonly domain: string;
  /** Id of the hosted zone that holds it. */
  readonly zone: Reference;
  readonly api: Api;
  readonly stage: Handle<'id'>;
}

/** The API at a host name of one's own. */
export function apiDomain(stack: Stack, args: ApiDomainArgs): void {
  const { domain, zone, api, stage } = args;
  const arn = certificate(stack, domain, zone);
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
