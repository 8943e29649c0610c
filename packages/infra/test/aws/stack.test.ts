import { describe, expect, test } from 'vitest';
import { createStack, type Stack } from '../../src/aws/index.ts';
import { printFile, ref, text } from '../../src/hcl/index.ts';

/** Declares what TypeScript would refuse, as configuration built from data might. */
function seed(build: (stack: Loose) => void): string[] {
  const stack = createStack();
  build(stack as unknown as Loose);
  return stack.problems().map(({ path, message, hint }) => `${path}: ${message}; ${hint}`);
}

interface Loose {
  resource(type: string, name: string, args: object, meta?: object): { address: string };
  data: Loose['resource'];
}

const service = { name: 'api' };

describe('the check of a stack', () => {
  test('finds nothing in a correct one', () => {
    const stack = correctStack();
    expect(stack.problems()).toEqual([]);
  });

  test.each([
    [
      'an unknown argument',
      (s: Loose) => s.resource('aws_ecs_service', 'api', { ...service, desired_cuont: 2 }),
      'aws_ecs_service.api.desired_cuont: aws_ecs_service has no argument `desired_cuont`; did you mean `desired_count`?',
    ],
    [
      'an unknown argument of a nested block',
      (s: Loose) =>
        s.resource('aws_ecs_service', 'api', {
          ...service,
          network_configuration: { subnets: [], asign_public_ip: true },
        }),
      'aws_ecs_service.api.network_configuration.asign_public_ip: aws_ecs_service.network_configuration has no argument `asign_public_ip`; did you mean `assign_public_ip`?',
    ],
    [
      'a missing argument',
      (s: Loose) => s.resource('aws_ecs_service', 'api', {}),
      'aws_ecs_service.api.name: aws_ecs_service needs the argument `name`; Add `name`.',
    ],
    [
      'a missing argument of a nested block',
      (s: Loose) => s.resource('aws_ecs_service', 'api', { ...service, network_configuration: {} }),
      'aws_ecs_service.api.network_configuration.subnets: aws_ecs_service.network_configuration needs the argument `subnets`; Add `subnets`.',
    ],
    [
      'a missing block',
      (s: Loose) => s.resource('aws_lb_listener', 'https', { load_balancer_arn: 'x' }),
      'aws_lb_listener.https.default_action: aws_lb_listener needs the block `default_action`; Add `default_action`.',
    ],
    [
      'a wrong type',
      (s: Loose) => s.resource('aws_ecs_service', 'api', { ...service, desired_count: 'two' }),
      'aws_ecs_service.api.desired_count: `desired_count` of aws_ecs_service is text, but has to be a number; Give a number.',
    ],
    [
      'a wrong type in a list',
      (s: Loose) => s.resource('aws_ecs_service', 'api', { ...service, network_configuration: { subnets: ['a', 1] } }),
      'aws_ecs_service.api.network_configuration.subnets[1]: item 1 of `subnets` of aws_ecs_service.network_configuration is a number, but has to be text; Give text.',
    ],
    [
      'one value where a list is needed',
      (s: Loose) => {
        s.resource('aws_vpc', 'main', {});
        s.resource('aws_ecs_service', 'api', {
          ...service,
          network_configuration: { subnets: ref('aws_vpc.main.id') },
        });
      },
      'aws_ecs_service.api.network_configuration.subnets: `subnets` of aws_ecs_service.network_configuration is one value, but has to be a set of text; Give a set of text.',
    ],
    [
      'a block given as attribute',
      (s: Loose) => s.resource('aws_ecs_service', 'api', { ...service, network_configuration: 'x' }),
      'aws_ecs_service.api.network_configuration: `network_configuration` of aws_ecs_service is a block, not an attribute; Give an object, written `network_configuration { … }`.',
    ],
    [
      'an attribute given as block',
      (s: Loose) => s.resource('aws_ecs_service', 'api', { name: { value: 'x' } }),
      'aws_ecs_service.api.name: `name` of aws_ecs_service is an object, but has to be text; Give text.',
    ],
    [
      'too many of a block',
      (s: Loose) =>
        s.resource('aws_rds_cluster', 'db', {
          engine: 'aurora-postgresql',
          serverlessv2_scaling_configuration: [
            { min_capacity: 0, max_capacity: 1 },
            { min_capacity: 0, max_capacity: 1 },
          ],
        }),
      'aws_rds_cluster.db.serverlessv2_scaling_configuration: aws_rds_cluster takes at most 1 `serverlessv2_scaling_configuration`; There are 2.',
    ],
    [
      'a computed argument',
      (s: Loose) => s.resource('aws_vpc', 'main', { arn: 'x' }),
      'aws_vpc.main.arn: `arn` of aws_vpc is set by AWS alone; Leave it out; refer to it instead.',
    ],
    [
      'an attribute that does not exist',
      (s: Loose) => {
        s.resource('aws_vpc', 'main', {});
        s.resource('aws_internet_gateway', 'main', { vpc_id: ref('aws_vpc.main.idd') });
      },
      'aws_internet_gateway.main: refers to `aws_vpc.main.idd`, but aws_vpc has no attribute `idd`; did you mean `id`?',
    ],
    [
      'a reference to an undeclared resource',
      (s: Loose) => {
        s.resource('aws_vpc', 'main', {});
        s.resource('aws_internet_gateway', 'main', { vpc_id: ref('aws_vpc.mian.id') });
      },
      'aws_internet_gateway.main: refers to `aws_vpc.mian.id`, which is not declared; did you mean `aws_vpc.main`?',
    ],
    [
      'an undeclared variable',
      (s: Loose) => s.resource('aws_vpc', 'main', { cidr_block: text`${ref('var.cidr')}` }),
      'aws_vpc.main: refers to `var.cidr`, which is not declared; Declare `var.cidr`.',
    ],
    [
      'a counted resource without an index',
      (s: Loose) => {
        s.resource('aws_eip', 'nat', {}, { count: 2 });
        s.resource('aws_nat_gateway', 'a', { subnet_id: 'x', allocation_id: ref('aws_eip.nat.id') });
      },
      'aws_nat_gateway.a: refers to `aws_eip.nat.id`, but aws_eip.nat has `count`; Write `aws_eip.nat[*]` or `aws_eip.nat[0]`.',
    ],
    [
      'a duplicate name',
      (s: Loose) => {
        s.resource('aws_vpc', 'main', {});
        s.resource('aws_vpc', 'main', {});
      },
      'aws_vpc.main: is declared twice, in main.tf and main.tf; Give one of them another name.',
    ],
    [
      'an unknown type',
      (s: Loose) => s.resource('aws_vcp', 'main', {}),
      'aws_vcp.main: there is no resource type `aws_vcp`; Did you mean `aws_vpc`?',
    ],
    [
      'an argument with the name of a property of every object',
      (s: Loose) => s.resource('aws_vpc', 'main', { constructor: 'x' }),
      'aws_vpc.main.constructor: aws_vpc has no argument `constructor`; See the provider’s documentation of this type.',
    ],
  ] as const)('catches %s', (_, build, expected) => {
    expect(seed((stack) => void build(stack))).toEqual([expected]);
  });

  test('reports all mistakes at once', () => {
    const found = seed((stack) => {
      stack.resource('aws_vpc', 'main', { cidr: '10.0.0.0/16', tags: 'x' });
      stack.resource('aws_subnet', 'a', { vpc_id: ref('aws_vpc.other.id') });
    });
    expect(found).toHaveLength(3);
  });
});

test('a stack is printed by file, with Terraform’s own arguments in their places', () => {
  const [file] = correctStack().files().values();
  expect(printFile(file?.body ?? [])).toBe(`data "aws_region" "current" {}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

# One per zone.
resource "aws_subnet" "public" {
  count = 2

  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.\${count.index}.0/24"
}

resource "aws_ecs_service" "api" {
  name = "api"

  network_configuration {
    subnets = aws_subnet.public[*].id
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [aws_vpc.main]
}
`);
});

function correctStack(): Stack {
  const stack = createStack();
  stack.data('aws_region', 'current', {});
  const vpc = stack.resource('aws_vpc', 'main', { cidr_block: '10.0.0.0/16' });
  const subnet = stack.resource(
    'aws_subnet',
    'public',
    { vpc_id: vpc.ref('id'), cidr_block: text`10.0.${ref('count.index')}.0/24` },
    { count: 2, comment: 'One per zone.' },
  );
  stack.resource(
    'aws_ecs_service',
    'api',
    { name: 'api', network_configuration: { subnets: subnet.all('id') } },
    { lifecycle: { ignore_changes: ['desired_count'] }, depends_on: [vpc] },
  );
  return stack;
}
