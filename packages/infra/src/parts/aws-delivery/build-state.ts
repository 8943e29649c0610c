import { text } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import type { DelivererArgs } from './build-role.ts';
import type { Statement } from '../access/policy.ts';

type StateArgs = Pick<DelivererArgs, 'account' | 'state' | 'stateKey'>;

/**
 * The environment's own state and its lock, in the bucket or in the lock table.
 * Source: Terraform, S3 backend, “S3 bucket permissions”
 */
export function stateStatements(site: Site, { account, state, stateKey }: StateArgs): Statement[] {
  const bucket = text`arn:${account.partition}:s3:::${state.bucket}`;
  const object = text`${bucket}/${stateKey}`;
  return [
    {
      sid: 'FindState',
      actions: ['s3:ListBucket'],
      resources: [bucket],
      // `init` also looks for workspaces, which are below `env:/`.
      condition: { StringEquals: { 's3:prefix': [stateKey, 'env:/'] } },
    },
    { sid: 'KeepState', actions: ['s3:GetObject', 's3:PutObject'], resources: [object] },
    ...(state.locking === 'dynamodb' ? [lockTable(site, { account, state, stateKey })] : [lockFile(object)]),
  ];
}

function lockFile(object: ReturnType<typeof text>): Statement {
  return {
    sid: 'LockState',
    actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    resources: [text`${object}.tflock`],
  };
}

/** Each row is named after the state that it locks; `-md5` is the digest that is kept beside it. */
function lockTable({ region }: Site, { account, state, stateKey }: StateArgs): Statement {
  const row = `${state.bucket}/${stateKey}`;
  const table = `${state.bucket}-locks`;
  return {
    sid: 'LockState',
    actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
    resources: [text`arn:${account.partition}:dynamodb:${state.region ?? region}:${account.id}:table/${table}`],
    condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [row, `${row}-md5`] } },
  };
}
