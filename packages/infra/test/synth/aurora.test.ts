import { expect, test } from 'vitest';
import { appWith, environmentStack, resourcesOf } from './apps.ts';

test('Aurora is asked for by its major version alone, because AWS takes minor versions away', () => {
  const stack = environmentStack(appWith('fargate'));
  const [cluster] = resourcesOf(stack, 'aws_rds_cluster');
  expect(cluster?.args.engine_version).toMatch(/^\d+$/);
  const [parameters] = resourcesOf(stack, 'aws_rds_cluster_parameter_group');
  expect(parameters?.args.family).toBe(`aurora-postgresql${String(cluster?.args.engine_version)}`);
});
