import type { Compute } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { bare, printFile, type ValueObject } from '../../src/hcl/index.ts';
import { appWith, environmentOf, environmentStack, resourcesOf } from './apps.ts';

const type = 'aws_ecs_express_gateway_service';

/** What is known to go wrong with ECS Express Mode in the provider, and what is done about it. */
describe('Express', () => {
  const app = appWith('express');
  const api = app.services['api'];
  const stack = environmentStack({ ...app, services: { api: { ...api!, health: '/ready' } } });
  const [service] = resourcesOf(stack, type);
  const args = (service?.args ?? {}) as ValueObject;
  const container = args.primary_container as ValueObject;
  const file = printFile(stack.files().get('api.tf')?.body ?? []);

  test('variables come from a map, which Terraform goes through by name: another order would be a change', () => {
    expect(file).toContain('dynamic "environment" {\n      for_each = local.api_environment\n');
    expect(Object.keys(container)).not.toContain('secret');
  });

  test('all four fields of scaling_target are set: those left out would be a change', () => {
    expect(args.scaling_target).toEqual({
      min_task_count: 1,
      max_task_count: 4,
      auto_scaling_metric: 'AVERAGE_CPU',
      auto_scaling_target_value: 60,
    });
  });

  test('wait_for_steady_state is left out: it waits for longer than a deployment takes', () => {
    expect(Object.keys(args)).not.toContain('wait_for_steady_state');
  });

  test('the name ends in what changes when the service has to be made again', () => {
    expect(file).toContain('service_name            = "sso-dev-api-${substr(terraform_data.api_suffix.id, 0, 6)}"');
    expect(file).toContain('triggers_replace = [aws_ecs_cluster.main.arn, aws_iam_role.api_infrastructure.arn]');
  });

  test('it goes before the policies of its roles and the way out, or draining hangs for hours', () => {
    const addresses = (service?.meta.depends_on ?? []).map(({ address }) => address);
    expect(addresses).toEqual([
      'aws_iam_role_policy_attachment.api_infrastructure',
      'aws_route.public_internet',
      'aws_route_table_association.public',
      'aws_iam_role_policy.api_execution',
      'aws_iam_role_policy.api_task',
    ]);
  });

  test('its tasks get public addresses, where those of Fargate ask for one themselves', () => {
    const tiers = (compute: Compute) =>
      resourcesOf(environmentStack(appWith(compute)), 'aws_subnet').map(
        ({ name, args: { map_public_ip_on_launch: isPublic } }) => [name, bare(isPublic ?? null)],
      );
    expect(tiers('express')).toEqual([
      ['public', true],
      ['database', null],
    ]);
    expect(tiers('fargate').map(([name]) => name)).toEqual(['public', 'private', 'database']);
    expect(tiers('fargate').flatMap(([, isPublic]) => isPublic ?? [])).toEqual([]);
  });

  test('the health path and the port are the service’s own', () => {
    expect(args.health_check_path).toBe('/ready');
    expect(environmentOf(stack, 'api').PORT).toBe(String(container.container_port));
  });

  test('the log group is ours, with retention, and goes with the environment', () => {
    expect(file).toContain('log_group         = aws_cloudwatch_log_group.api.name');
    expect(resourcesOf(stack, 'aws_cloudwatch_log_group').find(({ name }) => name === 'api')?.args).toEqual({
      name: '/sso/dev/api',
      retention_in_days: 3,
    });
  });

  test('the endpoint becomes an address with and without https:// and a slash at its end', () => {
    expect(file).toContain(
      `api_url = "https://\${trimsuffix(trimprefix(${type}.api.ingress_paths[0].endpoint, "https://"), "/")}"`,
    );
  });

  test('the address is written after the service, which knows the parameter by name alone: no cycle', () => {
    const [parameter] = resourcesOf(stack, 'aws_ssm_parameter');
    expect(parameter?.args.name).toBe('/sso/dev/api/public-url');
    expect(file).toContain('value       = local.api_url');
    expect(environmentOf(stack, 'api')).toMatchObject({ PUBLIC_URL_PARAMETER: '/sso/dev/api/public-url' });
    expect(file).not.toContain('aws_ssm_parameter.api_public_url');
  });
});
