import { type App, githubEnvironment } from '@keelson/contract';
import { inputsOf } from '@keelson/infra';

export interface GitHubStepsArgs {
  readonly app: App;
  readonly out: string;
  /** Paths from `out`. */
  readonly changed: readonly string[];
  readonly isFirst: boolean;
}

/** What makes the workflows run; GitHub and AWS know nothing of one another before. */
export function githubSteps({ app, out, changed, isFirst }: GitHubStepsArgs): string[] {
  const files = changed.filter((path) => path.includes('.github/workflows/'));
  if (files.length === 0) return [];
  const where = files.every((path) => path.startsWith('..'))
    ? 'commit and push .github/workflows: GitHub reads it from the repository'
    : `commit ${out}/.github/workflows as .github/workflows at the root of the repository: GitHub reads it there`;
  if (!isFirst) return [where];
  return [
    'gh variable set AWS_ACCOUNT_ID --body "$(aws sts get-caller-identity --query Account --output text)"',
    ...inputSteps(app),
    ...environmentSteps(app),
    where,
    `from then on a push to ${app.delivery?.branch ?? 'main'} deploys to ${environmentsOf(app).join(', then ')}; back to an earlier commit: gh workflow run deploy.yml -f environment=<environment> -f tag=<commit>`,
    "Each of these steps: docs/github-actions.md in Keelson's repository",
  ];
}

function environmentsOf({ environments }: App): string[] {
  return Object.keys(environments ?? {});
}

/** terraform.tfvars stays on a person's machine. */
function inputSteps(app: App): string[] {
  return environmentsOf(app).flatMap((name) =>
    inputsOf(app, name).map((input) => {
      const variable = `${name.replaceAll('-', '_')}_${input}`.toUpperCase();
      return `gh variable set ${variable}   (${input} of ${name}, which Terraform asks for)`;
    }),
  );
}

/** GitHub makes an environment that is not there, without protection. */
function environmentSteps({ delivery, environments = {} }: App): string[] {
  if (!delivery) return [];
  const names = Object.entries(environments).map(([name, { ephemeral }]) => {
    const theirs = githubEnvironment(delivery, name);
    return ephemeral ? theirs : `${theirs} (with reviewers)`;
  });
  const branch = delivery.branch ?? 'main';
  return [
    `make these environments at GitHub, under Settings → Environments, each for the branch ${branch} alone: ${names.join(', ')}`,
  ];
}
