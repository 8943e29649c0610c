import type { App } from '@keelson/contract';
import type { Handle, Stack } from '../../aws/index.ts';
import type { Account } from '../account.ts';
import { keepArtifacts } from './artifacts.ts';
import { projectName } from './build.ts';
import type { Flow } from './flows.ts';
import type { Source } from './source.ts';
import { type Role, role } from '../access/roles.ts';

export interface PipelineArgs {
  readonly account: Account;
  readonly source: Source;
  readonly build: Handle<'arn' | 'name'>;
}

/** One per pipeline: none can start the deploys of another. */
export function pipelineRole(stack: Stack, app: App, { id, name, stops }: Flow, args: PipelineArgs): Role {
  const { account, source, build } = args;
  const deploys = stops.map(({ environment }) =>
    account.arn('codebuild', `project/${projectName(app.name, environment)}`),
  );
  return role(stack, `${id}_pipeline`, {
    name: `${name}-pipeline`,
    principal: 'codepipeline.amazonaws.com',
    condition: {
      StringEquals: { 'aws:SourceAccount': account.id, 'aws:SourceArn': account.arn('codepipeline', name) },
    },
    statements: [
      ...source.statements,
      ...keepArtifacts(app, account),
      {
        sid: 'BuildAndDeploy',
        actions: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild'],
        resources: [build.ref('arn'), ...deploys],
      },
    ],
  });
}
