import type { App } from '@keelson/contract';
import type { Handle, Stack } from '../aws/index.ts';
import { type Expression, ref, text } from '../hcl/index.ts';
import type { Site } from '../site/site.ts';
import type { Account } from './account.ts';
import type { Cluster } from './cluster.ts';
import { delivererRole } from './code-build-role.ts';
import { logGroup } from './logs.ts';

export interface CodeBuildArgs {
  readonly account: Account;
  readonly cluster: Cluster;
  /** Names of the databases that have a migration task. */
  readonly migrations: readonly string[];
  /** Where this directory's state is in the bucket: `<app>/<env>/terraform.tfstate`. */
  readonly stateKey: string;
}

/**
 * The CodeBuild project that delivers to the environment, by the `buildspec.yml` that `keelson synth` writes. Nothing for an
 * app that is delivered otherwise. Called last: the role may read what was declared before, and replace those task definitions.
 */
export function codeBuild(all: Stack, app: App, site: Site, args: CodeBuildArgs): void {
  const { delivery, state } = app;
  if (delivery?.provider !== 'codebuild' || delivery.repository === undefined || !state) return;
  const stack = all.file('delivery.tf');
  const branch = delivery.branch ?? 'main';
  const name = `${site.prefix}-deliver`;
  const logs = logGroup(stack, site, 'deliver', 'deliver');
  const role = delivererRole(stack, site, { ...args, name, logs, state });
  const project = stack.resource(
    'aws_codebuild_project',
    'deliver',
    {
      name,
      description: `Delivers ${site.app} to ${site.environment}`,
      service_role: role.arn,
      source_version: branch,
      // Minutes.
      build_timeout: 60,
      queued_timeout: 60,
      // What is started while one runs is refused, not queued.
      concurrent_build_limit: 1,
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: { ...machine(site), environment_variable: variables(all, site, args) },
      logs_config: { cloudwatch_logs: { group_name: logs.name } },
      source: { type: 'GITHUB', location: delivery.repository, git_clone_depth: 1, buildspec: 'buildspec.yml' },
    },
    { comment: credentials, depends_on: role.permissions },
  );
  if (delivery.trigger === 'webhook' && site.ephemeral) webhook(stack, project, branch);
  stack.output('codebuild_project_name', {
    description: 'CodeBuild project that delivers: aws codebuild start-build --project-name …',
    value: project.ref('name'),
  });
}

const credentials = `One delivery at a time: two would race for the image. A build that is started meanwhile is refused; start it again.
For a private repository, and for webhooks, CodeBuild needs GitHub credentials, once per account and region:
aws codebuild import-source-credentials --server-type GITHUB --auth-type PERSONAL_ACCESS_TOKEN --token …`;

/** Of the same instruction set as the tasks, so that the image is built without emulation. */
function machine(site: Site) {
  const isArm = architectureOf(site) === 'arm64';
  return {
    type: isArm ? 'ARM_CONTAINER' : 'LINUX_CONTAINER',
    compute_type: 'BUILD_GENERAL1_MEDIUM',
    image: isArm ? 'aws/codebuild/amazonlinux-aarch64-standard:3.0' : 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
    // Docker builds images in it.
    privileged_mode: true,
  };
}

interface Variable {
  readonly name: string;
  readonly value: string | Expression;
}

/** What differs between environments; the rest is in buildspec.yml. */
function variables(all: Stack, site: Site, { account, cluster }: CodeBuildArgs): Variable[] {
  const dnsSuffix = ref('data.aws_partition.current.dns_suffix');
  return [
    { name: 'ENVIRONMENT', value: site.environment },
    { name: 'CLUSTER', value: cluster.ref('name') },
    { name: 'REGISTRY', value: text`${account.id}.dkr.ecr.${site.region}.${dnsSuffix}` },
    { name: 'PLATFORM', value: architectureOf(site) === 'arm64' ? 'linux/arm64' : 'linux/amd64' },
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

function architectureOf({ services }: Site): 'x86_64' | 'arm64' {
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
