import { type Compute, contractOf, type Resource, type resourceKinds } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import {
  appWith,
  cognito,
  decoded,
  environmentOf,
  environmentStack,
  existingSecrets,
  quickWith,
  resourcesOf,
  showsWith,
  usersInContainer,
  usersWith,
} from './apps.ts';

const computes: readonly Compute[] = ['express', 'fargate', 'lambda'];
const examples: Record<keyof typeof resourceKinds, Resource[]> = {
  postgres: [{ kind: 'postgres' }],
  login: [
    { kind: 'login', provider: 'auth0' },
    { kind: 'login', provider: 'google' },
    { kind: 'login', provider: 'cognito' },
    { kind: 'login', provider: 'generic' },
    { kind: 'login', provider: 'google', hostedDomain: 'example.com', existingSecret: { name: 'my-app/sso-secrets' } },
    { kind: 'login', provider: 'generic', existingSecret: { name: 'sso', keys: { SESSION_KEYS: 'keys' } } },
  ],
  table: [
    { kind: 'table', key: { id: 'string' } },
    { kind: 'table', key: { id: 'string', at: 'number' }, ttl: 'expiresAt', name: 'things-{env}' },
  ],
  tokens: [
    cognito,
    { kind: 'tokens', provider: 'auth0', scopes: { read: 'Read' } },
    { kind: 'tokens', provider: 'generic', scopes: { read: 'Read' }, identifier: 'https://api.example.com' },
  ],
  accounts: [
    { kind: 'accounts' },
    { kind: 'accounts', registration: 'domain', domains: ['example.com', 'example.org'] },
    { kind: 'accounts', registration: 'open', anyoneMayRegister: true },
  ],
  mail: [{ kind: 'mail' }, { kind: 'mail', from: '{app}@mail.{domain}' }],
  'log-search': [{ kind: 'log-search' }, { kind: 'log-search', instance: 'm7g.medium.search', storage: 100 }],
  secret: [
    { kind: 'secret' },
    { kind: 'secret', variable: 'OTHER_NAME' },
    { kind: 'secret', existing: { name: '{app}/{env}/thing', key: 'thing' } },
  ],
};
const cases = Object.values(examples)
  .flat()
  .flatMap((resource) =>
    computes
      // A function is one container, and logs go to the search through a second one.
      .filter((compute) => compute !== 'lambda' || resource.kind !== 'log-search')
      .map((compute) => ({ compute, resource })),
  );

describe('infra provides the contract', () => {
  test.each(cases)('$compute gives exactly one whole form of $resource', ({ compute, resource }) => {
    const app = appWith(compute, { resources: { thing: resource } });
    const given = namesGiven(app);
    const [used] = contractOf(app, 'api').resources;
    const forms = used?.forms ?? [];
    const whole = forms.filter((form) => form.every(({ name, optional }) => optional || given.has(name)));
    expect(whole).toHaveLength(1);
    const known = (whole[0] ?? []).map(({ name }) => name);
    const others = forms.flatMap((form) => form.map(({ name }) => name)).filter((name) => !known.includes(name));
    expect(others.filter((name) => given.has(name))).toEqual([]);
  });

  test.each(computes)('%s gives every service its own variables', (compute) => {
    const app = appWith(compute);
    const given = namesGiven(app);
    const required = contractOf(app, 'api').service.filter(({ optional }) => !optional);
    expect(required.map(({ name }) => name).filter((name) => !given.has(name))).toEqual([]);
  });

  test.each([
    ['a load balancer', appWith('fargate')],
    ['an HTTP API', showsWith({}, { corsOrigins: ['https://a.example.com'] })],
    ['a load balancer, with accounts, mail and log search', usersWith()],
    ['a load balancer, with a database in a container', usersInContainer()],
    ['an HTTP API, on Lambda', quickWith({ resources: existingSecrets }, { corsOrigins: ['https://a.example.com'] })],
  ])('nothing is given behind %s that no contract names', (_, app) => {
    const { service, resources } = contractOf(app, 'api');
    const known = [...service, ...resources.flatMap(({ forms }) => forms.flat())].map(({ name }) => name);
    // Read by AWS's SDK, and by the adapter in front of the service.
    const others = ['AWS_REGION', 'AWS_LWA_PORT', 'AWS_LWA_READINESS_CHECK_PATH'];
    expect([...namesGiven(app)].filter((name) => ![...known, ...others].includes(name))).toEqual([]);
  });

  test('plain http is allowed to a service only where there is no certificate', () => {
    const allowed = (app: Parameters<typeof environmentStack>[0], name: string) =>
      'PUBLIC_URL_INSECURE' in environmentOf(environmentStack(app, name), 'api');
    expect([allowed(appWith('fargate'), 'dev'), allowed(appWith('fargate'), 'prod')]).toEqual([true, false]);
    expect(allowed(appWith('express'), 'dev')).toBe(false);
  });

  test('behind an HTTP API a service knows its address, whom to believe, and whose pages may call it', () => {
    const app = showsWith({}, { corsOrigins: ['https://a.example.com', 'https://b.example.com'] });
    const file = synth(app).files.get('dev/api.tf') ?? '';
    for (const [name, value] of [
      ['PUBLIC_URL', 'aws_apigatewayv2_api.main.api_endpoint'],
      ['TRUSTED_PROXIES', 'join(",", aws_subnet.private[*].cidr_block)'],
      ['CLIENT_ADDRESS_HEADER', '"forwarded"'],
      ['CORS_ORIGINS', '"https://a.example.com,https://b.example.com"'],
      ['SHOWS_TABLE', 'aws_dynamodb_table.shows.name'],
      ['TOKEN_ISSUER', '"https://${aws_cognito_user_pool.tokens.endpoint}"'],
      ['TOKEN_CLIENT_IDS', 'aws_cognito_user_pool_client.tokens_partner.id'],
      ['TOKEN_SCOPE_PREFIX', 'aws_cognito_resource_server.tokens.identifier'],
    ]) {
      expect(file.replaceAll(/ +/g, ' ')).toContain(`${name} = ${value}\n`);
    }
  });

  test.each([
    ['sign-in', appWith('fargate')],
    ['accounts', usersWith()],
    ['a database in a container', usersInContainer()],
    ['a function', quickWith()],
    ['secrets that were there before', quickWith({ resources: existingSecrets })],
  ])('no secret is given as a value: %s', (_, app) => {
    const secrets = contractOf(app, 'api').resources.flatMap(({ forms }) =>
      forms.flat().filter(({ secret }) => secret),
    );
    const given = Object.keys(environmentOf(environmentStack(app), 'api'));
    // With SES there is no password in it.
    const named = secrets.map(({ name }) => name).filter((name) => name !== 'MAIL_URL');
    expect(named.filter((name) => given.includes(name))).toEqual([]);
  });
});

test.each(['fargate', 'express'] as const)('%s: migrations run by the image’s migrate.js, as the master', (compute) => {
  const stack = environmentStack(appWith(compute));
  const definition = resourcesOf(stack, 'aws_ecs_task_definition').find(({ name }) => name === 'db_migrate');
  const [container] = decoded(definition?.args.container_definitions) as { command: string[] }[];
  expect(container?.command).toEqual(['node', 'migrate.js']);
  expect(Object.keys(environmentOf(stack, 'db_migrate'))).toEqual(
    expect.arrayContaining(['PGHOST', 'PGPORT', 'PGDATABASE', 'PGUSER', 'DATABASE_MASTER_SECRET_ARN']),
  );
  // The service itself never has the master's rights.
  expect(Object.keys(environmentOf(stack, 'api'))).not.toContain('DATABASE_MASTER_SECRET_ARN');
});

/** `X_SECRET_ARN` gives `X`, `PUBLIC_URL_PARAMETER` gives `PUBLIC_URL`; Lambda itself gives the region. */
function namesGiven(app: Parameters<typeof environmentStack>[0]): Set<string> {
  const own = app.services['api']?.compute === 'lambda' ? ['AWS_REGION'] : [];
  const names = [...own, ...Object.keys(environmentOf(environmentStack(app), 'api'))];
  return new Set(names.map((name) => name.replace(/_SECRET_ARN$/, '').replace(/^PUBLIC_URL_PARAMETER$/, 'PUBLIC_URL')));
}
