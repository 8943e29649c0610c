import type { Problem } from '@keelson/contract';
import type { Stack } from '../../aws/index.ts';
import { bare, isExpression, isList, type Value } from '../../hcl/index.ts';
import { resourcesIn } from '../github/own.ts';

type Declared = Pick<Stack, 'declarations'>;

/** Characters that AWS takes; of a role, all its inline policies together. Source: AWS, “IAM and AWS STS quotas” */
const limits: Readonly<Record<string, number>> = { aws_iam_policy: 6144, aws_iam_role_policy: 10_240 };

/** What references are at most, in characters: an account's number, an ARN of IAM with the longest name. */
const lengths: Readonly<Record<string, number>> = { account_id: 12, arn: 100 };

/** Policies that AWS would refuse at the apply, because long or many names make them too long. */
export function checkPolicySizes(stack: Declared, region: string): Problem[] {
  return resourcesIn([stack]).flatMap(({ kind, type, name, args }) => {
    const limit = kind === 'resource' ? limits[type] : undefined;
    if (limit === undefined) return [];
    const size = policySize(args['policy'], stack, region);
    if (size <= limit) return [];
    const message = `has about ${size} characters, and AWS takes ${limit}`;
    const hint =
      'Its ARNs hold the names of the app and of the environment, some also those of services: shorten them, or make two apps of many services.';
    return [{ path: `${type}.${name}`, message, hint }];
  });
}

/** Whether AWS takes it as the one inline policy of a role. */
export function fitsRole(document: Value, stack: Declared, region: string): boolean {
  return policySize(document, stack, region) <= (limits['aws_iam_role_policy'] ?? 0);
}

function policySize(given: Value | undefined, stack: Declared, region: string): number {
  const [document] = (given as unknown as { readonly args?: readonly Value[] } | undefined)?.args ?? [];
  return document === undefined ? 0 : sizeOf(document, measure(stack, region));
}

type Measure = (reference: string) => number;

function measure(stack: Declared, region: string): Measure {
  // Two partitions of AWS have longer names than `aws`.
  const partition = region.startsWith('us-gov-') ? 10 : region.startsWith('cn-') ? 6 : 3;
  const roles = new Map<string, number>(
    resourcesIn([stack]).flatMap(({ type, name, args }) =>
      type === 'aws_iam_role' && typeof args['name'] === 'string'
        ? [[`aws_iam_role.${name}.arn`, 'arn::iam:::role/'.length + partition + 12 + args['name'].length]]
        : [],
    ),
  );
  return (path) => {
    if (path.endsWith('.partition')) return partition;
    return roles.get(path) ?? lengths[path.slice(path.lastIndexOf('.') + 1)] ?? 50;
  };
}

/** Length as compact JSON. */
function sizeOf(given: Value, measured: Measure): number {
  const value = bare(given);
  if (isList(value)) return value.reduce((sum: number, item) => sum + sizeOf(item, measured) + 1, 1);
  if (isExpression(value)) return lengthOf(value, measured) + 2;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).length;
  return Object.entries(value).reduce(
    (sum, [key, item]) => (item === undefined ? sum : sum + key.length + 4 + sizeOf(item, measured)),
    1,
  );
}

function lengthOf(value: Value, measured: Measure): number {
  if (typeof value === 'string') return value.length;
  if (!isExpression(value)) return 0;
  if (value.kind === 'template') return value.parts.reduce((sum, part) => sum + lengthOf(part, measured), 0);
  return value.kind === 'reference' ? measured(value.path) : 0;
}
