import { isResource } from '../../src/aws/declaration.ts';
import type { Stack } from '../../src/aws/index.ts';
import { bare, isExpression, isList, type Value, type ValueObject } from '../../src/hcl/index.ts';
import { decoded, resourcesOf } from './apps.ts';
import { accountId, type Asked, resolve } from './policy.ts';

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Policies of one kind together, as AWS gets them. */
export type Policy = readonly Statement[];

/** What a role may do, and what limits it. */
export interface Rights {
  readonly policy: Policy;
  readonly boundary?: Policy;
}

/** The policy of a role, or with type `aws_iam_policy` a policy by itself. */
export function policyIn(stack: Stack, id: string, type = 'aws_iam_role_policy'): Policy {
  const found = resourcesOf(stack, type).find(({ name }) => name === id);
  if (!found) throw new Error(`there is no ${type}.${id}`);
  return (filled(stack, decoded(found.args.policy) as Value) as { Statement: Statement[] }).Statement;
}

/** All of a role's own policies, and the boundary that it carries, looked up in what is shared. */
export function rightsOf(stack: Stack, id: string, shared: Stack = stack): Rights {
  const role = resourcesOf(stack, 'aws_iam_role').find(({ name }) => name === id);
  if (!role) throw new Error(`there is no aws_iam_role.${id}`);
  const nameOf = (arn: unknown) => String(arn).slice(String(arn).lastIndexOf('/') + 1);
  const managed = (from: Stack, arn: unknown): Policy => {
    const found = resourcesOf(from, 'aws_iam_policy').find(({ args }) => args['name'] === nameOf(arn));
    if (!found) throw new Error(`there is no policy ${String(arn)}`);
    return policyIn(from, found.name, 'aws_iam_policy');
  };
  const attached = resourcesOf(stack, 'aws_iam_role_policy_attachment')
    .filter(({ args }) => filled(stack, args['role'] as Value) === role.args['name'])
    .flatMap(({ args }) => managed(stack, filled(stack, args['policy_arn'] as Value)));
  const policy = [...policyIn(stack, id), ...attached];
  const boundary = role.args['permissions_boundary'];
  return boundary === undefined ? { policy } : { policy, boundary: managed(shared, filled(stack, boundary as Value)) };
}

/**
 * Whether IAM would let it pass: no Deny anywhere, and an Allow in the policy and in the boundary.
 * Source: AWS, “Policy evaluation logic”
 */
export function mayDo({ policy, boundary }: Rights, asked: Asked): boolean {
  const all = boundary === undefined ? [policy] : [policy, boundary];
  if (all.some((each) => says(each, 'Deny', asked))) return false;
  return all.every((each) => says(each, 'Allow', asked));
}

function says(policy: Policy, effect: Statement['Effect'], { action, resource, context = {} }: Asked): boolean {
  return policy.some(
    ({ Effect, Action, Resource, Condition = {} }) =>
      Effect === effect &&
      [Action].flat().some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
      [Resource].flat().some((pattern) => matches(pattern, resource)) &&
      Object.entries(Condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, values]) => holds(operator, [values].flat(), context[key])),
      ),
  );
}

/** Source: AWS, “IAM JSON policy elements: Condition operators” */
export function holds(operator: string, values: readonly string[], given: string | undefined): boolean {
  const any = (test: (value: string) => boolean) => given !== undefined && values.some(test);
  switch (operator) {
    case 'StringEquals':
      return any((value) => value === given);
    case 'StringNotEquals':
      return !values.includes(given ?? '');
    case 'StringLike':
    case 'ArnEquals':
    case 'ArnLike':
      return any((value) => matches(value, given ?? ''));
    case 'ArnNotLike':
      return !values.some((value) => matches(value, given ?? ''));
    case 'Bool':
      return any((value) => value === given);
    case 'Null':
      return values.includes(String(given === undefined));
    case 'ForAllValues:StringEquals':
      return given === undefined || given.split(',').every((one) => values.includes(one));
    case 'ForAllValues:StringLike':
      return given === undefined || given.split(',').every((one) => values.some((value) => matches(value, one)));
    default:
      throw new Error(`the evaluator does not know ${operator}`);
  }
}

/** `*` is anything, with slashes and colons; `?` is one character. */
export function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}

/** The value with every reference replaced by what it will be; ids that AWS makes are made up. */
export function filled(stack: Stack, given: Value): unknown {
  const value = bare(given);
  if (isList(value)) return value.map((item) => filled(stack, item));
  if (!isExpression(value)) {
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value as ValueObject);
    return Object.fromEntries(
      entries.flatMap(([key, item]) => (item === undefined ? [] : [[key, filled(stack, item)]])),
    );
  }
  if (value.kind === 'template')
    return value.parts.map((part) => (typeof part === 'string' ? part : filled(stack, part))).join('');
  if (value.kind === 'reference') return referred(stack, value.path, value);
  return `<${value.kind}>`;
}

function referred(stack: Stack, path: string, value: Value): unknown {
  const local = /^local\.(\w+)$/.exec(path)?.[1];
  const declared = stack.declarations.find((each) => each.kind === 'local' && each.name === local);
  if (declared?.kind === 'local') return filled(stack, declared.value);
  const [, type = '', id = '', attribute] = /^(?:data\.)?(\w+)\.(\w+)(?:\[[^\]]*\])?\.(\w+)/.exec(path) ?? [];
  const args = stack.declarations.filter(isResource).find((each) => each.type === type && each.name === id)?.args ?? {};
  if (path.endsWith('master_user_secret[0].secret_arn'))
    return `arn:aws:secretsmanager:${regionOf(stack)}:${accountId}:secret:rds!cluster-1-AbCdEf`;
  if (path.endsWith('cluster_resource_id')) return 'cluster-ABC';
  const [argument, arn] = arns[type] ?? [];
  if (arn && argument && (attribute === 'arn' || attribute === 'id')) {
    return arn(String(filled(stack, args[argument] ?? 'made-up')), regionOf(stack));
  }
  return resolve(stack, value);
}

type ArnOf = readonly [argument: string, arn: (name: string, region: string) => string];
const regional =
  (service: string, kind = '') =>
  (name: string, region: string) =>
    `arn:aws:${service}:${region}:${accountId}:${kind}${name}`;

/** What `resolve` does not know. */
const arns: Readonly<Record<string, ArnOf>> = {
  aws_dynamodb_table: ['name', regional('dynamodb', 'table/')],
  aws_efs_access_point: ['none', regional('elasticfilesystem', 'access-point/fsap-')],
  aws_efs_file_system: ['none', regional('elasticfilesystem', 'file-system/fs-')],
  aws_iam_openid_connect_provider: ['url', (url) => `arn:aws:iam::${accountId}:oidc-provider/${url.slice(8)}`],
  aws_iam_policy: ['name', (name) => `arn:aws:iam::${accountId}:policy/${name}`],
  aws_kinesis_firehose_delivery_stream: ['name', regional('firehose', 'deliverystream/')],
  aws_kms_key: ['none', regional('kms', 'key/')],
  aws_opensearch_domain: ['domain_name', regional('es', 'domain/')],
  aws_rds_cluster: ['cluster_identifier', regional('rds', 'cluster:')],
  aws_s3_bucket: ['bucket', (name) => `arn:aws:s3:::${name}`],
  aws_secretsmanager_secret: [
    'name',
    (name, region) => `${regional('secretsmanager', 'secret:')(name, region)}-AbCdEf`,
  ],
  aws_sesv2_configuration_set: ['configuration_set_name', regional('ses', 'configuration-set/')],
  aws_sesv2_email_identity: ['email_identity', regional('ses', 'identity/')],
};

export function regionOf(stack: Stack): string {
  const provider = stack.declarations.find((each) => each.kind === 'block' && each.type === 'provider');
  return /"region","value":"([a-z0-9-]+)"/.exec(JSON.stringify(provider))?.[1] ?? 'eu-central-1';
}
