import { describe, expect, test } from 'vitest';
import { template } from '../template.ts';
import { synth } from '../../src/index.ts';
import type { ValueObject } from '../../src/hcl/index.ts';
import {
  appWith,
  cognito,
  decoded,
  dev,
  environmentStack,
  openService,
  resourcesOf,
  showsService,
  showsWith,
  twoBehindOneApi,
} from './apps.ts';

type Synthesized = Parameters<typeof synth>[0];

/** A generated file, with runs of spaces as one. */
function fileOf(app: Synthesized, path: string): string {
  return (synth(app).files.get(path) ?? '').replaceAll(/ +/g, ' ');
}

function routesOf(app: Synthesized): Record<string, ValueObject> {
  const routes = resourcesOf(environmentStack(app), 'aws_apigatewayv2_route');
  return Object.fromEntries(routes.map(({ args }) => [String(args.route_key), args]));
}

describe('an HTTP API', () => {
  test('is split by concern', () => {
    const files = [...synth(showsWith()).files.keys()].filter((path) => path.startsWith('dev/'));
    expect(files.toSorted()).toEqual(
      [
        'account.tf',
        'api.tf',
        'backend.tf',
        'cluster.tf',
        'http-api.tf',
        'load-balancer.tf',
        'network.tf',
        'outputs.tf',
        'routes.tf',
        'tables.tf',
        'tokens.tf',
        'versions.tf',
        'vpc-link.tf',
      ].map((name) => `dev/${name}`),
    );
  });

  test('lets through the routes of the config file and the token route, and nothing else', () => {
    expect(Object.entries(routesOf(showsWith())).map(([key, args]) => [key, args.authorization_type])).toEqual([
      ['POST /oauth/token', 'NONE'],
      ['GET /shows', 'JWT'],
      ['POST /shows/{id}', 'JWT'],
      ['ANY /any/{rest+}', 'JWT'],
      ['GET /health', 'NONE'],
    ]);
  });

  test('scopes read as Cognito’s tokens have them, and as others have them', () => {
    expect(fileOf(showsWith(), 'dev/routes.tf')).toContain(
      'authorization_scopes = ["${aws_cognito_resource_server.tokens.identifier}/read"]',
    );
    const auth0 = showsWith({ resources: { tokens: { ...cognito, provider: 'auth0' } } });
    expect(routesOf(auth0)['GET /shows']?.authorization_scopes).toEqual(['read']);
    expect(routesOf(auth0)['ANY /any/{rest+}']?.authorization_scopes).toBeUndefined();
  });

  test('without routes lets everything through, and says who decides', () => {
    const app = showsWith({ resources: {}, services: { api: openService } });
    expect(Object.keys(routesOf(app))).toEqual(['$default']);
    expect(fileOf(app, 'dev/routes.tf')).toContain(
      '# Everything, without a look at tokens: the service decides itself.',
    );
  });

  test.each([
    ['without routes', undefined],
    ['whose routes are all public', { 'GET /health': 'public' as const }],
  ])('that looks at no token has no authorizer: a service %s', (_, routes) => {
    const { routes: _routes, ...service } = showsService;
    const app = showsWith({
      services: { api: { ...service, uses: ['shows', 'tokens'], ...(routes ? { routes } : {}) } },
    });
    const types = (given: Synthesized) => resourcesOf(environmentStack(given), 'aws_apigatewayv2_authorizer').length;
    expect(types(app)).toBe(0);
    expect(types(showsWith())).toBe(1);
  });

  test('of an app without a database has no subnets for one, and an address for programs', () => {
    const tiers = (app: Synthesized) => resourcesOf(environmentStack(app), 'aws_subnet').map(({ name }) => name);
    expect(tiers(showsWith())).toEqual(['public', 'private']);
    expect(fileOf(showsWith(), 'dev/network.tf')).not.toMatch(/database/i);
    expect(fileOf(showsWith(), 'dev/outputs.tf')).toContain('Address that programs reach the API at');
    expect(tiers(appWith('fargate'))).toEqual(['public', 'private', 'database']);
    expect(fileOf(appWith('fargate'), 'dev/outputs.tf')).toContain('Address that people reach the app at');
  });

  test('limits requests: as the config file says, and those for tokens far more', () => {
    const stage = fileOf(showsWith({}, { throttle: { rate: 7, burst: 9 } }), 'dev/http-api.tf');
    expect(stage).toContain('default_route_settings {\n throttling_rate_limit = 7\n throttling_burst_limit = 9\n }');
    expect(stage).toContain(
      'route_settings {\n route_key = aws_apigatewayv2_route.tokens_token.route_key\n throttling_rate_limit = 5\n throttling_burst_limit = 10\n }',
    );
  });

  test('logs each request as a line of JSON without headers, query or body', () => {
    const [stage] = resourcesOf(environmentStack(showsWith()), 'aws_apigatewayv2_stage');
    const format = decoded((stage?.args.access_log_settings as ValueObject | undefined)?.format) as Record<
      string,
      string
    >;
    expect(format).toMatchObject({ status: '$context.status', route: '$context.routeKey' });
    expect(Object.values(format).filter((value) => /header|authorization|query|body/i.test(value))).toEqual([]);
    expect(Object.values(format).filter((value) => !value.startsWith('$context.'))).toEqual([]);
  });

  test('answers CORS for the origins of the config file alone', async () => {
    const api = (app: Synthesized) => resourcesOf(environmentStack(app), 'aws_apigatewayv2_api')[0]?.args;
    expect(api(showsWith())?.cors_configuration).toBeUndefined();
    const origins = ['https://app.example.com'];
    expect(api(showsWith({}, { corsOrigins: origins }))?.cors_configuration).toMatchObject({ allow_origins: origins });
    expect(api(await template('shows'))?.cors_configuration).toMatchObject({
      allow_origins: ['https://shows.example.com'],
    });
  });

  test('leads through the VPC link to the internal load balancer, and nothing else reaches that', () => {
    const stack = environmentStack(showsWith());
    expect(resourcesOf(stack, 'aws_lb').map(({ args }) => [args.internal, args.drop_invalid_header_fields])).toEqual([
      [true, true],
    ]);
    const into = resourcesOf(stack, 'aws_vpc_security_group_ingress_rule').map(({ name, args }) => [
      name,
      args.from_port,
      args.cidr_ipv4,
    ]);
    expect(into).toEqual([
      ['internal_load_balancer_vpc_link', 80, undefined],
      ['api_internal_load_balancer', 8080, undefined],
    ]);
    const out = resourcesOf(stack, 'aws_vpc_security_group_egress_rule').map(({ name }) => name);
    expect(out.filter((name) => name.startsWith('vpc_link'))).toEqual(['vpc_link_internal_load_balancer']);
  });

  test('avoids zones where API Gateway has no VPC links', () => {
    expect(fileOf(showsWith({ region: 'us-east-1' }), 'dev/network.tf')).toContain('exclude_zone_ids = ["use1-az3"]');
    expect(fileOf(showsWith({ region: 'eu-central-1' }), 'dev/network.tf')).not.toContain('exclude_zone_ids');
  });

  test('lets browsers ask before they send a token where a route for any method would refuse them', () => {
    const origins = { corsOrigins: ['https://app.example.com'] };
    const asked = (...args: Parameters<typeof showsWith>) =>
      resourcesOf(environmentStack(showsWith(...args)), 'aws_apigatewayv2_route')
        .filter(({ args: { route_key: key } }) => String(key).startsWith('OPTIONS '))
        .map(({ name, args: { route_key: key, authorization_type: type } }) => [name, key, type]);
    expect(asked({}, origins)).toEqual([['options_any_rest', 'OPTIONS /any/{rest+}', 'NONE']]);
    expect(asked()).toEqual([]);
    expect(asked({}, { ...origins, routes: { 'ANY /a': 'public', 'GET /b': { scopes: [] } } })).toEqual([]);
    const own = { 'ANY /a/{id}': { scopes: [] }, 'OPTIONS /a/{name}': { scopes: [] } };
    expect(asked({}, { ...origins, routes: own })).toEqual([['options_a_name', 'OPTIONS /a/{name}', 'JWT']]);
  });

  test('needs no domain; at one it is reached there alone', () => {
    const app = showsWith({ environments: { prod: { domain: 'api.example.com' } } });
    expect(fileOf(showsWith(), 'prod/http-api.tf')).toContain('disable_execute_api_endpoint = false');
    expect(fileOf(app, 'prod/http-api.tf')).toContain('disable_execute_api_endpoint = true');
    expect(fileOf(app, 'prod/domain.tf')).toContain('domain_name = "api.example.com"');
    expect(fileOf(app, 'prod/api.tf')).toContain('PUBLIC_URL = "https://api.example.com"');
    expect(fileOf(app, 'prod/outputs.tf')).toContain('output "apigw_url"');
  });

  test('in front of two services has a listener for each, limits of each, and an authorizer for each one’s tokens', () => {
    const stack = environmentStack(twoBehindOneApi());
    expect(resourcesOf(stack, 'aws_apigatewayv2_api')).toHaveLength(1);
    expect(resourcesOf(stack, 'aws_apigatewayv2_authorizer').map(({ name }) => name)).toEqual(['tokens', 'more']);
    expect(resourcesOf(stack, 'aws_lb_listener').map(({ name, args }) => [name, args.port])).toEqual([
      ['api', 80],
      ['other', 81],
    ]);
    const [stage] = resourcesOf(stack, 'aws_apigatewayv2_stage');
    const limits = stage?.args.route_settings as ValueObject[] | undefined;
    expect(limits?.map((each) => each.throttling_rate_limit)).toEqual([5, 5, 1]);
  });

  test('outputs are the starter kit’s, and tell several of a kind apart', () => {
    const outputs = (app: Synthesized) =>
      [...fileOf(app, 'dev/outputs.tf').matchAll(/^output "(\w+)"/gm)].map(([, name]) => name);
    expect(outputs(showsWith())).toEqual([
      'url',
      'ingress_paths',
      'service_arns',
      'apigw_url',
      'alb_url',
      'dynamodb_table',
      'cognito_token_endpoint',
      'cognito_client_id',
      'cognito_client_secret',
      'vpc_id',
      'public_subnet_ids',
      'private_subnet_ids',
    ]);
    expect(outputs(twoBehindOneApi()).filter((name) => name?.endsWith('_client_id'))).toEqual([
      'tokens_cognito_client_id',
      'more_cognito_a_client_id',
      'more_cognito_b_client_id',
    ]);
    expect(fileOf(showsWith(), 'dev/outputs.tf')).toMatch(/client_secret\n sensitive = true/);
  });
});

describe('names', () => {
  const names = { logGroup: '/ecs/{app}-{env}', targetGroup: '{app}-{env}-tg' };

  test('are the config file’s where it gives some', () => {
    const stack = environmentStack(showsWith({}, { names }));
    const groups = resourcesOf(stack, 'aws_cloudwatch_log_group').map(({ args }) => args.name);
    expect(groups).toContain('/ecs/shows-dev');
    expect(resourcesOf(stack, 'aws_lb_target_group').map(({ args }) => args.name)).toEqual(['shows-dev-tg']);
  });

  test('of tables and resource servers too', () => {
    const app = showsWith({
      resources: {
        shows: { kind: 'table', key: { id: 'string' }, name: 'all-{app}-of-{env}' },
        tokens: { ...cognito, identifier: 'https://{app}.example.com/{env}' },
      },
    });
    const stack = environmentStack(app);
    expect(resourcesOf(stack, 'aws_dynamodb_table')[0]?.args.name).toBe('all-shows-of-dev');
    expect(resourcesOf(stack, 'aws_cognito_resource_server')[0]?.args.identifier).toBe('https://shows.example.com/dev');
  });

  test('of routes that would coincide are numbered', () => {
    const routes = { 'GET /a-b': 'public', 'GET /a/b': 'public', 'GET /': 'public' } as const;
    const made = resourcesOf(environmentStack(showsWith({}, { routes })), 'aws_apigatewayv2_route');
    expect(made.map(({ name }) => name).slice(1)).toEqual(['get_a_b', 'get_a_b_2', 'get_root']);
  });
});

test('tokens of another provider ask for the issuer and know the audience', () => {
  const app = showsWith({ resources: { tokens: { ...cognito, provider: 'generic' } }, environments: { dev } });
  const { files } = synth(app);
  expect(files.get('dev/terraform.tfvars.example')).toContain('token_issuer = "https://issuer.example.com/"');
  expect(files.get('dev/terraform.tfvars.example')).not.toContain('token_audience');
  expect(files.get('dev/variables.tf')?.replaceAll(/ +/g, ' ')).toContain('default = "https://shows-dev.api"');
  expect(files.get('dev/routes.tf')?.replaceAll(/ +/g, ' ')).toContain(
    'jwt_configuration {\n issuer = var.token_issuer\n audience = [var.token_audience]\n }',
  );
  expect(files.has('dev/tokens.tf')).toBe(false);
});
