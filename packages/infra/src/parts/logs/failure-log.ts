import type { Stack } from '../../aws/index.ts';
import type { Expression } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import { logGroup } from './logs.ts';

export interface FailureLog {
  readonly name: Expression;
  readonly arn: Expression;
  readonly streams: readonly { readonly address: string }[];
}

/** What Firehose could not deliver, and why. It writes only to streams that are there. */
export function failureLog(stack: Stack, site: Site, id: string, name: string): FailureLog {
  const group = logGroup(stack, site, id, `${name}-delivery`);
  const streams = ['search', 'bucket'].map((stream) =>
    stack.resource('aws_cloudwatch_log_stream', `${id}_${stream}`, { name: stream, log_group_name: group.name }),
  );
  return { name: group.name, arn: group.arn, streams };
}
