import type { ResourceDeclaration, Stack } from '../../src/aws/index.ts';
import { bare, isExpression, isList, type Value, type ValueObject } from '../../src/hcl/index.ts';
import { decoded, resourcesOf } from './apps.ts';

export const accountId = '123456789012';

/** A request to AWS, as IAM looks at it. */
export interface Asked {
  /** `ecs:UpdateService` */
  readonly action: string;
  /** ARN; `*` for an action without a resource level. */
  readonly resource: string;
  /** Condition keys of the request: `s3:prefix`. */
  readonly context?: Readonly<Record<string, string>>;
}

interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The statements of a role's policy as AWS gets them, with every reference filled in. */
export function policyOf(stack: Stack, id: string): Statement[] {
  const role = resourcesOf(stack, 'aws_iam_role_policy').find(({ name }) => name === id);
  const { Statement: statements } = resolve(stack, decoded(role?.args.policy) as Value) as {
    Statement: { Action: string | string[]; Resource: string | string[]; Condition?: Statement['condition'] }[];
  };
  return statements.map(({ Action, Resource, Condition }) => ({
    actions: [Action].flat(),
    resources: [Resource].flat(),
    condition: Condition ?? {},
  }));
}

/**
 * Whether the policy allows it: IAM's rules for Allow statements, as far as ours use them.
 * Source: AWS, “Policy evaluation logic”, “IAM JSON policy elements: Condition operators”
 */
export function allows(policy: readonly Statement[], { action, resource, context = {} }: Asked): boolean {
  return policy.some(
    ({ actions, resources, condition }) =>
      actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
      resources.some((pattern) => matches(pattern, resource)) &&
      Object.entries(condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, values]) => holds(operator, [values].flat(), context[key])),
      ),
  );
}

function holds(operator: string, values: readonly string[], given: string | undefined): boolean {
  switch (operator) {
    case 'StringEquals':
      return given !== undefined && values.includes(given);
    case 'ArnEquals':
      return given !== undefined && values.some((value) => matches(value, given));
    case 'ForAllValues:StringEquals':
      // True for a request without the key, too.
      return given === undefined || given.split(',').every((one) => values.includes(one));
    default:
      throw new Error(`the evaluator does not know ${operator}`);
  }
}

/** `*` is anything, with slashes and colons; `?` is one character. */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}

/** The value with every reference replaced by what it will be. */
export function resolve(stack: Stack, given: Value): unknown {
  const value = bare(given);
  if (isList(value)) return value.map((item) => resolve(stack, item));
  if (!isExpression(value)) {
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value as ValueObject);
    return Object.fromEntries(
      entries.flatMap(([key, item]) => (item === undefined ? [] : [[key, resolve(stack, item)]])),
    );
  }
  if (value.kind === 'template')
    return value.parts.map((part) => (typeof part === 'string' ? part : resolve(stack, part))).join('');
  if (value.kind === 'reference') return referred(stack, value.path);
  throw new Error(`the evaluator does not know ${value.kind}`);
}

function referred(stack: Stack, path: string): string {
  if (path === 'data.aws_caller_identity.current.account_id') return accountId;
  if (path === 'data.aws_partition.current.partition') return 'aws';
  const isRead = path.startsWith('data.');
  const [type = '', id = '', attribute] = path.replace(/^data\./, '').split('.');
  const declared = isRead ? stack.declarations.filter(isDataSource) : resourcesOf(stack);
  const args = declared.find((each) => each.type === type && each.name === id)?.args;
  const name = String(args?.['name'] ?? args?.['repository_name']);
  if (attribute === 'name') return name;
  if (attribute === 'arn' && type in arns) return arns[type]?.(name, regionOf(stack)) ?? '';
  throw new Error(`the evaluator does not know ${path}`);
}

const arns: Readonly<Record<string, (name: string, region: string) => string>> = {
  aws_codebuild_project: (name, region) => `arn:aws:codebuild:${region}:${accountId}:project/${name}`,
  aws_codecommit_repository: (name, region) => `arn:aws:codecommit:${region}:${accountId}:${name}`,
  aws_codeconnections_connection: (name, region) => `arn:aws:codeconnections:${region}:${accountId}:connection/${name}`,
  aws_codepipeline: (name, region) => `arn:aws:codepipeline:${region}:${accountId}:${name}`,
  aws_iam_role: (name) => `arn:aws:iam::${accountId}:role/${name}`,
  aws_cloudwatch_log_group: (name, region) => `arn:aws:logs:${region}:${accountId}:log-group:${name}`,
  // AWS ends the ARN of a secret in six characters of its own choice.
  aws_secretsmanager_secret: (name, region) => `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-AbCdEf`,
  aws_dynamodb_table: (name, region) => `arn:aws:dynamodb:${region}:${accountId}:table/${name}`,
  aws_ecs_cluster: (name, region) => `arn:aws:ecs:${region}:${accountId}:cluster/${name}`,
};

function isDataSource(each: Stack['declarations'][number]): each is ResourceDeclaration {
  return each.kind === 'data';
}

function regionOf(stack: Stack): string {
  const provider = stack.declarations.find((each) => each.kind === 'block' && each.type === 'provider');
  return /"region","value":"([a-z0-9-]+)"/.exec(JSON.stringify(provider))?.[1] ?? 'eu-central-1';
}
