import type { App } from '@keelson/contract';
import type { Handle, Stack } from '../../aws/index.ts';
import { type Expression, ref } from '../../hcl/index.ts';
import type { Site } from '../../site/site.ts';
import type { Account } from '../account.ts';
import type { Cluster } from '../compute/cluster.ts';
import { type DelivererArgs, delivererRole } from './build-role.ts';
import { type Architecture, machine, platform, registryHost } from './machine.ts';
import { flowsOf } from './flows.ts';
import { logGroup } from '../logs/logs.ts';

export interface CodeBuildArgs {
  readonly account: Account;
  readonly cluster: Cluster;
  /** Names of the databases that have a migration task. */
  readonly migrations: readonly string[];
  /** Where this directory's state is in the bucket: `<app>/<env>/terraform.tfstate`. */
  readonly stateKey: string;
}

/** Name of the project that delivers to an environment, and of its role. */
export function projectName(app: string, environment: string): string {
  return `${app}-${environment}-deliver`;
}

/**
 * The CodeBuild project that delivers to the environment: the whole delivery with `provider: 'codebuild'`, by the `buildspec.yml`
 * that `keelson synth` writes, or the last step of a pipeline, by `deployspec.yml`. Nothing for an environment that is delivered
 * to otherwise. Called last: the role may read what was declared before, and replace those task definitions.
 */
export function codeBuild(all: Stack, app: App, site: Site, args: CodeBuildArgs): void {
  const { delivery, state } = app;
  if (!delivery || !state) return;
  if (delivery.provider === 'codepipeline') {
    const isStop = flowsOf(app).some(({ stops }) => stops.some(({ environment }) => environment === site.environment));
    if (isStop) deliverer(all, site, { ...args, state, kind: 'step' }, stepOfPipeline);
  } else if (delivery.provider === 'codebuild' && delivery.repository !== undefined) {
    const branch = delivery.branch ?? 'main';
    const project = deliverer(all, site, { ...args, state, kind: 'whole' }, fromGitHub(delivery.repository, branch));
    const stack = all.file('delivery.tf');
    if (delivery.trigger === 'webhook' && site.ephemeral) webhook(stack, project, branch);
    stack.output('codebuild_project_name', {
      description: 'CodeBuild project that delivers: aws codebuild start-build --project-name …',
      value: project.ref('name'),
    });
  }
}

/** Where a project takes the source from. */
interface SourceArgs {
  readonly source_version?: string;
  readonly artifacts: { readonly type: string };
  readonly source: {
    readonly type: string;
    readonly buildspec: string;
    readonly location?: string;
    readonly git_clone_depth?: number;
  };
  readonly comment: string;
}

const once = 'One delivery at a time: two would race for the image.';

const stepOfPipeline: SourceArgs = {
  artifacts: { type: 'CODEPIPELINE' },
  source: { type: 'CODEPIPELINE', buildspec: 'deployspec.yml' },
  comment: `${once} A pipeline starts it, and nothing else can.`,
};

function fromGitHub(location: string, branch: string): SourceArgs {
  return {
    source_version: branch,
    artifacts: { type: 'NO_ARTIFACTS' },
    source: { type: 'GITHUB', location, git_clone_depth: 1, buildspec: 'buildspec.yml' },
    comment: `${once} A build that is started meanwhile is refused; start it again.
For a private repository, and for webhooks, CodeBuild needs GitHub credentials, once per account and region:
aws codebuild import-source-credentials --server-type GITHUB --auth-type PERSONAL_ACCESS_TOKEN --token …`,
  };
}

function deliverer(
  all: Stack,
  site: Site,
  args: Omit<DelivererArgs, 'name' | 'logs'>,
  { comment, ...source }: SourceArgs,
): Handle<'name'> {
  const stack = all.file('delivery.tf');
  const name = projectName(site.app, site.environment);
  const logs = logGroup(stack, site, 'deliver', 'deliver');
  const role = delivererRole(stack, site, { ...args, name, logs });
  return stack.resource(
    'aws_codebuild_project',
    'deliver',
    {
      name,
      description: `Delivers ${site.app} to ${site.environment}`,
      service_role: role.arn,
      // Minutes.
      build_timeout: 60,
      queued_timeout: 60,
      concurrent_build_limit: 1,
      environment: { ...machine(architectureOf(site)), environment_variable: variables(all, site, args) },
      logs_config: { cloudwatch_logs: { group_name: logs.name } },
      ...source,
    },
    { comment, depends_on: role.permissions },
  );
}

interface Variable {
  readonly name: string;
  readonly value: string | Expression;
}

/** What differs between environments; the rest is in the file that the project runs. */
function variables(all: Stack, site: Site, { account, cluster }: CodeBuildArgs): Variable[] {
  return [
    { name: 'ENVIRONMENT', value: site.environment },
    { name: 'CLUSTER', value: cluster.ref('name') },
    { name: 'REGISTRY', value: registryHost(account, site.region) },
    { name: 'PLATFORM', value: platform(architectureOf(site)) },
    ...inputVariables(all),
  ];
}

/** terraform.tfvars stays on a person's machine: what was filled in there at the last apply by hand comes along here. */
function inputVariables(all: Stack): Variable[] {
  return all.declarations.flatMap((each) =>
    each.kind === 'variable' && each.args.sensitive !== true
      ? [{ name: `TF_VAR_${each.name}`, value: ref(`var.${each.name}`) }]
      : [],
  );
}

function architectureOf({ services }: Site): Architecture {
  return services[0]?.architecture ?? 'x86_64';
}

function webhook(stack: Stack, project: Handle<'name'>, branch: string): void {
  const pattern = `^refs/heads/${branch.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`;
  stack.resource(
    'aws_codebuild_webhook',
    'deliver',
    {
      project_name: project.ref('name'),
      build_type: 'BUILD',
      filter_group: {
        filter: [
          { type: 'EVENT', pattern: 'PUSH' },
          { type: 'HEAD_REF', pattern },
        ],
      },
    },
    { comment: `A push to ${branch}, and nothing else, starts a delivery: no pull request does.` },
  );
}
