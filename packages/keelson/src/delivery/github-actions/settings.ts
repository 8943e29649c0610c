import { type App, dockerfileOf, githubEnvironment, githubSubject } from '@keelson/contract';
import { inputsOf } from '@keelson/infra';
import { type Migration, migrationsOf } from '../code-build/migrations.ts';

/** What the workflows are made of, read from the app. */
export interface Settings {
  readonly app: App;
  readonly branch: string;
  /** Folder of the generated Terraform. */
  readonly terraform: string;
  readonly services: readonly { readonly name: string; readonly dockerfile: string }[];
  /** In the order in which they are deployed to. */
  readonly environments: readonly SiteSettings[];
  readonly migrations: readonly Migration[];
  /** Images are built for it: `linux/arm64`. */
  readonly platform: string;
  /** Host name of the registry, as an expression of GitHub. */
  readonly registry: string;
  /** Inputs of any environment's Terraform. */
  readonly inputs: readonly string[];
}

export interface SiteSettings {
  readonly name: string;
  /** The environment at GitHub. */
  readonly github: string;
  /** Inputs of Terraform without a default: `google_client_id`. */
  readonly inputs: readonly string[];
  /** What the repository variables with its inputs begin with: `DEV` of `DEV_GOOGLE_CLIENT_ID`. */
  readonly prefix: string;
}

export function settingsOf(app: App, terraform: string): Settings {
  const { delivery, region } = app;
  const environments = Object.keys(app.environments ?? {}).map((name) => ({
    name,
    github: delivery ? githubEnvironment(delivery, name) : name,
    inputs: inputsOf(app, name),
    prefix: name.replaceAll('-', '_').toUpperCase(),
  }));
  const architecture = Object.values(app.environments ?? {})[0]?.architecture;
  return {
    app,
    branch: delivery?.branch ?? 'main',
    terraform,
    services: Object.keys(app.services).map((name) => ({ name, dockerfile: dockerfileOf(app.services, name) })),
    environments,
    migrations: migrationsOf(app),
    platform: architecture === 'arm64' ? 'linux/arm64' : 'linux/amd64',
    registry: `\${{ vars.AWS_ACCOUNT_ID }}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`,
    inputs: [...new Set(environments.flatMap(({ inputs }) => inputs))],
  };
}

/** ARN of a role in the account that the repository's one variable names, as an expression of GitHub. */
export function roleArn({ region }: App, name: string): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:iam::\${{ vars.AWS_ACCOUNT_ID }}:role/${name}`;
}

/** What a job of GitHub is to AWS: the `sub` of its token. */
export function subjectOf({ delivery }: App, job: string): string {
  return delivery ? githubSubject(delivery, job) : '';
}

/** Environment variables that hand repository variables to Terraform. `prefix`: an expression of GitHub. */
export function inputVariables(inputs: readonly string[], prefix: string): Record<string, string> {
  return Object.fromEntries(
    inputs.map((name) => [`TF_VAR_${name}`, `\${{ vars[format('{0}_${name.toUpperCase()}', ${prefix})] }}`]),
  );
}
