import type { Handle, Stack } from '../../aws/index.ts';
import { jsonencode, type Reference } from '../../hcl/index.ts';
import type { Account } from '../account.ts';
import type { Flow } from './flows.ts';
import { sourceName } from './source.ts';
import { role } from '../access/roles.ts';

export interface PipelineEventArgs {
  readonly flow: Flow;
  readonly account: Account;
  readonly pipeline: Handle<'arn'>;
  readonly repositoryArn: Reference;
}

/**
 * Starts the pipeline with the commit that was pushed to CodeCommit.
 * Source: AWS CodePipeline, “CodeCommit source actions and EventBridge”
 */
export function pipelineEvent(stack: Stack, { flow, account, pipeline, repositoryArn }: PipelineEventArgs): void {
  const { id, name } = flow;
  const rule = stack.resource('aws_cloudwatch_event_rule', id, {
    name: `${name}-push`,
    description: `Starts the pipeline ${name}`,
    event_pattern: jsonencode({
      source: ['aws.codecommit'],
      'detail-type': ['CodeCommit Repository State Change'],
      resources: [repositoryArn],
      detail: changeOf(flow),
    }),
  });
  const events = role(stack, `${id}_push`, {
    name: `${name}-push`,
    principal: 'events.amazonaws.com',
    condition: {
      StringEquals: { 'aws:SourceAccount': account.id, 'aws:SourceArn': account.arn('events', `rule/${name}-push`) },
    },
    statements: [
      { sid: 'StartPipeline', actions: ['codepipeline:StartPipelineExecution'], resources: [pipeline.ref('arn')] },
    ],
  });
  const revision = { actionName: sourceName, revisionType: 'COMMIT_ID', revisionValue: '<commit>' };
  stack.resource(
    'aws_cloudwatch_event_target',
    id,
    {
      rule: rule.ref('name'),
      arn: pipeline.ref('arn'),
      role_arn: events.arn,
      input_transformer: {
        input_paths: { commit: '$.detail.commitId' },
        // Not by jsonencode, which writes < and > as \u003c and \u003e.
        input_template: JSON.stringify({ sourceRevisions: [revision] }),
      },
    },
    { depends_on: events.permissions },
  );
}

function changeOf({ branches, tags }: Flow) {
  if (tags === undefined) {
    return { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: branches };
  }
  const name = tags.endsWith('*') ? { prefix: tags.slice(0, -1) } : tags;
  // A tag that is moved is no release of its own.
  return { event: ['referenceCreated'], referenceType: ['tag'], referenceName: [name] };
}
