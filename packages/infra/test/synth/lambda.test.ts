import type { App, Environment } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import {
  appWith,
  decoded,
  dev,
  environmentOf,
  environmentStack,
  existingSecrets,
  functionBesideFargate,
  googleLogin,
  quickWith,
  resourcesOf,
} from './apps.ts';
import { accountId, allows, policyOf } from './policy.ts';
import { sidsOf, statementsOf } from './statements.ts';

const withDatabase = quickWith({ resources: { db: { kind: 'postgres' }, login: googleLogin } });

describe('a function', () => {
  const stack = environmentStack(quickWith(), 'dev');
  const [made] = resourcesOf(stack, 'aws_lambda_function');

  test('runs the image that the parameter names, with what the environment asks for', () => {
    expect(made?.args).toMatchObject({
      function_name: 'quick-dev-api',
      package_type: 'Image',
      image_uri: { path: 'data.aws_ssm_parameter.api_image.insecure_value' },
      architectures: ['arm64'],
      memory_size: 512,
      timeout: { value: 30 },
      vpc_config: undefined,
    });
    const [prod] = resourcesOf(environmentStack(quickWith(), 'prod'), 'aws_lambda_function');
    expect(prod?.args.memory_size).toBe(1024);
  });

  test('has a log group that is there before it, under the name that Lambda would give it, or a given one', () => {
    const nameIn = (app: App) =>
      resourcesOf(environmentStack(app), 'aws_cloudwatch_log_group').find(({ name }) => name === 'api')?.args.name;
    expect(nameIn(quickWith())).toBe('/aws/lambda/quick-dev-api');
    expect(nameIn(quickWith({}, { names: { logGroup: '/mine/{env}' } }))).toBe('/mine/dev');
    const logging = made?.args.logging_config as { log_group: { path: string } };
    expect(logging.log_group.path).toBe('aws_cloudwatch_log_group.api.name');
  });

  test('needs no network, no cluster and no load balancer', () => {
    const types = resourcesOf(stack).map(({ type }) => type);
    expect(types.filter((type) => /vpc|subnet|nat|eip|ecs|lb|security_group|flow/.test(type))).toEqual([]);
    expect([...stack.files().keys()].filter((name) => /network|cluster|vpc|load-balancer/.test(name))).toEqual([]);
  });

  test('is told by the adapter whom a request comes from, and by nobody else', () => {
    expect(environmentOf(stack, 'api')).toMatchObject({
      AWS_LWA_PORT: '8080',
      PORT: '8080',
      AWS_LWA_READINESS_CHECK_PATH: '/health',
      PUBLIC_URL: { path: 'aws_apigatewayv2_api.main.api_endpoint' },
      TRUSTED_PROXIES: { value: '127.0.0.1/32' },
      CLIENT_ADDRESS_HEADER: 'x-amzn-request-context',
    });
  });

  test('is given no variable that Lambda keeps for itself', () => {
    // Source: AWS Lambda, “Defined runtime environment variables”, reserved.
    const reserved = /^(AWS_REGION|AWS_DEFAULT_REGION|AWS_ACCESS_KEY|AWS_SECRET|AWS_SESSION|AWS_LAMBDA_|_|LAMBDA_)/;
    for (const app of [quickWith(), withDatabase]) {
      expect(Object.keys(environmentOf(environmentStack(app), 'api')).filter((name) => reserved.test(name))).toEqual(
        [],
      );
    }
  });

  test('is called by the API in front of it alone', () => {
    const [permission, ...others] = resourcesOf(stack, 'aws_lambda_permission');
    expect(others).toEqual([]);
    expect(permission?.args).toMatchObject({
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      source_arn: { parts: ['', { path: 'aws_apigatewayv2_api.main.execution_arn' }, '/*'] },
    });
    const [integration] = resourcesOf(stack, 'aws_apigatewayv2_integration');
    expect(integration?.args).toMatchObject({
      integration_type: 'AWS_PROXY',
      integration_uri: { path: 'aws_lambda_function.api.invoke_arn' },
      payload_format_version: '2.0',
    });
  });

  test('its role goes after it, so that the last lines of its log can be written', () => {
    expect(made?.meta.depends_on?.map(({ address }) => address)).toEqual(['aws_iam_role_policy.api_execution']);
  });

  test('takes routes, limits, CORS and a domain as other services do', () => {
    const app = quickWith(
      { environments: { prod: { domain: 'q.example.com' } } },
      { routes: { 'GET /': 'public' }, throttle: { rate: 5, burst: 9 }, corsOrigins: ['https://a.example.com'] },
    );
    const prod = environmentStack(app, 'prod');
    expect(resourcesOf(prod, 'aws_apigatewayv2_route').map(({ args }) => args.route_key)).toEqual(['GET /']);
    expect(resourcesOf(prod, 'aws_apigatewayv2_stage')[0]?.args.default_route_settings).toEqual({
      throttling_rate_limit: 5,
      throttling_burst_limit: 9,
    });
    expect(resourcesOf(prod, 'aws_apigatewayv2_api')[0]?.args).toMatchObject({
      disable_execute_api_endpoint: true,
      cors_configuration: { allow_origins: ['https://a.example.com'] },
    });
    expect(environmentOf(prod, 'api')['PUBLIC_URL']).toMatchObject({ parts: ['https://q.example.com'] });
  });
});

describe('the role of a function', () => {
  const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${accountId}:${rest}`;

  test('security 50: it writes its log, reads its secrets, keeps its sessions, and nothing else', () => {
    const stack = environmentStack(quickWith());
    expect(statementsOf(stack, 'api_execution').map(({ Sid, Action }) => [Sid, Action])).toEqual([
      ['WriteLogs', ['logs:CreateLogStream', 'logs:PutLogEvents']],
      ['ReadLoginSecrets', ['secretsmanager:GetSecretValue']],
      ['KeepEndedSessions', ['dynamodb:BatchGetItem', 'dynamodb:PutItem']],
    ]);
    const paths = JSON.stringify(statementsOf(stack, 'api_execution').map(({ Resource }) => Resource));
    expect(paths).not.toContain('"*"');
    expect([...paths.matchAll(/"path":"([^"]+)"/g)].map(([, path]) => path)).toEqual([
      'aws_cloudwatch_log_group.api.arn',
      'aws_secretsmanager_secret.oidc_client_secret.arn',
      'aws_secretsmanager_secret.session_keys.arn',
      'aws_dynamodb_table.login_sessions.arn',
    ]);
    expect(resourcesOf(stack, 'aws_iam_role_policy_attachment')).toEqual([]);
    expect([...synth(quickWith()).files.values()].join('')).not.toMatch(/SecretsManagerReadWrite|FullAccess/);
  });

  test('a secret that was there before: that one, and its key through it alone', () => {
    const stack = environmentStack(quickWith({ resources: { login: existingSecrets['login'] ?? googleLogin } }));
    const policy = policyOf(stack, 'api_execution');
    const secret = arn('secretsmanager', 'secret:my-app/sso-secrets-AbCdEf');
    const read = 'secretsmanager:GetSecretValue';
    expect(allows(policy, { action: read, resource: secret })).toBe(true);
    expect(allows(policy, { action: read, resource: arn('secretsmanager', 'secret:my-app/other-AbCdEf') })).toBe(false);
    expect(allows(policy, { action: 'secretsmanager:PutSecretValue', resource: secret })).toBe(false);
    const key = arn('kms', 'key/1234');
    const through = { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' };
    const decrypt = (context: Readonly<Record<string, string>>, resource = key) =>
      allows(policy, { action: 'kms:Decrypt', resource, context });
    const forIt = { ...through, 'kms:EncryptionContext:SecretARN': secret };
    expect(decrypt(forIt)).toBe(true);
    expect(decrypt({ ...through, 'kms:EncryptionContext:SecretARN': `${secret}2` })).toBe(false);
    expect(decrypt({ 'kms:EncryptionContext:SecretARN': secret })).toBe(false);
    expect(decrypt(forIt, 'arn:aws:kms:us-east-1:999999999999:key/1234')).toBe(false);
  });

  test('in the network, Lambda may make interfaces by it, and the code may not', () => {
    const statements = statementsOf(environmentStack(withDatabase), 'api_execution');
    expect(sidsOf(environmentStack(withDatabase), 'api_execution')).toEqual(
      expect.arrayContaining(['ConnectDb', 'FindInterfaces', 'KeepInterfaces', 'NotFromTheCode']),
    );
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    const denied = statements.find(({ Effect }) => Effect === 'Deny');
    const ec2 = allowed.flatMap(({ Action }) => Action as string[]).filter((action) => action.startsWith('ec2:'));
    expect(denied?.Action).toEqual(expect.arrayContaining(ec2));
    expect(JSON.stringify(denied?.Condition)).toContain('function:quick-dev-api');
  });

  test('may decrypt secrets with the environment’s key where there is one', () => {
    const app = quickWith({ environments: { prod: { encryption: 'kms' } } });
    expect(sidsOf(environmentStack(app, 'prod'), 'api_execution')).toContain('DecryptSecrets');
  });
});

describe('a function with a database', () => {
  const stack = environmentStack(withDatabase);

  test('stands in the private subnets, and the database lets it in', () => {
    const [made] = resourcesOf(stack, 'aws_lambda_function');
    expect(made?.args.vpc_config).toMatchObject({ subnet_ids: { path: 'aws_subnet.private[*].id' } });
    const rules = resourcesOf(stack, 'aws_vpc_security_group_ingress_rule').map(({ name }) => name);
    expect(rules).toEqual(expect.arrayContaining(['db_api', 'db_db_migrate']));
    expect(resourcesOf(stack, 'aws_dynamodb_table')).toEqual([]);
  });

  test('Aurora ends the connections of frozen functions, and of others not', () => {
    const idle = (app: App) =>
      JSON.stringify(resourcesOf(environmentStack(app), 'aws_rds_cluster_parameter_group')[0]?.args.parameter);
    expect(idle(withDatabase)).toContain('{"name":"idle_session_timeout","value":"60000"}');
    expect(idle(appWith('fargate'))).not.toContain('idle');
  });

  test('its migrations are a task of the same image', () => {
    const [definition] = resourcesOf(stack, 'aws_ecs_task_definition');
    const [container] = decoded(definition?.args.container_definitions) as { image: { path: string } }[];
    expect(container?.image.path).toBe('data.aws_ssm_parameter.api_image.insecure_value');
    expect(definition?.args.runtime_platform).toMatchObject({ cpu_architecture: 'ARM64' });
  });
});

test('a function and a service on Fargate share one HTTP API', () => {
  const stack = environmentStack(functionBesideFargate());
  const integrations = resourcesOf(stack, 'aws_apigatewayv2_integration').map(({ name, args }) => [
    name,
    args.integration_type,
  ]);
  expect(integrations).toEqual(
    expect.arrayContaining([
      ['api', 'HTTP_PROXY'],
      ['page', 'AWS_PROXY'],
    ]),
  );
  const links = resourcesOf(stack, 'aws_lb_listener').map(({ name }) => name);
  expect(links).toEqual(['api']);
});

describe('infra/shared', () => {
  test('lets the functions of a service pull its images, and nobody else', () => {
    const { files } = synth(functionBesideFargate());
    const registry = files.get('shared/registry.tf') ?? '';
    expect(registry.match(/resource "aws_ecr_repository_policy" "\w+"/g)).toEqual([
      'resource "aws_ecr_repository_policy" "page"',
    ]);
    expect(registry).toMatch(/ArnLike = \{\s+"aws:SourceArn" = \[\s+"[^"]+:function:shows-dev-page",/);
    expect(registry).not.toMatch(/function:[^"]*\*(?<!:\*)"/);
    expect(registry).not.toContain('Principal = "*"');
  });

  test('names the one registry as the starter kit does, and each by its service', () => {
    const outputs = (app: App) => [...(synth(app).files.get('shared/registry.tf') ?? '').matchAll(/^output "(\w+)"/gm)];
    expect(outputs(quickWith()).map(([, name]) => name)).toEqual(['api_repository_url', 'ecr_repository_url']);
    expect(outputs(functionBesideFargate()).map(([, name]) => name)).toEqual([
      'api_repository_url',
      'page_repository_url',
    ]);
  });
});

test('outputs are the starter kit’s, with the service’s name where there are several functions', () => {
  const outputs = (app: App) => [...(synth(app).files.get('dev/outputs.tf') ?? '').matchAll(/^output "(\w+)"/gm)];
  expect(outputs(quickWith()).map(([, name]) => name)).toEqual([
    'url',
    'ingress_paths',
    'service_arns',
    'google_callback_url',
    'api_endpoint',
    'lambda_function_name',
  ]);
  const two = quickWith({
    services: {
      api: { source: 'a.ts', compute: 'lambda' },
      'user-page': { source: 'b.ts', compute: 'lambda', routes: { 'GET /page': 'public' } },
    },
  });
  expect(outputs(two).map(([, name]) => name)).toEqual(
    expect.arrayContaining(['api_endpoint', 'api_lambda_function_name', 'user_page_lambda_function_name']),
  );
});

describe('bad input', () => {
  const one = (settings: Environment) => quickWith({ environments: { dev: { ...dev, ...settings } } });
  const long = 'a'.repeat(30);
  test.each([
    [
      'too little memory',
      quickWith({}, { memory: 128 - 1 }),
      'services.api.memory: a function has 128 to 10240 MiB of memory, not 127 (service api)',
    ],
    [
      'too much memory',
      one({ memory: 10_241 }),
      'environments.dev.memory: a function has 128 to 10240 MiB of memory, not 10241 (service api)',
    ],
    ['tasks', one({ tasks: 2 }), 'environments.dev.tasks: means nothing to functions'],
    ['most tasks', one({ maxTasks: 2 }), 'environments.dev.maxTasks: means nothing to functions'],
    [
      'a network',
      one({ network: { nat: 'single' } }),
      'environments.dev.network: means nothing where functions alone run',
    ],
    [
      'a function with a database in public subnets',
      { ...withDatabase, environments: { dev: { ...dev, network: { tasks: 'public' } } } },
      'environments.dev.network.tasks: the function of `api` is in the network',
    ],
    [
      'log search',
      quickWith({ resources: { logs: { kind: 'log-search' } } }),
      'services.api.uses: a function is one container',
    ],
    [
      'braces in the name of a secret',
      quickWith({ resources: { login: { ...googleLogin, existingSecret: { name: '{app}/{region}' } } } }),
      'resources.login.existingSecret.name: `quick/{region}` has braces left',
    ],
    [
      'braces in the name of another secret',
      quickWith({ resources: { token: { kind: 'secret', existing: { name: '{x}' } } } }),
      'resources.token.existing.name: `{x}` has braces left',
    ],
    [
      'two functions with everything',
      quickWith({ services: { a: { source: 'a.ts', compute: 'lambda' }, b: { source: 'b.ts', compute: 'lambda' } } }),
      'services.b.routes: everything goes to `a` already',
    ],
    [
      'a long name',
      quickWith({ name: long, services: { [long]: { source: 'a.ts', compute: 'lambda' } } }),
      `services.${long}: the name of the function, `,
    ],
    [
      'a delivery',
      quickWith({
        state: { bucket: 'quick-state' },
        delivery: { provider: 'codebuild', repository: 'https://github.com/acme/quick' },
      }),
      'services.api.compute: there is no delivery to Lambda yet',
    ],
  ] satisfies [string, App, string][])('%s', (_, app, text) => {
    const { problems, files } = synth(app);
    expect(problems.map(({ path, message }) => `${path}: ${message}`).join('\n')).toContain(text);
    expect(problems.every(({ hint }) => (hint ?? '') !== '')).toBe(true);
    expect(files.size).toBe(0);
  });

  test('sizes of Fargate are no business of functions, and the smallest and largest are fine', () => {
    for (const memory of [128, 700, 10_240]) expect(synth(quickWith({}, { memory, cpu: 300 })).problems).toEqual([]);
  });
});
