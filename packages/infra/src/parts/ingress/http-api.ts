import type { Handle, Stack } from '../../aws/index.ts';
import { call, type Expression, jsonencode, type Reference, template, type ValueObject } from '../../hcl/index.ts';
import { type Site, type SiteService, servicesBehind, servicesOfApi } from '../../site/site.ts';
import type { BalancedWay } from './api-integration.ts';
import { type ApiRoute, apiRoutes, tokenRoutes } from './api-routes.ts';
import { apiDomain } from './api-domain.ts';
import type { InternalLoadBalancer } from './internal-load-balancer.ts';
import { namedLogGroup } from '../logs/logs.ts';
import type { Network } from '../network/network.ts';
import type { ServiceIngress } from './service-ingress.ts';
import type { Tokens } from '../tokens/tokens.ts';
import { vpcLink } from '../network/vpc-link.ts';

export interface HttpApiArgs {
  /** The way to services on Fargate; absent where functions alone are behind the API. */
  readonly behind: { readonly network: Network; readonly balancer: InternalLoadBalancer } | undefined;
  /** By name of the resource. */
  readonly tokens: ReadonlyMap<string, Tokens>;
  /** Id of the hosted zone of the environment's domain. */
  readonly zone: () => Reference;
}

export interface HttpApi {
  /** Address that people reach it at, without a slash at the end. */
  readonly url: Expression;
  /** What a function lets itself be called by. */
  readonly executionArn: Reference;
  /** For services on Fargate. */
  readonly balanced: BalancedIngress | undefined;
}

export interface BalancedIngress extends ServiceIngress {
  /** Host name of the load balancer behind the API. */
  readonly balancerName: Reference;
}

export type Api = Handle<'id' | 'api_endpoint' | 'execution_arn'>;

/**
 * An HTTP API of API Gateway that lets through what the services' `routes` say: to functions, and through a VPC link to an
 * internal load balancer. Whatever is no route is 404 there.
 */
export function httpApi(stack: Stack, site: Site, args: HttpApiArgs): HttpApi {
  const { behind, tokens } = args;
  const services = servicesOfApi(site);
  const file = stack.file('http-api.tf');
  const domain = services.length === site.services.length ? site.domain : undefined;
  const api = makeApi(file, site, services, domain);
  const way = behind && balancedWay(stack, site, behind);
  const routesFile = stack.file('routes.tf');
  const routes = [
    ...tokenRoutes(routesFile, api, services, tokens),
    ...apiRoutes(routesFile, { api, services, tokens, way }),
  ];
  const stage = makeStage(file, site, api, services, routes);
  if (domain !== undefined) apiDomain(stack.file('domain.tf'), { domain, zone: args.zone(), api, stage });
  const url: Expression = domain === undefined ? api.ref('api_endpoint') : template([`https://${domain}`]);
  return {
    url,
    executionArn: api.ref('execution_arn'),
    balanced: behind && way && balancedIngress(url, behind, way),
  };
}

function balancedWay(stack: Stack, site: Site, { network, balancer }: NonNullable<HttpApiArgs['behind']>): BalancedWay {
  const link = vpcLink(stack.file('vpc-link.tf'), site, network, balancer);
  const services = servicesBehind(site, 'http-api');
  return { link, listeners: new Map(services.map((service) => [service.name, balancer.listen(service)])) };
}

function balancedIngress(
  url: Expression,
  { network, balancer }: NonNullable<HttpApiArgs['behind']>,
  { listeners }: BalancedWay,
): BalancedIngress {
  return {
    url,
    environment: {
      // Only the load balancer reaches the tasks; it stands in their subnets, and API Gateway tells the caller in `Forwarded`.
      TRUSTED_PROXIES: call('join', ',', network.taskBlocks),
      CLIENT_ADDRESS_HEADER: 'forwarded',
      PUBLIC_URL: url,
    },
    id: balancer.id,
    balancerName: balancer.dnsName,
    securityGroup: balancer.securityGroup,
    route: (_, service) => {
      const made = listeners.get(service.name);
      if (!made) throw new TypeError(`\`${service.name}\` is not behind the HTTP API`);
      return { target: made.target, attachment: made.listener };
    },
  };
}

function makeApi(stack: Stack, site: Site, services: readonly SiteService[], domain: string | undefined): Api {
  const origins = [...new Set(services.flatMap(({ corsOrigins }) => corsOrigins))];
  return stack.resource('aws_apigatewayv2_api', 'main', {
    name: site.prefix,
    protocol_type: 'HTTP',
    description: `Way in to ${services.map(({ name }) => name).join(', ')} of ${site.prefix}`,
    disable_execute_api_endpoint: domain !== undefined,
    cors_configuration: origins.length === 0 ? undefined : cors(origins),
  });
}

/** Answered by API Gateway itself; no cookies, so no credentials. */
function cors(origins: readonly string[]) {
  return {
    allow_origins: origins,
    allow_methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allow_headers: ['authorization', 'content-type'],
    max_age: 3600,
  };
}

function makeStage(
  stack: Stack,
  site: Site,
  api: Api,
  services: readonly SiteService[],
  routes: readonly ApiRoute[],
): Handle<'id'> {
  // Under this prefix the account's one policy for log delivery, which AWS writes, does not grow with every group.
  const logs = namedLogGroup(stack, site, 'http_api', `/aws/vendedlogs/${site.app}/${site.environment}/http-api`);
  const { throttle } = services[0] ?? { throttle: { rate: 100, burst: 200 } };
  const isOther = (route: ApiRoute) => JSON.stringify(route.throttle) !== JSON.stringify(throttle);
  return stack.resource('aws_apigatewayv2_stage', 'main', {
    api_id: api.ref('id'),
    name: '$default',
    auto_deploy: true,
    access_log_settings: { destination_arn: logs.arn, format: jsonencode(logFormat) },
    default_route_settings: { throttling_rate_limit: throttle.rate, throttling_burst_limit: throttle.burst },
    route_settings: routes.filter(isOther).map(({ key, throttle: own }) => ({
      route_key: key,
      throttling_rate_limit: own.rate,
      throttling_burst_limit: own.burst,
    })),
  });
}

/** One line of JSON per request: no header (Authorization is one), no query, no body. */
const logFormat: ValueObject = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  path: '$context.path',
  route: '$context.routeKey',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
  integrationLatency: '$context.integrationLatency',
  caller: '$context.authorizer.claims.sub',
  error: '$context.error.message',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};
