import type { Stack } from '../../src/aws/index.ts';
import type { ValueObject } from '../../src/hcl/index.ts';
import { decoded, resourcesOf } from './apps.ts';

export function statementsOf(stack: Stack, policy: string): ValueObject[] {
  const found = resourcesOf(stack, 'aws_iam_role_policy').find(({ name }) => name === policy);
  return found ? (decoded(found.args.policy) as { Statement: ValueObject[] }).Statement : [];
}

export function sidsOf(stack: Stack, policy: string): unknown[] {
  return statementsOf(stack, policy).map(({ Sid }) => Sid);
}

export function containersOf(stack: Stack, id: string): ValueObject[] {
  const definition = resourcesOf(stack, 'aws_ecs_task_definition').find(({ name }) => name === id);
  return decoded(definition?.args.container_definitions) as ValueObject[];
}
