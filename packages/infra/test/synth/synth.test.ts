import { format } from '@cdktn/hcl-tools';
import { parse } from '@cdktn/hcl2json';
import type { App, Compute } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { appWith, environmentStack, resourcesOf } from './apps.ts';

describe.each(['fargate', 'express'] as const)('%s', (compute) => {
  const { files } = synth(appWith(compute));

  test('is split by concern', () => {
    const balancer = compute === 'fargate' ? ['load-balancer.tf'] : [];
    const domain = compute === 'fargate' ? ['domain.tf'] : [];
    const environment = [
      'account.tf',
      'api.tf',
      'backend.tf',
      'cluster.tf',
      'database.tf',
      ...balancer,
      'migrate.tf',
      'network.tf',
      'outputs.tf',
      'secrets.tf',
      'terraform.tfvars.example',
      'variables.tf',
      'versions.tf',
    ];
    expect([...files.keys()].sort()).toEqual([
      '.gitignore',
      ...environment.map((name) => `dev/${name}`),
      ...[...environment, ...domain].toSorted().map((name) => `prod/${name}`),
      ...['backend.tf', 'images.tf', 'registry.tf', 'versions.tf'].map((name) => `shared/${name}`),
    ]);
  });

  test('is formatted, parses, and is the same every time', async () => {
    for (const [path, text] of files) {
      if (!path.endsWith('.tf') && !path.endsWith('.example')) continue;
      expect(await format(text)).toBe(text);
      expect(await parse('file.tf', text)).toBeDefined();
    }
    expect(synth(appWith(compute)).files).toEqual(files);
  });

  test('names no account, no hash and no machine', () => {
    const text = [...files.values()].join('');
    expect(text).not.toMatch(/\b\d{12}\b|[0-9a-f]{16,}|\/home\/|\/root\//);
    expect(text).toMatch(/^\p{ASCII}*$/u);
  });

  test('tells what to register and how to migrate', () => {
    const outputs = [...(files.get('dev/outputs.tf') ?? '').matchAll(/^output "(\w+)"/gm)].map(([, name]) => name);
    expect(outputs).toEqual([
      'url',
      'ingress_paths',
      'service_arns',
      'auth0_callback_url',
      'auth0_logout_url',
      'migrate_command',
      'vpc_id',
      'public_subnet_ids',
      'private_subnet_ids',
      ...(compute === 'fargate' ? ['alb_dns_name'] : []),
    ]);
  });
});

test('one environment can be had alone, with what is shared', () => {
  const folders = [...synth(appWith('fargate'), { environment: 'dev' }).files.keys()].map((path) => path.split('/')[0]);
  expect([...new Set(folders)]).toEqual(['.gitignore', 'shared', 'dev']);
});

test('an environment that does not exist is a problem with the nearest name', () => {
  const { files, problems } = synth(appWith('fargate'), { environment: 'dve' });
  expect(files.size).toBe(0);
  expect(problems).toEqual([
    { path: 'environments.dve', message: 'there is no environment `dve`', hint: 'Did you mean `dev`?' },
  ]);
});

test('state goes to the bucket with a key per environment', () => {
  const { files } = synth(appWith('fargate', { state: { bucket: 'sso-state' } }));
  expect(files.get('prod/backend.tf')).toBe(`terraform {
  backend "s3" {
    bucket       = "sso-state"
    key          = "sso/prod/terraform.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }
}
`);
});

test('an Express service learns its address from a parameter written after it', () => {
  const api = synth(appWith('express')).files.get('dev/api.tf') ?? '';
  expect(api).toContain('PUBLIC_URL_PARAMETER          = "/sso/dev/api/public-url"');
  expect(api).not.toMatch(/PUBLIC_URL\s+=/);
  expect(api).toContain('value       = local.api_url');
  expect(api).toContain('aws_iam_role_policy_attachment.api_infrastructure,');
});

test.each([
  ['private', ['aws_route.private_internet', 'aws_route_table_association.private']],
  ['public', ['aws_route.public_internet', 'aws_route_table_association.public']],
] as const)('%s tasks start after there is a way out, to fetch their image', (tasks, wayOut) => {
  const app = appWith('fargate', { environments: { dev: { ephemeral: true, network: { tasks } } } });
  const [service] = resourcesOf(environmentStack(app), 'aws_ecs_service');
  expect((service?.meta.depends_on ?? []).map(({ address }) => address)).toEqual(expect.arrayContaining([...wayOut]));
});

test('an apply whose tasks ECS took back fails, though ECS is in a steady state again', () => {
  const [service] = resourcesOf(environmentStack(appWith('fargate')), 'aws_ecs_service');
  expect(service?.args.wait_for_steady_state).toBe(true);
  expect(service?.meta.lifecycle?.postcondition?.error_message).toContain('ECS went back to the ones before');
  expect(synth(appWith('fargate')).files.get('dev/api.tf')).toContain(
    'condition     = self.task_definition == aws_ecs_task_definition.api.arn',
  );
});

describe('zones', () => {
  const zoneOf = (app: App) => /exclude_zone_ids = .*/.exec(synth(app).files.get('dev/network.tf') ?? '')?.[0];
  const inside = (region: string, compute: Compute, architecture: 'x86_64' | 'arm64' = 'x86_64') =>
    zoneOf(appWith(compute, { region, environments: { dev: { ephemeral: true, architecture } } }));

  test.each([
    ['us-west-1', 'fargate', 'x86_64', 'exclude_zone_ids = ["usw1-az2"]'],
    ['us-west-1', 'express', 'x86_64', 'exclude_zone_ids = ["usw1-az2"]'],
    ['ap-northeast-1', 'fargate', 'arm64', 'exclude_zone_ids = ["apne1-az3"]'],
    ['us-east-1', 'fargate', 'arm64', 'exclude_zone_ids = ["use1-az3"]'],
    ['us-east-1', 'lambda', 'x86_64', 'exclude_zone_ids = ["use1-az3"]'],
    ['us-east-1', 'fargate', 'x86_64', undefined],
    ['eu-central-1', 'fargate', 'arm64', undefined],
  ] as const)('of %s that take nothing of %s on %s are left out', (region, compute, architecture, expected) => {
    expect(inside(region, compute, architecture)).toBe(expected);
  });
});

test('environments differ in size, retention, zones and protection', () => {
  const app = appWith('fargate', {
    environments: {
      dev: { ephemeral: true, logDays: 3 },
      prod: { domain: 'app.example.com', cpu: 512, memory: 1024, tasks: 2, logDays: 30, network: { zones: 3 } },
    },
  });
  const of = (environment: string) => {
    const stack = environmentStack(app, environment);
    const args = (type: string) => resourcesOf(stack, type)[0]?.args ?? {};
    const subnet = resourcesOf(stack, 'aws_subnet')[0];
    return [
      args('aws_ecs_task_definition').cpu,
      args('aws_ecs_service').desired_count,
      args('aws_cloudwatch_log_group').retention_in_days,
      subnet?.meta.count,
      args('aws_rds_cluster').deletion_protection,
    ];
  };
  expect(of('dev')).toEqual(['256', 1, 3, 2, false]);
  expect(of('prod')).toEqual(['512', 2, 30, 3, true]);
});
