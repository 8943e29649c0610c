import type { App } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import {
  appWith,
  cognito,
  dev,
  openService,
  prod,
  quickWith,
  showsService,
  showsWith,
  usersResources,
  usersWith,
} from './apps.ts';

function problemsOf(...args: Parameters<typeof appWith>): string[] {
  const { files, problems } = synth(appWith(...args));
  if (problems.length > 0) expect(files.size).toBe(0);
  return problems.map(({ path, message, hint }) => `${path}: ${message}; ${hint}`);
}

const api: App['services'][string] = { source: 'src/main.ts', compute: 'fargate', uses: [] };

const domainOf = (name: string) => ({ ...dev, domain: `${name}.example.com` });

describe('bad input', () => {
  test('a good app has none', () => {
    expect(problemsOf('fargate')).toEqual([]);
    expect(problemsOf('express')).toEqual([]);
  });

  test.each([
    [
      'no environment',
      appWith('fargate', { environments: {} }),
      'environments: there is no environment; Add one: `environments: { dev: { ephemeral: true } }`.',
    ],
    [
      'a name that begins as those of Systems Manager do',
      quickWith({ name: 'ssm-notes' }),
      'name: AWS takes no parameter of Systems Manager whose name begins with `ssm`, and that of `ssm-notes` would; Choose',
    ],
    [
      'a name that begins as the ids of security groups do',
      appWith('express', { name: 'sg' }),
      'name: AWS takes no security group whose name begins with `sg-`, and that of `sg` would;',
    ],
    [
      'a name that begins as those of internal load balancers do',
      appWith('fargate', { name: 'internal' }),
      'name: AWS takes no load balancer whose name begins with `internal-`, and that of `internal` would;',
    ],
    [
      'memory that does not go with the CPU',
      appWith('fargate', { environments: { dev: { ...dev, cpu: 256, memory: 4096 } } }),
      'environments.dev.memory: Fargate has no task of 256 CPU units with 4096 MiB (service api); With 256 CPU units: 512, 1024, 2048.',
    ],
    [
      'CPU units that do not exist',
      appWith('fargate', { services: { api: { ...api, cpu: 300, memory: 512 } }, environments: { dev } }),
      'services.api.cpu: Fargate has no task of 300 CPU units (service api); Write one of 256, 512, 1024, 2048, 4096, 8192, 16384.',
    ],
    [
      'a retention that does not exist',
      appWith('fargate', { environments: { dev: { ...dev, logDays: 4 } } }),
      'environments.dev.logDays: logs cannot be kept for 4 days; Write one of 1, 3, 5, 7, 14,',
    ],
    [
      'a public network',
      appWith('fargate', { environments: { dev: { ...dev, network: { cidr: '8.8.0.0/16' } } } }),
      'environments.dev.network.cidr: `8.8.0.0/16` is not a private IPv4 block between /16 and /24;',
    ],
    [
      'bits behind the prefix',
      appWith('fargate', { environments: { dev: { ...dev, network: { cidr: '10.0.0.1/16' } } } }),
      'environments.dev.network.cidr: `10.0.0.1/16` is not a private IPv4 block between /16 and /24;',
    ],
    [
      'networks that overlap',
      appWith('fargate', {
        environments: {
          dev: { ...dev, network: { cidr: '10.1.0.0/16' } },
          test: { ...dev, network: { cidr: '10.1.128.0/20' } },
        },
      }),
      'environments.test.network.cidr: overlaps the network of `dev`;',
    ],
    [
      'private tasks without a way out',
      appWith('fargate', { environments: { dev: { ...dev, network: { nat: 'none' } } } }),
      'environments.dev.network.nat: private tasks need a way out,',
    ],
    [
      'no certificate outside ephemeral environments',
      appWith('fargate', { environments: { prod } }),
      'environments.prod.domain: a load balancer needs a host name for its certificate;',
    ],
    [
      'Express in private subnets',
      appWith('express', { environments: { dev: { ...dev, network: { tasks: 'private' } } } }),
      'environments.dev.network.tasks: an Express service in private subnets',
    ],
    [
      'Express with a domain',
      appWith('express', { environments: { dev: { ...dev, domain: 'a.example.com' } } }),
      'environments.dev.domain: Express Mode brings its own host name',
    ],
    [
      'Express on ARM',
      appWith('express', { environments: { dev: { ...dev, architecture: 'arm64' } } }),
      'environments.dev.architecture: Express Mode runs x86_64 alone;',
    ],
    [
      'an HTTP API in front of Express',
      showsWith({ services: { api: { ...openService, compute: 'express' } } }),
      'services.api.ingress: Express Mode brings its own load balancer,',
    ],
    [
      'two services with the same route',
      showsWith({
        services: {
          one: { ...showsService, routes: { 'GET /shows/{id}': 'public' }, uses: [] },
          two: { ...showsService, routes: { 'GET /shows/{slug}': 'public' }, uses: [] },
        },
      }),
      'services.two.routes.GET /shows/{slug}: is a route of `one` already,',
    ],
    [
      'two services that want everything',
      showsWith({
        services: {
          one: openService,
          two: openService,
        },
      }),
      'services.two.routes: everything goes to `one` already,',
    ],
    [
      'a route that is the token route',
      showsWith({}, { routes: { 'POST /oauth/token': 'public' } }),
      'services.api.routes.POST /oauth/token: is a route of the tokens `tokens` already,',
    ],
    [
      'more routes than an HTTP API has',
      showsWith({}, { routes: Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`GET /${at}`, 'public'])) }),
      'services.api.routes: an HTTP API has 300 routes at most; these are 301; Join some:',
    ],
    [
      'more routes than an HTTP API has, with those where browsers ask first',
      showsWith(
        {},
        {
          routes: Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`ANY /${at}`, { scopes: ['read'] }])),
          corsOrigins: ['https://a.example.com'],
        },
      ),
      'services.api.routes: an HTTP API has 300 routes at most; these are 301;',
    ],
    [
      'more zones than VPC links lead into',
      showsWith({ region: 'eu-west-3', environments: { dev: { ...dev, network: { zones: 3 } } } }),
      'environments.dev.network.zones: API Gateway reaches only 2 zones of eu-west-3; Write 2,',
    ],
    [
      'origins that differ',
      showsWith({
        services: {
          one: { ...showsService, routes: { 'GET /one': 'public' }, corsOrigins: ['https://a.example.com'] },
          two: { ...showsService, routes: { 'GET /two': 'public' } },
        },
      }),
      'services.two.corsOrigins: differ from those of `one`,',
    ],
    [
      'tokens of Cognito for nobody',
      showsWith({ resources: { tokens: { kind: 'tokens', provider: 'cognito', scopes: cognito.scopes } } }),
      'resources.tokens.clients: is missing: Cognito gives tokens to its clients alone; Name the machines',
    ],
    [
      'a client without scopes',
      showsWith({ resources: { tokens: { ...cognito, clients: { a: [] } } } }),
      'resources.tokens.clients.a: has no scope,',
    ],
    [
      'a word that Cognito keeps for itself',
      showsWith({ name: 'awsome', environments: { dev } }),
      'environments.dev: the name of a Cognito domain, here `awsome-dev-tokens-<account>`, must not hold `aws`;',
    ],
    [
      'an identifier that Cognito refuses',
      showsWith({ resources: { tokens: { ...cognito, identifier: 'a"b' } } }),
      'resources.tokens.identifier: `a"b` is no identifier of a resource server at Cognito;',
    ],
    [
      'a name of a log group that is taken',
      showsWith({
        services: {
          one: { ...showsService, routes: { 'GET /one': 'public' }, names: { logGroup: '/ecs/{app}' } },
          two: { ...showsService, routes: { 'GET /two': 'public' }, names: { logGroup: '/ecs/{app}' } },
        },
      }),
      'services.two.names.logGroup: `/ecs/shows` is the log group of `services.one.names.logGroup` already;',
    ],
    [
      'a placeholder that does not exist',
      showsWith({}, { names: { targetGroup: '{app}-{stage}-tg' } }),
      'services.api.names.targetGroup: `shows-{stage}-tg` has braces left;',
    ],
    [
      'a log group that begins as those of AWS do',
      showsWith({}, { names: { logGroup: 'aws/{app}' } }),
      'services.api.names.logGroup: `aws/shows` begins with `aws/`, which AWS keeps for itself; Write another name.',
    ],
    [
      'a target group that ends in a hyphen',
      showsWith({}, { names: { targetGroup: '{app}-{env}-' } }),
      'services.api.names.targetGroup: `shows-dev-` begins or ends with a hyphen, and AWS takes none there;',
    ],
    [
      'a target group’s name that is too long when it is filled in',
      showsWith({}, { names: { targetGroup: '{app}-{env}-with-a-very-long-name-tg' } }),
      'services.api.names.targetGroup: the name of the target group, `shows-prod-with-a-very-long-name-tg`, is longer than 32 characters; Shorten it by 3.',
    ],
    [
      'fewer tasks at most than at least',
      appWith('fargate', { environments: { dev: { ...dev, tasks: 3, maxTasks: 2 } } }),
      'environments.dev.maxTasks: is less than `tasks`; Write 3 or more.',
    ],
    [
      'less capacity at most than at least',
      appWith('fargate', { environments: { dev: { ...dev, database: { minCapacity: 8, maxCapacity: 4 } } } }),
      'environments.dev.database.maxCapacity: is less than `minCapacity`; Write 8 or more.',
    ],
    [
      'a name too long for a load balancer',
      appWith('fargate', { name: 'an-application-with-a-long-name', services: { a: api }, environments: { dev } }),
      'environments.dev: the name of the load balancer, `an-application-with-a-long-name-dev`, is longer than 32 characters;',
    ],
    [
      'mail without a domain',
      usersWith({ environments: { dev } }),
      'environments.dev.domain: `mail` sends mail, and that takes a domain that receivers can look up; Add `domain`, whose',
    ],
    [
      'mail from a domain that is not in the zone',
      usersWith({
        resources: { ...usersResources, mail: { kind: 'mail', from: 'a@other.org' } },
        environments: { dev: domainOf('a') },
      }),
      'resources.mail.from: mail comes from `other.org`, which is not in the hosted zone `example.com` of `dev`;',
    ],
    [
      'mail of two environments from one domain',
      usersWith({
        resources: { ...usersResources, mail: { kind: 'mail', from: 'a@example.com' } },
        environments: { dev: domainOf('a'), test: domainOf('b') },
      }),
      'resources.mail.from: mail of `test` comes from `example.com`, as that of `dev` does, and SES has a domain once;',
    ],
    [
      'a sender with a placeholder that does not exist',
      usersWith({
        resources: { ...usersResources, mail: { kind: 'mail', from: '{env}@{domain}' } },
        environments: { dev: domainOf('a') },
      }),
      'resources.mail.from: `{env}@a.example.com` has braces left;',
    ],
    [
      'accounts for anyone, said once',
      usersWith({ resources: { ...usersResources, accounts: { kind: 'accounts', registration: 'open' } } }),
      'resources.accounts.anyoneMayRegister: is missing: with `open`, anyone can make an account,',
    ],
    [
      'two searches for logs',
      usersWith({ resources: { ...usersResources, more: { kind: 'log-search' } } }),
      'resources.more: is a second resource of the kind `log-search`, and an environment has one; Use `logs`',
    ],
    [
      'a search for logs of Express Mode',
      appWith('express', { resources: { logs: { kind: 'log-search' } } }),
      'services.api.uses: Express Mode runs one container, and logs go to the search through a second one;',
    ],
    [
      'a search domain whose name is too long',
      usersWith({ name: 'a-rather-long-name-of-an-app', environments: { dev: domainOf('a') } }),
      'environments.dev: the name of the search domain, `a-rather-long-name-of-an-app-dev`, is longer than 28 characters;',
    ],
    [
      'capacity of a container',
      usersWith({ environments: { dev: { ...domainOf('a'), database: { engine: 'container', instances: 2 } } } }),
      "environments.dev.database.instances: means nothing with `engine: 'container'`; Leave it out, or write `engine: 'aurora'`.",
    ],
    [
      'a container with the name of a service',
      usersWith({
        resources: { ...usersResources, api: { kind: 'postgres' } },
        environments: { dev: { ...domainOf('a'), database: { engine: 'container' } } },
      }),
      'resources.api: is the name of a service too, and its container is one beside it;',
    ],
    [
      'a zone without a name',
      appWith('fargate', { environments: { dev: { ...dev, createZone: true } } }),
      "environments.dev.createZone: asks for a hosted zone without a name; Name it: `domain: 'app.example.com'`",
    ],
  ])('%s', (_, app, expected) => {
    const { files, problems } = synth(app);
    expect(files.size).toBe(0);
    expect(
      problems
        .map(({ path, message, hint }) => `${path}: ${message}; ${hint}`)
        .filter((line) => line.startsWith(expected)),
    ).toHaveLength(1);
    expect(problems.every(({ hint }) => hint !== '')).toBe(true);
  });

  test.each([
    ['load-balancer', 'fargate', appWith('fargate', { services: { 'load-balancer': api } })],
    ['http-api', 'lambda', quickWith({ services: { 'http-api': { ...api, compute: 'lambda' } } })],
  ] as const)('a service called %s on %s has the Terraform names of Keelson', (name, _compute, app) => {
    const { files, problems } = synth({ ...app, resources: {}, environments: { dev } });
    expect(files.size).toBe(0);
    expect(problems).toEqual([
      {
        path: `services.${name}`,
        message: expect.stringMatching(/^`aws_\w+\.\w+` of its Terraform is the name of something else already$/),
        hint: 'Give it another name, also where it is named.',
      },
    ]);
  });

  test('a service with the name of a database', () => {
    const services = { db: { ...api, uses: ['db'] } };
    const found = problemsOf('fargate', { services, resources: { db: { kind: 'postgres' } }, environments: { dev } });
    expect(found).toEqual([expect.stringMatching(/^services\.db: `aws_security_group\.db` of its Terraform/)]);
  });

  test('names that begin nearly as those that AWS keeps for itself', () => {
    expect(problemsOf('fargate', { name: 'internals' })).toEqual([]);
    expect(problemsOf('express', { name: 'sgs' })).toEqual([]);
    expect(problemsOf('express', { name: 'internal-notes' })).toEqual([]);
    expect(synth(quickWith({ name: 'sg-notes' })).problems).toEqual([]);
  });

  test('a function is judged by the names that it has', () => {
    const name = 'abcdefghijklmnopqrstuvwxyzabcde';
    expect(synth(quickWith({ name })).problems).toEqual([]);
    const tooLong = synth(quickWith({ name, services: { ['f'.repeat(18)]: { ...api, compute: 'lambda' } } }));
    expect(tooLong.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^the name of the role, `\S+-prod-f+-execution`, is longer than 64/),
    ]);
  });

  test.each([
    ['services.api', 'express', { name: 'a'.repeat(31), environments: { ['b'.repeat(15)]: { ephemeral: true } } }],
    [
      'environments.bbbbbbbbbbbbbbbbbbbbbbbb',
      'express',
      { name: 'a'.repeat(31), environments: { ['b'.repeat(24)]: { ephemeral: true } } },
    ],
  ] as const)('a role of %s on %s whose name is too long', (path, compute, changes) => {
    const { problems } = synth(appWith(compute, changes));
    expect(problems.filter((problem) => problem.path === path && problem.message.includes('role'))).not.toEqual([]);
  });

  test('all problems come at once, each once', () => {
    const environments = { dev: { ...dev, logDays: 4, cpu: 300, network: { nat: 'none' } }, prod } as const;
    const found = problemsOf('fargate', { environments });
    expect(found).toHaveLength(4);
    expect(new Set(found).size).toBe(4);
  });
});
