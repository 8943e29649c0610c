import { type App, githubEnvironment, githubSubject } from '@keelson/contract';
import type { Stack } from '../../aws/index.ts';
import type { Expression } from '../../hcl/index.ts';
import { identifier, type Site } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { pushStatements } from '../aws-delivery/images.ts';
import { stateStatements } from '../aws-delivery/build-state.ts';
import { refusals } from './boundary.ts';
import { roleActions, roleLimits, roleStatements } from './made-roles.ts';
import { ceilingStatements, madeServices, manageStatements, wholeServices } from './managing.ts';
import {
  boundaryName,
  buildRoleName,
  githubIssuer,
  type GitHubApp,
  iamArn,
  isFromGitHub,
  planRoleName,
  terraformBoundaryName,
  terraformRoleName,
} from './names.ts';
import { readStatements } from './read-statements.ts';
import { resourcesIn } from './own.ts';
import { githubRole } from './role.ts';
import type { Scope } from './services.ts';
import { readStateStatements } from './state.ts';
import { taggedStatements } from './tagged.ts';
import { policy } from '../access/policy.ts';

/** An environment's directory, which the roles are made for. */
interface EnvironmentDirectory {
  readonly site: Site;
  readonly stack: Stack;
  /** Where its state is in the bucket. */
  readonly stateKey: string;
}

interface GitHubArgs {
  readonly account: () => Account;
  readonly environments: () => readonly EnvironmentDirectory[];
}

/**
 * Whom AWS trusts when GitHub delivers: the provider of its tokens, and a role for each kind of job. A person applies them: no job
 * may change what it is trusted with. Called last: the plan role may read what was declared before.
 */
export function githubActions(all: Stack, app: App, args: GitHubArgs): void {
  if (!isFromGitHub(app)) return;
  const stack = all.file('github-actions.tf');
  const account = args.account();
  const provider = identityProvider(stack, app, account);
  const environments = args.environments();
  buildRole(stack, app, account, provider);
  const roles = environments.map((each) => [
    each.site.environment,
    terraformRole(all, app, { ...each, account, provider }),
  ]);
  planRole(all, app, { account, provider, environments });
  stack.output('github_actions_terraform_role_arns', {
    description: 'Roles with which jobs apply Terraform, by environment',
    value: Object.fromEntries(roles) as Record<string, Expression>,
  });
}

/** An account has one provider for GitHub, whoever made it. */
function identityProvider(stack: Stack, { delivery }: GitHubApp, account: Account): Expression {
  if (delivery.github?.identityProvider === 'existing') return iamArn(account, `oidc-provider/${githubIssuer}`);
  const made = stack.resource(
    'aws_iam_openid_connect_provider',
    'github',
    { url: `https://${githubIssuer}`, client_id_list: ['sts.amazonaws.com'] },
    {
      comment:
        "An account has one for GitHub: where another app made it already, write identityProvider: 'existing' in keelson.config.ts. AWS knows GitHub's certificates.",
    },
  );
  return made.ref('arn');
}

function buildRole(stack: Stack, app: GitHubApp, account: Account, provider: Expression): void {
  const branch = app.delivery.branch ?? 'main';
  const arn = githubRole(stack, 'github_actions_build', {
    name: buildRoleName(app.name),
    description: `GitHub Actions pushes images of ${app.name}`,
    provider,
    subject: githubSubject(app.delivery, `ref:refs/heads/${branch}`),
    statements: pushStatements({ app: app.name, services: Object.keys(app.services), account }),
    comment: `Jobs on ${branch} push images, and do nothing else.`,
  });
  stack.output('github_actions_build_role_arn', { description: 'Role with which jobs push images', value: arn });
}

interface PlanArgs {
  readonly account: Account;
  readonly provider: Expression;
  readonly environments: readonly EnvironmentDirectory[];
}

function planRole(all: Stack, app: GitHubApp, { account, provider, environments }: PlanArgs): void {
  const scope: Scope = { name: `${app.name}-*`, path: `${app.name}/*`, account };
  const stack = all.file('github-actions.tf');
  const hasClients = resourcesIn(environments.map((each) => each.stack)).some(
    ({ type }) => type === 'aws_cognito_user_pool_client',
  );
  const statements = readStatements([all, ...environments.map((each) => each.stack)], scope);
  const arn = githubRole(stack, 'github_actions_plan', {
    name: planRoleName(app.name),
    description: `GitHub Actions plans changes of ${app.name}`,
    provider,
    subject: githubSubject(app.delivery, 'pull_request'),
    statements: [...readStateStatements(app, account), ...statements],
    comment: `${planComment}${hasClients ? planSecrets : ''}.`,
  });
  stack.output('github_actions_plan_role_arn', { description: 'Role with which pull requests plan', value: arn });
}

const planComment =
  'Pull requests read what there is, and change nothing: not even a lock. Whoever may open one from a branch of the repository can use it. It reads no secret of Secrets Manager, but all that the states of all environments hold';

/** Of machine clients. */
const planSecrets = ': the client secrets of Cognito are in there, and in what Cognito says of a client';

interface TerraformArgs extends EnvironmentDirectory {
  readonly account: Account;
  readonly provider: Expression;
}

function terraformRole(all: Stack, app: GitHubApp, args: TerraformArgs): Expression {
  const { site, account, provider } = args;
  const { environment } = site;
  const stack = all.file(`github-actions-${environment}.tf`);
  const scope: Scope = { name: site.prefix, path: `${site.app}/${environment}`, account };
  const boundary = iamArn(account, `policy/${boundaryName(app.name, environment)}`);
  const id = identifier(environment);
  const ownState = stateStatements(site, { account, state: app.state, stateKey: args.stateKey });
  const untouched = refusals(app, environment, scope, args.stack);
  stack.resource(
    'aws_iam_policy',
    `${id}_boundary`,
    {
      name: boundaryName(app.name, environment),
      description: `The most that what is made in ${environment} can do`,
      policy: policy([
        ...ceilingStatements(args.stack, scope),
        ...ownState,
        ...roleLimits(args.stack, scope),
        ...untouched,
      ]),
    },
    { comment: `Gives nobody anything: it is the limit of every role that is made in ${environment}.` },
  );
  const limit = stack.resource(
    'aws_iam_policy',
    `${id}_terraform_boundary`,
    {
      name: terraformBoundaryName(app.name, environment),
      description: `The most that GitHub Actions can do with Terraform in ${environment}`,
      policy: policy([
        wholeServices(args.stack),
        ...roleStatements(args.stack, { app: app.name, environment, scope, boundary }),
        ...untouched,
      ]),
    },
    { comment: `Gives nobody anything: it is the limit of the role below.` },
  );
  return githubRole(stack, `${id}_github_actions_terraform`, {
    name: terraformRoleName(app.name, environment),
    description: `GitHub Actions applies Terraform in ${environment}`,
    provider,
    subject: githubSubject(app.delivery, `environment:${githubEnvironment(app.delivery, environment)}`),
    statements: [...ownState, ...roleActions(scope), ...manageStatements(args.stack, scope)],
    boundary: limit.ref('arn'),
    refused: {
      name: `${terraformRoleName(app.name, environment)}-refused`,
      statements: taggedStatements(madeServices(args.stack), app.name, scope),
      comment: untagged,
    },
    comment: `Jobs in the environment ${githubEnvironment(app.delivery, environment)} of GitHub apply all of ${environment}.`,
  });
}

const untagged = `What belongs to others, or to nobody, stays as it is. AWS has no condition that keeps these apart, only an account of its own does:
security groups, certificates, user pools, keys, APIs and namespaces without tags can be given the app's tags, and are the environment's then;
what is below an API; network interfaces; the scaling of services; a hosted zone without records, where there is a namespace.`;
