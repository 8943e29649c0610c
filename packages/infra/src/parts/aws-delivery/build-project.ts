import type { App } from '@keelson/contract';
import type { Handle, Stack } from '../../aws/index.ts';
import { text } from '../../hcl/index.ts';
import type { Account } from '../account.ts';
import { readArtifacts } from './artifacts.ts';
import { pushStatements } from './images.ts';
import { architectureOf, machine, platform, registryHost } from './machine.ts';
import { role } from '../access/roles.ts';

/** The project that tests and builds for all pipelines, by `buildspec.yml` of the source. It can push images, and nothing else. */
export function buildProject(stack: Stack, app: App, account: Account): Handle<'arn' | 'name'> {
  const name = `${app.name}-build`;
  const architecture = architectureOf(app);
  const logs = stack.resource('aws_cloudwatch_log_group', 'build', {
    name: `/${app.name}/shared/build`,
    retention_in_days: Math.max(...Object.values(app.environments ?? {}).map(({ logDays }) => logDays ?? 14)),
  });
  const made = role(stack, 'build', {
    name,
    principal: 'codebuild.amazonaws.com',
    condition: {
      StringEquals: { 'aws:SourceAccount': account.id, 'aws:SourceArn': account.arn('codebuild', `project/${name}`) },
    },
    statements: [
      {
        sid: 'WriteLogs',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [text`${logs.ref('arn')}:*`],
      },
      readArtifacts(app, account),
      ...pushStatements({ app: app.name, services: Object.keys(app.services), account }),
    ],
  });
  return stack.resource(
    'aws_codebuild_project',
    'build',
    {
      name,
      description: `Tests and builds ${app.name}`,
      service_role: made.arn,
      // Minutes.
      build_timeout: 60,
      queued_timeout: 60,
      artifacts: { type: 'CODEPIPELINE' },
      environment: {
        ...machine(architecture),
        environment_variable: [
          { name: 'REGISTRY', value: registryHost(account, app.region) },
          { name: 'PLATFORM', value: platform(architecture) },
        ],
      },
      logs_config: { cloudwatch_logs: { group_name: logs.ref('name') } },
      source: { type: 'CODEPIPELINE', buildspec: 'buildspec.yml' },
    },
    { depends_on: made.permissions },
  );
}
