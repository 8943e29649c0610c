import type { Handle, Stack } from '../../aws/index.ts';
import { explained, type Expression, ref, type Reference, text } from '../../hcl/index.ts';
import { containerPort, functionName, needsDatabase, type Site, type SiteService } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { accessNetwork } from '../network/function-network.ts';
import type { Grant } from '../access/grant.ts';
import type { HttpApi } from '../ingress/http-api.ts';
import { image } from './image.ts';
import { type LogGroup, namedLogGroup } from '../logs/logs.ts';
import type { MadeService } from './made-service.ts';
import type { Network } from '../network/network.ts';
import { role } from '../access/roles.ts';
import { serviceEnvironment } from './service-environment.ts';

export interface LambdaArgs {
  readonly service: SiteService;
  readonly account: Account;
  /** Asked for by functions that use something inside it; the others stay outside. */
  readonly network: () => Network;
  readonly api: HttpApi;
  readonly grant: Grant;
}

const type = 'aws_lambda_function';

/** Something of a service's function, by name: the API needs it, and the function needs the address of the API. */
export function functionReference({ id }: Pick<SiteService, 'id'>, attribute: 'invoke_arn'): Reference {
  return ref(`${type}.${id}.${attribute}`);
}

/** A function of the service's image, behind the HTTP API. AWS starts as many as there are requests at once, and none without any. */
export function lambdaFunction(stack: Stack, site: Site, args: LambdaArgs): MadeService {
  const { service, api } = args;
  const running = image(stack, site, service);
  const logs = namedLogGroup(stack, site, service.id, service.names.logGroup);
  const inside = needsDatabase(service) ? accessNetwork(stack, site, { ...args, network: args.network() }) : undefined;
  const execution = role(stack, `${service.id}_execution`, {
    name: `${site.prefix}-${service.name}-execution`,
    principal: 'lambda.amazonaws.com',
    statements: [writeLogs(logs), ...args.grant.statements, ...(inside?.statements ?? [])],
  });
  const made = stack.resource(
    type,
    service.id,
    {
      function_name: functionName(site, service),
      description: `${service.name} of ${site.prefix}`,
      package_type: 'Image',
      image_uri: running,
      architectures: [service.architecture],
      memory_size: service.memory,
      timeout: explained(30, 'Seconds. API Gateway waits no longer.'),
      role: execution.arn,
      environment: { variables: environmentOf(site, args) },
      logging_config: {
        log_format: explained(
          'Text',
          'As the service writes them, which is JSON; Lambda would filter by levels of its own.',
        ),
        log_group: logs.name,
      },
      vpc_config: inside?.placement,
    },
    {
      comment: 'Requests and answers have 6 MB at most: a limit of Lambda.',
      depends_on: [...execution.permissions, ...(inside?.wayOut ?? [])],
    },
  );
  allowApi(stack, service, made, api);
  return {
    name: service.name,
    id: service.id,
    url: api.url,
    arn: made.ref('arn'),
    image: running,
    ingressPaths: undefined,
    functionName: made.ref('function_name'),
  };
}

function writeLogs(logs: LogGroup) {
  return { sid: 'WriteLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logs.streams] };
}

function environmentOf(site: Site, { service, api, grant }: LambdaArgs): Record<string, string | Expression> {
  // Lambda sets it itself, and lets nobody else do so.
  const { AWS_REGION: _, ...common } = serviceEnvironment(site, service);
  return {
    ...common,
    // Read by the Lambda Web Adapter, which is in the image: it turns events into requests to this port.
    AWS_LWA_PORT: String(containerPort),
    AWS_LWA_READINESS_CHECK_PATH: service.health,
    PUBLIC_URL: api.url,
    TRUSTED_PROXIES: explained(
      '127.0.0.1/32',
      'The adapter, which alone reaches the service, tells the caller in this header and overwrites what others put there.',
    ),
    CLIENT_ADDRESS_HEADER: 'x-amzn-request-context',
    ...grant.environment,
  };
}

function allowApi(stack: Stack, { id }: SiteService, made: Handle<'function_name'>, { executionArn }: HttpApi): void {
  stack.resource(
    'aws_lambda_permission',
    id,
    {
      statement_id: 'http-api',
      action: 'lambda:InvokeFunction',
      function_name: made.ref('function_name'),
      principal: 'apigateway.amazonaws.com',
      source_arn: text`${executionArn}/*`,
    },
    { comment: 'The routes of this API, and nothing else, call the function.' },
  );
}
