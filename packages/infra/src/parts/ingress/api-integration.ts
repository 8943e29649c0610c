import type { Handle, Stack } from '../../aws/index.ts';
import type { Reference } from '../../hcl/index.ts';
import type { SiteService } from '../../site/site.ts';
import type { Api } from './http-api.ts';
import { functionReference } from '../compute/lambda-function.ts';

/** The way to services on Fargate. */
export interface BalancedWay {
  /** Id of the VPC link. */
  readonly link: Reference;
  /** By service. */
  readonly listeners: ReadonlyMap<string, { readonly listener: Handle<'arn'>; readonly target: Reference }>;
}

/** Where the API sends the requests of a service: to its function, or through the VPC link to its listener. */
export function integrationOf(
  stack: Stack,
  api: Api,
  service: SiteService,
  way: BalancedWay | undefined,
): Handle<'id'> {
  if (service.compute === 'lambda') return functionIntegration(stack, api, service);
  const { listener } = way?.listeners.get(service.name) ?? {};
  if (!way || !listener) throw new TypeError(`nothing leads to \`${service.name}\``);
  return stack.resource('aws_apigatewayv2_integration', service.id, {
    api_id: api.ref('id'),
    integration_type: 'HTTP_PROXY',
    integration_method: 'ANY',
    integration_uri: listener.ref('arn'),
    connection_type: 'VPC_LINK',
    connection_id: way.link,
    payload_format_version: '1.0',
  });
}

function functionIntegration(stack: Stack, api: Api, service: SiteService): Handle<'id'> {
  return stack.resource(
    'aws_apigatewayv2_integration',
    service.id,
    {
      api_id: api.ref('id'),
      integration_type: 'AWS_PROXY',
      integration_method: 'POST',
      integration_uri: functionReference(service, 'invoke_arn'),
      payload_format_version: '2.0',
    },
    { comment: 'POST is how API Gateway calls Lambda, whatever the method of the request.' },
  );
}
