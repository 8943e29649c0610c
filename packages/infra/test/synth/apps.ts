import type { App, Compute, Environment, Resource } from '@keelson/contract';
import type { Declaration, ResourceDeclaration, Stack } from '../../src/aws/index.ts';
import { composeEnvironment, composeShared, composeState } from '../../src/compose.ts';
import type { Value, ValueObject } from '../../src/hcl/index.ts';

/** An app of one service `api`; what is given replaces the defaults. */
export function appWith(compute: Compute, changes: Partial<App> = {}): App {
  const uses = Object.keys(changes.resources ?? resources);
  return {
    name: 'sso',
    region: 'eu-central-1',
    resources,
    services: { api: { source: 'src/main.ts', compute, cpu: 256, memory: 512, uses } },
    environments: { dev, prod: compute === 'fargate' ? { ...prod, domain: 'app.example.com' } : prod },
    ...changes,
  };
}

const resources: NonNullable<App['resources']> = {
  db: { kind: 'postgres' },
  login: { kind: 'login', provider: 'auth0' },
  token: { kind: 'secret', variable: 'PARTNER_TOKEN' },
};
export const dev: Environment = { ephemeral: true, logDays: 3 };
export const prod: Environment = { cpu: 512, memory: 1024, tasks: 2, logDays: 30 };

/** What the template `shows` declares: `api` behind an HTTP API that looks at the tokens of Cognito. */
export function showsWith(changes: Partial<App> = {}, service: Partial<App['services'][string]> = {}): App {
  return {
    name: 'shows',
    region: 'ap-southeast-2',
    resources: showsResources,
    services: { api: { ...showsService, uses: Object.keys(changes.resources ?? showsResources), ...service } },
    environments: { dev, prod },
    ...changes,
  };
}

export const cognito: Extract<Resource, { kind: 'tokens' }> = {
  kind: 'tokens',
  provider: 'cognito',
  scopes: { read: 'Read', write: 'Write' },
  clients: { partner: ['read'] },
};
const showsResources: NonNullable<App['resources']> = {
  shows: {
    kind: 'table',
    key: { slug: 'string' },
    indexes: { by_count: { hash: { drmKey: 'number' }, range: { count: 'number' } } },
  },
  tokens: cognito,
};
/** It names no routes, so it gets every request. */
export const openService: App['services'][string] = {
  source: 'src/main.ts',
  compute: 'fargate',
  ingress: 'http-api',
};
export const showsService: App['services'][string] = {
  ...openService,
  routes: {
    'GET /shows': { scopes: ['read'] },
    'POST /shows/{id}': { scopes: ['write'] },
    'ANY /any/{rest+}': { scopes: [] },
    'GET /health': 'public',
  },
};

/** What the template `users` declares: accounts, mail and searchable logs at a domain of one's own. */
export function usersWith(changes: Partial<App> = {}): App {
  const { resources: given = usersResources } = changes;
  return {
    name: 'users',
    region: 'eu-central-1',
    resources: given,
    services: { api: { source: 'src/main.ts', compute: 'fargate', uses: Object.keys(given) } },
    environments: {
      dev: { ...dev, domain: 'dev.example.com', hostedZone: 'example.com' },
      prod: { ...prod, domain: 'example.com', hostedZone: 'example.com', encryption: 'kms' },
    },
    ...changes,
  };
}

export const usersResources: NonNullable<App['resources']> = {
  db: { kind: 'postgres' },
  accounts: { kind: 'accounts' },
  mail: { kind: 'mail' },
  logs: { kind: 'log-search' },
};

/** The same with PostgreSQL in a container, and a hosted zone of its own. */
export function usersInContainer(): App {
  const { environments = {} } = usersWith();
  const database = { engine: 'container' } as const;
  return usersWith({
    environments: {
      dev: { ...environments['dev'], database, createZone: true },
      prod: { ...environments['prod'], database, createZone: true },
    },
  });
}

/** What the template `quick` declares: a function with sign-in by Google, and no network; what is given replaces the defaults. */
export function quickWith(changes: Partial<App> = {}, service: Partial<App['services'][string]> = {}): App {
  const { resources: given = { login: googleLogin } } = changes;
  return {
    name: 'quick',
    region: 'us-east-1',
    resources: given,
    services: {
      api: { source: 'src/main.ts', compute: 'lambda', memory: 512, uses: Object.keys(given), ...service },
    },
    environments: {
      dev: { ...dev, architecture: 'arm64' },
      prod: { memory: 1024, logDays: 30, architecture: 'arm64' },
    },
    ...changes,
  };
}

export const googleLogin: Extract<Resource, { kind: 'login' }> = { kind: 'login', provider: 'google' };

/** Secrets that were there before: a JSON document, a whole string, and a key of one. */
export const existingSecrets: NonNullable<App['resources']> = {
  login: { ...googleLogin, hostedDomain: 'example.com', existingSecret: { name: 'my-app/sso-secrets' } },
  token: { kind: 'secret', existing: { name: '{app}/{env}/token' } },
  partner: { kind: 'secret', variable: 'PARTNER_KEY', existing: { name: 'partners', key: 'acme' } },
};

export interface NamedStack {
  readonly name: string;
  readonly stack: Stack;
}

/** Every directory of both computes, in every form that changes what is made. */
export function everyStack(): NamedStack[] {
  const apps = [
    { label: 'fargate', app: appWith('fargate') },
    { label: 'express', app: appWith('express') },
    {
      label: 'public tasks',
      app: appWith('fargate', { environments: { dev: { ...dev, network: { tasks: 'public', zones: 3 } } } }),
    },
    {
      label: 'two instances, no pause',
      app: appWith('fargate', { environments: { dev: { ...dev, database: { instances: 2, minCapacity: 0.5 } } } }),
    },
    {
      label: 'sessions in DynamoDB',
      app: appWith('fargate', { resources: { login: { kind: 'login', provider: 'google' } } }),
    },
    {
      label: 'two services',
      app: appWith('fargate', {
        services: {
          api: { source: 'a.ts', compute: 'fargate', uses: ['db'] },
          worker: { source: 'b.ts', compute: 'fargate', uses: ['login'] },
        },
      }),
    },
    { label: 'HTTP API', app: showsWith() },
    {
      label: 'HTTP API without routes, for sites',
      app: showsWith({ services: { api: { ...openService, corsOrigins: ['https://app.example.com'] } } }),
    },
    { label: 'HTTP API at a domain', app: showsWith({ environments: { prod: { ...prod, domain: 'a.example.com' } } }) },
    {
      label: 'HTTP API, tokens of Auth0',
      app: showsWith({ resources: { tokens: { ...cognito, provider: 'auth0' } } }),
    },
    { label: 'HTTP API of two services', app: twoBehindOneApi() },
    {
      label: 'HTTP API beside a public load balancer',
      app: appWith('fargate', {
        resources: { tokens: cognito },
        services: {
          web: { source: 'a.ts', compute: 'fargate', uses: [] },
          api: { ...showsService, uses: ['tokens'] },
        },
      }),
    },
    { label: 'users', app: usersWith() },
    { label: 'users, database in a container', app: usersInContainer() },
    {
      label: 'HTTP API, own key',
      app: showsWith({ environments: { prod: { ...prod, encryption: 'kms' } } }),
    },
    {
      label: 'Express, own key',
      app: appWith('express', { environments: { prod: { ...prod, encryption: 'kms' } } }),
    },
    { label: 'function', app: quickWith() },
    {
      label: 'function at a domain, own key',
      app: quickWith({ environments: { prod: { domain: 'a.example.com', encryption: 'kms' } } }),
    },
    {
      label: 'function with a database',
      app: quickWith({ resources: { db: { kind: 'postgres' }, login: googleLogin } }),
    },
    { label: 'function beside Fargate', app: functionBesideFargate() },
    { label: 'function, secrets that were there before', app: quickWith({ resources: existingSecrets }) },
    { label: 'Express, secrets that were there before', app: appWith('express', { resources: existingSecrets }) },
    { label: 'state in S3', app: appWith('fargate', { state: { bucket: 'sso-state', locking: 'dynamodb' } }) },
  ];
  const state = { bucket: 'sso-state', locking: 'dynamodb' } as const;
  const bootstrap = { name: 'state bucket', stack: composeState(appWith('fargate'), state) };
  const environments = apps.flatMap(({ label, app }) => [
    { name: `${label}: shared`, stack: composeShared(app) },
    ...Object.entries(app.environments ?? {}).map(([name, settings]) => ({
      name: `${label}: ${name}`,
      stack: composeEnvironment(app, name, settings),
    })),
  ]);
  return [bootstrap, ...environments];
}

/** One HTTP API in front of a function and of a service in the network. */
export function functionBesideFargate(): App {
  return showsWith({
    resources: { tokens: cognito },
    services: {
      api: { ...showsService, uses: ['tokens'] },
      page: { source: 'src/page.ts', compute: 'lambda', uses: [] },
    },
  });
}

/** Two services with tokens of their own. */
export function twoBehindOneApi(): App {
  return showsWith({
    resources: {
      tokens: cognito,
      more: { ...cognito, tokenPath: '/more/token', clients: { a: ['read'], b: ['write'] } },
    },
    services: {
      api: { ...showsService, uses: ['tokens'] },
      other: {
        ...showsService,
        routes: { 'GET /other': { scopes: ['write'] } },
        throttle: { rate: 1, burst: 2 },
        uses: ['more'],
      },
    },
  });
}

export function environmentStack(app: App, name = 'dev'): Stack {
  return composeEnvironment(app, name, app.environments?.[name] ?? {});
}

export function resourcesOf(stack: Stack, type?: string): ResourceDeclaration[] {
  return stack.declarations.filter(
    (declaration): declaration is ResourceDeclaration =>
      declaration.kind === 'resource' && (type === undefined || declaration.type === type),
  );
}

/** The variables that a service is given. */
export function environmentOf(stack: Stack, service: string): ValueObject {
  const made = resourcesOf(stack, 'aws_lambda_function').find(({ name }) => name === service);
  if (made) return (made.args['environment'] as { variables: ValueObject }).variables;
  const local = stack.declarations.find(
    (declaration): declaration is Extract<Declaration, { kind: 'local' }> =>
      declaration.kind === 'local' && declaration.name === `${service}_environment`,
  );
  return (local?.value ?? {}) as ValueObject;
}

interface JsonCall {
  readonly args: readonly Value[];
}

/** What is inside `jsonencode(…)`. */
export function decoded(value: Value | undefined): unknown {
  return (value as unknown as JsonCall).args[0];
}
