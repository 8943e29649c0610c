import type { Problem } from '@keelson/contract';
import type { Stack } from '../aws/index.ts';
import { bare, isExpression, isList, type Value } from '../hcl/index.ts';
import { resourcesIn } from './github-own.ts';

/** Characters that AWS takes. Source: AWS, “IAM and AWS STS quotas” */
const limits: Readonly<Record<string, number>> = { aws_iam_policy: 6144, aws_iam_role_policy: 10_240 };

/** What references are at most, in characters: an account's number, an ARN of IAM with the longest name. */
const lengths: Readonly<Record<string, number>> = { account_id: 12, arn: 100 };

/** Policies that AWS would refuse at the apply, because long names make them too long. */
export function checkPolicySizes(stack: Pick<Stack, 'declarations'>, region: string): Problem[] {
  // Two partitions of AWS have longer names than `aws`.
  const partition = region.startsWith('us-gov-') ? 10 : region.startsWith('cn-') ? 6 : 3;
  return resourcesIn([stack]).flatMap(({ kind, type, name, args }) => {
    const limit = kind === 'resource' ? limits[type] : undefined;
    const [document] = (args['policy'] as unknown as { readonly args?: readonly Value[] } | undefined)?.args ?? [];
    if (limit === undefined || document === undefined) return [];
    const size = sizeOf(document, partition);
    if (size <= limit) return [];
    const message = `has about ${size} characters, and AWS takes ${limit}`;
    const hint = 'Its ARNs hold the names of the app and of the environment: shorten them.';
    return [{ path: `${type}.${name}`, message, hint }];
  });
}

/** Length as compact JSON. */
function sizeOf(given: Value, partition: number): number {
  const value = bare(given);
  if (isList(value)) return value.reduce((sum: number, item) => sum + sizeOf(item, partition) + 1, 1);
  if (isExpression(value)) return lengthOf(value, partition) + 2;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).length;
  return Object.entries(value).reduce(
    (sum, [key, item]) => (item === undefined ? sum : sum + key.length + 4 + sizeOf(item, partition)),
    1,
  );
}

function lengthOf(value: Value, partition: number): number {
  if (typeof value === 'string') return value.length;
  if (!isExpression(value)) return 0;
  if (value.kind === 'template') return value.parts.reduce((sum, part) => sum + lengthOf(part, partition), 0);
  if (value.kind !== 'reference') return 0;
  if (value.path.endsWith('.partition')) return partition;
  return lengths[value.path.slice(value.path.lastIndexOf('.') + 1)] ?? 50;
}
