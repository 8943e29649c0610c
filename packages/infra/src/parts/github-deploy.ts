import { type App, githubEnvironment, githubSubject } from '@keelson/contract';
import type { Stack } from '../aws/index.ts';
import type { Expression } from '../hcl/index.ts';
import type { Site } from '../site/site.ts';
import type { Account } from './account.ts';
import type { Cluster } from './cluster.ts';
import { migrationStatements, serviceStatements, taskDefinitionStatements } from './code-build-role.ts';
import { stateStatements } from './code-build-state.ts';
import { keepStatement, type ImagesArgs, sayStatement } from './code-images.ts';
import { boundaryLocal } from './github-boundary.ts';
import { deployRoleName, githubIssuer, iamArn, isFromGitHub } from './github-names.ts';
import { resourcesIn } from './github-own.ts';
import { readStatements } from './github-read-statements.ts';
import { githubRole } from './github-role.ts';
import type { Statement } from './policy.ts';

export interface GitHubDeployArgs {
  readonly account: Account;
  /** Asked for where there are tasks. */
  readonly cluster: () => Cluster;
  /** Names of the databases that have a migration task. */
  readonly migrations: readonly string[];
  /** Where this directory's state is in the bucket. */
  readonly stateKey: string;
}

/**
 * The role with which GitHub Actions brings an image to the environment: says that it runs, and applies that. Called last: the role
 * may read what was declared before, and replace those task definitions.
 */
export function githubDeploy(all: Stack, app: App, site: Site, args: GitHubDeployArgs): void {
  if (!isFromGitHub(app)) return;
  const { account } = args;
  const stack = all.file('github-actions.tf');
  boundaryLocal(stack, app.name, site.environment, account);
  const jobs = githubEnvironment(app.delivery, site.environment);
  const images: ImagesArgs = { app: site.app, services: site.services.map(({ name }) => name), account };
  const scope = { name: site.prefix, path: `${site.app}/${site.environment}`, account };
  const arn: Expression = githubRole(stack, 'github_actions_deploy', {
    name: deployRoleName(site.app, site.environment),
    description: `GitHub Actions delivers ${site.app} to ${site.environment}`,
    provider: iamArn(account, `oidc-provider/${githubIssuer}`),
    subject: githubSubject(app.delivery, `environment:${jobs}`),
    statements: [
      keepStatement(images),
      sayStatement(images, site.environment),
      ...stateStatements(site, { account, state: app.state, stateKey: args.stateKey }),
      ...readStatements([all], scope),
      ...taskStatements(all, site, args),
      ...functionStatements(all, account),
    ],
    comment: `Jobs in the environment ${jobs} of GitHub put an image into ${site.environment}, and change nothing else.`,
  });
  stack.output('github_actions_deploy_role_arn', {
    description: `Role with which jobs deliver to ${site.environment}`,
    value: arn,
  });
  if (hasCluster(all)) {
    stack.output('ecs_cluster_name', { description: 'Cluster of the services', value: args.cluster().ref('name') });
  }
}

function hasCluster(stack: Stack): boolean {
  return resourcesIn([stack]).some(({ type }) => type === 'aws_ecs_cluster');
}

function taskStatements(stack: Stack, site: Site, args: GitHubDeployArgs): Statement[] {
  if (!hasCluster(stack)) return [];
  const { account, cluster, migrations } = args;
  return [
    ...taskDefinitionStatements(stack, { account }),
    ...serviceStatements(site, { account }),
    ...migrationStatements(site, { account, cluster: cluster(), migrations }),
  ];
}

function functionStatements(stack: Stack, account: Account): Statement[] {
  const names = resourcesIn([stack])
    .filter(({ type }) => type === 'aws_lambda_function')
    .map(({ args }) => String(args['function_name']));
  if (names.length === 0) return [];
  return [
    {
      sid: 'UpdateFunctions',
      actions: ['lambda:UpdateFunctionCode'],
      resources: names.map((name) => account.arn('lambda', `function:${name}`)),
    },
  ];
}
