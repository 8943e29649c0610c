import type { RouteRule } from '@keelson/contract';
import type { Handle, Stack } from '../../aws/index.ts';
import { type Reference, text } from '../../hcl/index.ts';
import { preflights } from '../../site/preflights.ts';
import { type SiteService, tokenPath } from '../../site/site.ts';
import { type BalancedWay, integrationOf } from './api-integration.ts';
import type { Api } from './http-api.ts';
import { routeIds } from './route-ids.ts';
import type { Tokens } from '../tokens/tokens.ts';

/** A route of the HTTP API, for the stage's limits. */
export interface ApiRoute {
  readonly key: Reference;
  readonly throttle: SiteService['throttle'];
}

/** Cognito takes money for every token, and whoever guesses secrets does so here: far fewer than of anything else. */
const tokenThrottle = { rate: 5, burst: 10 };

/** `POST /oauth/token` is passed on to Cognito, so that callers need one address alone. */
export function tokenRoutes(
  stack: Stack,
  api: Api,
  services: readonly SiteService[],
  tokens: ReadonlyMap<string, Tokens>,
): ApiRoute[] {
  return tokensOf(services, tokens).flatMap(({ resource, endpoint }) => {
    if (endpoint === undefined) return [];
    const id = `${resource.id}_token`;
    const integration = stack.resource('aws_apigatewayv2_integration', id, {
      api_id: api.ref('id'),
      integration_type: 'HTTP_PROXY',
      integration_method: 'POST',
      integration_uri: endpoint,
      payload_format_version: '1.0',
      timeout_milliseconds: 10_000,
    });
    const route = makeRoute(stack, api, id, `POST ${tokenPath(resource)}`, integration, {
      authorization_type: 'NONE',
      comment: 'Public: who asks for a token has none yet. Cognito checks the id and secret of the client.',
    });
    return [{ key: route.ref('route_key'), throttle: tokenThrottle }];
  });
}

export interface ApiRoutesArgs {
  readonly api: Api;
  readonly services: readonly SiteService[];
  readonly tokens: ReadonlyMap<string, Tokens>;
  /** To services on Fargate. */
  readonly way: BalancedWay | undefined;
}

/** The routes of each service, in front of which the API looks at tokens where the route asks for one. */
export function apiRoutes(stack: Stack, args: ApiRoutesArgs): ApiRoute[] {
  const { api, services, tokens, way } = args;
  const authorizers = new Map(
    tokensOf(services.filter(asksForTokens), tokens).map((each) => [each.resource.name, authorizer(stack, api, each)]),
  );
  const keys = services.flatMap(({ routes }) => Object.keys(routes ?? {}));
  const ids = routeIds([...keys, ...services.flatMap((service) => preflights(service, services))]);
  return services.flatMap((service) => {
    const own = service.uses.flatMap(({ name }) => tokens.get(name) ?? [])[0];
    const integration = integrationOf(stack, api, service, way);
    const guard = (rule: RouteRule) => guardOf(rule, own, own && authorizers.get(own.resource.name));
    const make = (key: string, how: Guard) => makeRoute(stack, api, ids.get(key) ?? key, key, integration, how);
    const routes = service.routes
      ? [
          ...Object.entries(service.routes).map(([key, rule]) => make(key, guard(rule))),
          ...preflights(service, services).map((key) => make(key, preflight)),
        ]
      : [makeRoute(stack, api, `${service.id}_default`, '$default', integration, everything)];
    return routes.map((route) => ({ key: route.ref('route_key'), throttle: service.throttle }));
  });
}

/** Nothing would use the authorizer of a service whose routes are all open. */
function asksForTokens({ routes = {} }: SiteService): boolean {
  return Object.values(routes).some((rule) => rule !== 'public');
}

/** The tokens that some of the services take, each once. */
function tokensOf(services: readonly SiteService[], tokens: ReadonlyMap<string, Tokens>): Tokens[] {
  const used = services.flatMap(({ uses }) => uses.flatMap(({ name }) => tokens.get(name) ?? []));
  return [...new Set(used)];
}

function authorizer(stack: Stack, api: Api, { resource, issuer, audience }: Tokens): Handle<'id'> {
  return stack.resource('aws_apigatewayv2_authorizer', resource.id, {
    api_id: api.ref('id'),
    name: resource.name,
    authorizer_type: 'JWT',
    identity_sources: ['$request.header.Authorization'],
    jwt_configuration: { issuer, audience },
  });
}

interface Guard {
  readonly authorization_type: 'JWT' | 'NONE';
  readonly authorizer_id?: Reference;
  readonly authorization_scopes?: ReturnType<Tokens['scope']>[];
  readonly comment?: string;
}

const everything: Guard = {
  authorization_type: 'NONE',
  comment: 'Everything, without a look at tokens: the service decides itself. `routes` in keelson.config.ts says more.',
};

const preflight: Guard = {
  authorization_type: 'NONE',
  comment: 'A browser asks here first, without its token, which `ANY` would refuse. The service answers.',
};

/** One of the scopes is enough; without any named, every token of the issuer is. */
function guardOf(rule: RouteRule, tokens: Tokens | undefined, guardian: Handle<'id'> | undefined): Guard {
  if (rule === 'public')
    return { authorization_type: 'NONE', comment: 'Public: `routes` in keelson.config.ts says so.' };
  if (!tokens || !guardian) throw new TypeError('a route asks for a token, and nobody says whose');
  const scopes = rule.scopes.map(tokens.scope);
  return {
    authorization_type: 'JWT',
    authorizer_id: guardian.ref('id'),
    ...(scopes.length === 0 ? {} : { authorization_scopes: scopes }),
  };
}

function makeRoute(
  stack: Stack,
  api: Api,
  id: string,
  key: string,
  integration: Handle<'id'>,
  { comment, ...guard }: Guard,
): Handle<'route_key'> {
  return stack.resource(
    'aws_apigatewayv2_route',
    id,
    { api_id: api.ref('id'), route_key: key, target: text`integrations/${integration.ref('id')}`, ...guard },
    { comment },
  );
}
