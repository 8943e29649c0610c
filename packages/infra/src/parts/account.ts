import type { Stack } from '../aws/index.ts';
import { type Expression, text } from '../hcl/index.ts';

/** Who and where we are, for the names of what another directory or AWS itself makes. */
export interface Account {
  readonly id: Expression;
  readonly partition: Expression;
  readonly region: string;
  /** ARN of something in this account and region. */
  arn(service: string, resource: string): Expression;
}

export function account(stack: Stack, region: string): Account {
  const id = stack.data('aws_caller_identity', 'current', {}).ref('account_id');
  const partition = stack.data('aws_partition', 'current', {}).ref('partition');
  return {
    id,
    partition,
    region,
    arn: (service, resource) => text`arn:${partition}:${service}:${region}:${id}:${resource}`,
  };
}
