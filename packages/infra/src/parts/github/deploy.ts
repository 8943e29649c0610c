import { type App, type State, githubEnvironment, githubSubject } from '@keelson/contract';
import type { Stack } from '../../aws/index.ts';
import type { Expression } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import type { Account } from '../account.ts';
import type { Cluster } from '../compute/cluster.ts';
import { migrationStatements, serviceStatements, taskDefinitionStatements } from '../aws-delivery/build-role.ts';
import { stateStatements } from '../aws-delivery/build-state.ts';
import { fetchStatement, type ImagesArgs, pushStatements, sayStatement } from '../aws-delivery/images.ts';
import { boundaryLocal } from './boundary.ts';
import { deployRoleName, githubIssuer, iamArn, isFromGitHub } from './names.ts';
import { resourcesIn } from './own.ts';
import { readStatements } from './read-statements.ts';
import { githubRole } from './role.ts';
import { policy, type Statement } from '../access/policy.ts';
import { fitsRole } from '../access/policy-size.ts';

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
  const byName = deployStatements(all, site, { ...args, state: app.state });
  const isShort = fitsRole(policy(byName), all, site.region);
  const arn: Expression = githubRole(stack, 'github_actions_deploy', {
    name: deployRoleName(site.app, site.environment),
    description: `GitHub Actions delivers ${site.app} to ${site.environment}`,
    provider: iamArn(account, `oidc-provider/${githubIssuer}`),
    subject: githubSubject(app.delivery, `environment:${jobs}`),
    statements: isShort ? byName : deployStatements(all, site, { ...args, state: app.state, isPattern: true }),
    comment: `Jobs in the environment ${jobs} of GitHub put an image into ${site.environment}, and change nothing else.${whatRemains}${isShort ? '' : manyServices}`,
  });
  stack.output('github_actions_deploy_role_arn', {
    description: `Role with which jobs deliver to ${site.environment}`,
    value: arn,
  });
  if (hasCluster(all)) {
    stack.output('ecs_cluster_name', { description: 'Cluster of the services', value: args.cluster().ref('name') });
  }
}

const whatRemains =
  ' That keeps them from accidents: the Terraform role trusts the same jobs. AWS has no condition on tags of images either: any tag that was not used yet can be given to an image, in a registry that all environments share.';

/** AWS takes 10240 characters of policies that are part of a role, and split ones count together. */
const manyServices =
  ' There are too many services to name each: `*` stands for those of this app and environment. The roles that tasks run with are named.';

interface DeployArgs extends GitHubDeployArgs {
  readonly state: State;
  /** `*` instead of the name of each service. @default false */
  readonly isPattern?: boolean;
}

function deployStatements(stack: Stack, site: Site, args: DeployArgs): Statement[] {
  const { account, isPattern = false, state, stateKey } = args;
  const images: ImagesArgs = {
    app: site.app,
    services: isPattern ? ['*'] : site.services.map(({ name }) => name),
    account,
  };
  const scope = { name: site.prefix, path: `${site.app}/${site.environment}`, account };
  return [
    ...pushStatements(images),
    sayStatement(images, site.environment),
    ...stateStatements(site, { account, state, stateKey }),
    ...readStatements([stack], scope),
    ...taskStatements(stack, site, args),
    ...functionStatements(stack, images),
  ];
}

function hasCluster(stack: Stack): boolean {
  return resourcesIn([stack]).some(({ type }) => type === 'aws_ecs_cluster');
}

function taskStatements(stack: Stack, site: Site, args: DeployArgs): Statement[] {
  if (!hasCluster(stack)) return [];
  const { account, cluster, isPattern = false, migrations } = args;
  return [
    ...taskDefinitionStatements(stack, { account }, isPattern ? [`${site.prefix}-*`] : undefined),
    ...serviceStatements(site, { account }, isPattern ? ['*'] : undefined),
    ...migrationStatements(site, { account, cluster: cluster(), migrations }),
  ];
}

function functionStatements(stack: Stack, images: ImagesArgs): Statement[] {
  const names = resourcesIn([stack])
    .filter(({ type }) => type === 'aws_lambda_function')
    .map(({ args }) => String(args['function_name']));
  if (names.length === 0) return [];
  return [
    {
      sid: 'UpdateFunctions',
      actions: ['lambda:UpdateFunctionCode'],
      resources: names.map((name) => images.account.arn('lambda', `function:${name}`)),
    },
    fetchStatement(images),
  ];
}
