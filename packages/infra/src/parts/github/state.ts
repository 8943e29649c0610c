import { type Expression, text } from '../../hcl/index.ts';
import type { Account } from '../account.ts';
import type { GitHubApp } from './names.ts';
import type { Statement } from '../access/policy.ts';

/** Reads the states of all environments and takes no lock: `terraform plan -lock=false`. */
export function readStateStatements({ name, region, state }: GitHubApp, account: Account): Statement[] {
  const bucket = text`arn:${account.partition}:s3:::${state.bucket}`;
  return [
    {
      sid: 'FindStates',
      actions: ['s3:ListBucket'],
      resources: [bucket],
      // `init` also looks for workspaces, which are below `env:/`.
      condition: { StringLike: { 's3:prefix': [`${name}/*`, 'env:/'] } },
    },
    { sid: 'ReadStates', actions: ['s3:GetObject'], resources: [text`${bucket}/${name}/*/terraform.tfstate`] },
    ...(state.locking === 'dynamodb'
      ? [
          {
            sid: 'ReadDigestsOfStates',
            actions: ['dynamodb:GetItem'],
            resources: [lockTable(state.bucket, state.region ?? region, account)],
            condition: {
              'ForAllValues:StringLike': {
                'dynamodb:LeadingKeys': [`${state.bucket}/${name}/*/terraform.tfstate-md5`],
              },
            },
          },
        ]
      : []),
  ];
}

function lockTable(bucket: string, region: string, { partition, id }: Account): Expression {
  return text`arn:${partition}:dynamodb:${region}:${id}:table/${bucket}-locks`;
}
