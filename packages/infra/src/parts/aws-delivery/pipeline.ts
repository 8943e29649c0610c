import type { App } from '@keelson/contract';
import type { Stack } from '../../aws/index.ts';
import type { Account } from '../account.ts';
import { artifactBucket } from './artifacts.ts';
import { projectName } from './build.ts';
import { buildProject } from './build-project.ts';
import { type Flow, flowsOf } from './flows.ts';
import { pipelineEvent } from './pipeline-event.ts';
import { type PipelineArgs, pipelineRole } from './pipeline-role.ts';
import { imageTag, stagesOf } from './pipeline-stages.ts';
import { source, trigger } from './source.ts';
import type { PrivateBucket } from '../private-bucket.ts';

/**
 * The pipelines of a delivery by CodePipeline, in infra/shared: they have one registry in common, so that what was built once
 * goes from environment to environment. What each environment changes is done by its own project, with its own role.
 */
export function codePipelines(stack: Stack, app: App, account: () => Account): void {
  const flows = flowsOf(app);
  if (flows.length === 0) return;
  const here = account();
  const from = source(stack.file('source.tf'), app);
  const build = buildProject(stack.file('build.tf'), app, here);
  const file = stack.file('pipelines.tf');
  const artifacts = artifactBucket(file, app, here);
  for (const flow of flows) pipeline(file, app, flow, artifacts, { account: here, source: from, build });
  file.output('pipelines', {
    description: 'Pipeline by what it delivers to: aws codepipeline start-pipeline-execution --name …',
    value: Object.fromEntries(
      flows.map(({ name, stops }) => [stops.map(({ environment }) => environment).join(', '), name]),
    ),
  });
}

function pipeline(stack: Stack, app: App, flow: Flow, artifacts: PrivateBucket, args: PipelineArgs): void {
  const { account: here, source: from, build } = args;
  const role = pipelineRole(stack, app, flow, args);
  const [mode, reason] = executionMode(flow);
  const made = stack.resource(
    'aws_codepipeline',
    flow.id,
    {
      name: flow.name,
      role_arn: role.arn,
      pipeline_type: 'V2',
      execution_mode: mode,
      artifact_store: { type: 'S3', location: artifacts.name },
      variable: {
        name: imageTag.name,
        default_value: imageTag.none,
        description: `Tag of an image to go back to; ${imageTag.none} is that of the commit`,
      },
      stage: stagesOf(flow, from, build.ref('name'), (environment) => projectName(app.name, environment)),
      trigger: from.repositoryArn === undefined ? trigger(flow) : undefined,
    },
    { comment: `${startOf(flow)}\n${reason}`, depends_on: role.permissions },
  );
  if (from.repositoryArn) {
    pipelineEvent(stack, { flow, account: here, pipeline: made, repositoryArn: from.repositoryArn });
  }
}

function startOf({ branches, tags }: Flow): string {
  return tags === undefined
    ? `A push to ${branches.join(', ')} starts it; no pull request does.`
    : `A tag ${tags} starts it. It builds nothing: it takes the image of the tagged commit.`;
}

function executionMode({ branches, tags }: Flow): readonly [mode: string, reason: string] {
  if (tags !== undefined) return ['QUEUED', 'Releases wait for one another, and none is left out.'];
  const [first = '', ...more] = branches;
  return more.length > 0 || first.endsWith('*')
    ? ['QUEUED', 'Branches wait for one another: none takes the place of another one.']
    : ['SUPERSEDED', 'What waits is replaced by a later commit, so that nobody approves an old one.'];
}
