import type { Stack } from '../../aws/index.ts';
import { type Reference, type Template, text } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import { encryptionKey } from '../secrets/encryption.ts';

export interface LogGroup {
  readonly address: string;
  readonly name: Reference;
  readonly arn: Reference;
  /** The streams in it, for policies. */
  readonly streams: Template;
}

/** A log group of our own: one that AWS makes by itself is never deleted and keeps everything for ever. */
export function logGroup(stack: Stack, site: Site, id: string, name: string): LogGroup {
  return namedLogGroup(stack, site, id, `/${site.app}/${site.environment}/${name}`);
}

export function namedLogGroup(stack: Stack, site: Site, id: string, name: string): LogGroup {
  const group = stack.resource('aws_cloudwatch_log_group', id, {
    name,
    retention_in_days: site.logDays,
    kms_key_id: encryptionKey(site),
  });
  return {
    address: group.address,
    name: group.ref('name'),
    arn: group.ref('arn'),
    streams: text`${group.ref('arn')}:*`,
  };
}
