import { resourceKinds } from '@keelson/contract';
import type { Handle, Stack } from '../aws/index.ts';
import { type Reference, text } from '../hcl/index.ts';
import { type Site, type SiteResource, tableName } from '../site/site.ts';
import { pascal } from './database/aurora.ts';
import { encryptionKey, useKey } from './secrets/encryption.ts';
import type { Grant } from './access/grant.ts';
import type { Statement } from './access/policy.ts';

export interface Table {
  readonly resource: SiteResource;
  readonly name: Reference;
  readonly grant: Grant;
}

const types = { string: 'S', number: 'N', binary: 'B' } as const;

/** A DynamoDB table, paid per request, with its indexes. */
export function table(stack: Stack, site: Site, resource: SiteResource): Table {
  const { id, resource: declared } = resource;
  if (declared.kind !== 'table') throw new TypeError(`\`${resource.name}\` is no table`);
  const [hash = '', range] = Object.keys(declared.key);
  const indexes = Object.entries(declared.indexes ?? {});
  const made = stack.resource('aws_dynamodb_table', id, {
    name: tableName(site, resource),
    billing_mode: 'PAY_PER_REQUEST',
    hash_key: hash,
    range_key: range,
    deletion_protection_enabled: !site.ephemeral,
    attribute: Object.entries(
      Object.assign({}, declared.key, ...indexes.map(([, index]) => ({ ...index.hash, ...index.range }))) as KeyTypes,
    ).map(([name, type]) => ({ name, type: types[type] })),
    global_secondary_index: indexes.map(([name, index]) => ({
      name,
      hash_key: Object.keys(index.hash)[0] ?? '',
      range_key: Object.keys(index.range ?? {})[0],
      projection_type: 'ALL',
    })),
    ttl: declared.ttl === undefined ? undefined : { attribute_name: declared.ttl, enabled: true },
    server_side_encryption: { enabled: true, kms_key_arn: encryptionKey(site) },
    point_in_time_recovery: { enabled: !site.ephemeral },
  });
  const names = indexes.map(([name]) => name);
  return {
    resource,
    name: made.ref('name'),
    grant: {
      environment: variables(resource, made),
      statements: [...statements(id, made, names), ...tableKey(site)],
      reach: [],
    },
  };
}

type KeyTypes = Record<string, keyof typeof types>;

/** The region is every service's own variable, and DynamoDB is where the SDK looks for it. */
function variables({ name }: SiteResource, made: Handle<'name'>): Record<string, Reference> {
  const [variable] = resourceKinds.table.forms({ name, usedKinds: new Set() })[0] ?? [];
  return variable ? { [variable.name]: made.ref('name') } : {};
}

/** DynamoDB decrypts for whoever reads. Source: AWS, “DynamoDB encryption at rest”, use of a customer managed key. */
export function tableKey(site: Site): Statement[] {
  return useKey(site, 'DecryptTables', 'dynamodb', ['kms:Decrypt', 'kms:DescribeKey']);
}

/** What the runtime does with a table, a transaction's parts among it; no Scan. */
const actions = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:ConditionCheckItem',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
];

function statements(id: string, made: Handle<'arn'>, indexes: readonly string[]): Statement[] {
  const use = { sid: `Use${pascal(id)}`, actions, resources: [made.ref('arn')] };
  if (indexes.length === 0) return [use];
  const resources = indexes.map((name) => text`${made.ref('arn')}/index/${name}`);
  return [use, { sid: `Query${pascal(id)}Indexes`, actions: ['dynamodb:Query'], resources }];
}
