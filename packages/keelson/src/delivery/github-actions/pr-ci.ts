import { actions } from './actions.ts';
import { bash } from './bash.ts';
import { checkTypes, installPackages, showCoverage, testWithCoverage } from './check-code.ts';
import { buildImage, perService } from './image.ts';
import { commentJob, planJob } from './plan-comment.ts';
import type { Settings } from './settings.ts';
import { checkout, machine, reads, setupNode, setupTerraform } from './setup.ts';
import { printYaml, type YamlObject } from './yaml.ts';

/** What is checked of a pull request before a person merges it. */
export function pullRequest(settings: Settings): string {
  const { app, branch, environments } = settings;
  return printYaml({
    '#': `Written by \`keelson synth\`: what is checked of a pull request to ${branch} of ${app.name}.
Nothing is pushed or applied. Plans need the repository variable AWS_ACCOUNT_ID and infra/shared: docs/github-actions.md in
Keelson's repository.
What comes from outside (titles, branches, inputs) reaches scripts as variables alone, never as text of the script.`,
    name: 'Pull request',
    on: { pull_request: { branches: [branch] } },
    permissions: {},
    '#concurrency': 'A push to the pull request takes the place of what still runs for it.',
    concurrency: {
      group: 'pull-request-${{ github.event.pull_request.number }}',
      'cancel-in-progress': true,
    },
    defaults: { run: { shell: 'bash' } },
    jobs: {
      test: testJob,
      image: imageJob(settings),
      terraform: terraformJob(settings),
      ...(environments.length === 0 ? {} : { plan: planJob(settings), comment: commentJob(settings) }),
    },
  });
}

const testJob: YamlObject = {
  name: 'Types and tests',
  ...machine(30, reads),
  steps: [
    checkout,
    setupNode,
    installPackages,
    checkTypes,
    testWithCoverage,
    showCoverage,
    {
      name: 'Keep the coverage report',
      if: '${{ !cancelled() }}',
      uses: actions.upload,
      with: { name: 'coverage', path: 'coverage', 'if-no-files-found': 'ignore', 'retention-days': 14 },
    },
  ],
};

function imageJob(settings: Settings): YamlObject {
  return {
    name: 'Image of ${{ matrix.service }}',
    ...machine(45, reads),
    ...perService(settings),
    steps: [checkout, ...buildImage(settings, {})],
  };
}

function terraformJob({ terraform, environments }: Settings): YamlObject {
  const folders = ['shared', ...environments.map(({ name }) => name)].map((name) => `${terraform}/${name}`);
  return {
    name: 'Terraform',
    ...machine(20, reads),
    steps: [
      checkout,
      setupTerraform,
      { name: 'Check the format', run: bash(`terraform fmt -check -diff -recursive ${terraform}`) },
      {
        name: 'Validate',
        run: bash(`
# One download of the provider for all.
export TF_PLUGIN_CACHE_DIR="$RUNNER_TEMP/terraform-plugins"
mkdir -p "$TF_PLUGIN_CACHE_DIR"
failed=0
for folder in ${folders.join(' ')}; do
  echo "$folder"
  if ! { terraform -chdir="$folder" init -backend=false -input=false -no-color && terraform -chdir="$folder" validate -no-color; }; then
    echo "::error title=Not valid::$folder"
    failed=1
  fi
done
exit "$failed"
`),
      },
    ],
  };
}
