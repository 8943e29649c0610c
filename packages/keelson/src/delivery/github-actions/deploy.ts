import { assumeRole } from './assume-role.ts';
import { bash, pattern } from './bash.ts';
import { checkTypes, installPackages, test } from './check-code.ts';
import { buildImage, perService } from './image.ts';
import type { Settings, SiteSettings } from './settings.ts';
import { assumesRole, checkout, machine, reads, setupNode } from './setup.ts';
import { printYaml, type YamlObject } from './yaml.ts';

/** From a commit on the branch to every environment in turn, and back to an earlier image. */
export function deploy(settings: Settings): string {
  const { branch, environments } = settings;
  const names = environments.map(({ name }) => name);
  const last = names.at(-1) ?? '';
  return printYaml({
    '#': `Written by \`keelson synth\`: tests what is on ${branch}, builds its images once, and deploys them to ${names.join(', then ')}.
Go back to an image that was deployed before; nothing is tested or built:
  gh workflow run deploy.yml -f environment=${last} -f tag=<commit>
An environment at GitHub may ask for a reviewer; its job waits for the answer. A tag is a whole commit and keeps its meaning.`,
    name: 'Deploy',
    'run-name':
      "Deploy ${{ inputs.tag || github.sha }} ${{ inputs.environment && format('to {0}', inputs.environment) }}",
    on: {
      push: { branches: [branch] },
      workflow_dispatch: {
        inputs: {
          environment: {
            description: 'Where to deploy to',
            type: 'choice',
            required: true,
            options: names,
          },
          tag: {
            description: `Commit to go back to; empty: what is on ${branch}`,
            type: 'string',
            required: false,
            default: '',
          },
        },
      },
    },
    permissions: {},
    defaults: { run: { shell: 'bash' } },
    jobs: {
      start: startJob(settings),
      test: testJob,
      build: buildJob(settings),
      ...Object.fromEntries(environments.map((site, index) => deployJob(settings, site, environments[index - 1]))),
    },
  });
}

/** Everything that would only be noticed later, when the machine has worked for minutes. */
function startJob({ branch, environments }: Settings): YamlObject {
  const names = environments.map(({ name }) => name);
  return {
    name: 'Check what is asked for',
    ...machine(5, {}),
    outputs: { tag: '${{ steps.check.outputs.tag }}' },
    steps: [
      {
        name: 'Check the branch, the account and the tag',
        id: 'check',
        env: {
          REF: '${{ github.ref }}',
          ACCOUNT: '${{ vars.AWS_ACCOUNT_ID }}',
          ENVIRONMENT: `\${{ inputs.environment || '${names[0] ?? ''}' }}`,
          TAG: '${{ inputs.tag || github.sha }}',
        },
        run: bash(`
stop() {
  echo "::error title=$1::$2"
  exit 1
}
if [ "$REF" != refs/heads/${branch} ]; then
  stop "Not on ${branch}" "Deploys run on ${branch} alone: gh workflow run deploy.yml --ref ${branch} …"
fi
if [[ ! $ACCOUNT =~ ^[0-9]{12}$ ]]; then
  stop "No AWS account" "Set the repository variable AWS_ACCOUNT_ID to the account's 12 digits: gh variable set AWS_ACCOUNT_ID"
fi
case $ENVIRONMENT in
  ${names.map(pattern).join(' | ')}) ;;
  *) stop "No such environment" "There is ${names.join(', ')}." ;;
esac
if [[ ! $TAG =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}$ ]]; then
  stop "Not a tag" "The input tag takes a whole commit that was deployed before: letters, digits and ._-"
fi
echo "tag=$TAG" >> "$GITHUB_OUTPUT"
`),
      },
    ],
  };
}

const testJob: YamlObject = {
  name: 'Types and tests',
  needs: 'start',
  if: '${{ !inputs.tag }}',
  ...machine(30, reads),
  steps: [checkout, setupNode, installPackages, checkTypes, test],
};

function buildJob(settings: Settings): YamlObject {
  const { app, branch, registry, terraform } = settings;
  const image = `${registry}/${app.name}/\${{ matrix.service }}:\${{ needs.start.outputs.tag }}`;
  return {
    name: 'Image of ${{ matrix.service }}',
    needs: ['start', 'test'],
    '#': 'The way back tests nothing.',
    if: "${{ !cancelled() && needs.start.result == 'success' && (needs.test.result == 'success' || needs.test.result == 'skipped') }}",
    ...machine(45, assumesRole),
    ...perService(settings),
    env: {
      REPOSITORY: `${app.name}/\${{ matrix.service }}`,
      TAG: '${{ needs.start.outputs.tag }}',
    },
    steps: [
      checkout,
      ...assumeRole(settings, {
        role: `${app.name}-github-actions-build-role`,
        job: `ref:refs/heads/${branch}`,
        madeBy: `${terraform}/shared`,
      }),
      {
        '#': 'A commit that was built before is not built again: its image is there and cannot be replaced.',
        name: 'Look for the image',
        id: 'image',
        env: { GO_BACK: '${{ inputs.tag }}' },
        run: bash(`
${found}
number=$(found)
if [ "$number" != 0 ]; then
  echo "$REPOSITORY:$TAG is there already."
elif [ -n "$GO_BACK" ]; then
  echo "::error title=No such image::There is no $REPOSITORY:$TAG to go back to. The input tag takes a whole commit that was deployed before."
  exit 1
fi
echo "number=$number" >> "$GITHUB_OUTPUT"
`),
      },
      {
        name: 'Sign in to the registry',
        if: isMissing,
        env: { REGISTRY: registry },
        run: bash('aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"'),
      },
      ...buildImage(settings, { id: 'push', if: isMissing, push: image }),
      {
        '#': 'Another run may have been faster: then its image is the one.',
        name: 'Look for what was pushed',
        if: isMissing,
        run: bash(`
${found}
if [ "$(found)" = 0 ]; then
  echo "::error title=Not pushed::$REPOSITORY:$TAG could not be built or pushed; the step before says why."
  exit 1
fi
`),
      },
    ],
  };
}

const isMissing = "steps.image.outputs.number == '0'";

const found = `
found() {
  aws ecr batch-get-image --repository-name "$REPOSITORY" --image-ids "imageTag=$TAG" --query 'length(images)' --output text
}`.trim();

/** A push goes on to the next environment when the one before runs it. */
function deployJob(
  { branch, inputs }: Settings,
  { name, github, prefix }: SiteSettings,
  before: SiteSettings | undefined,
): [string, YamlObject] {
  const isAsked = `inputs.environment == '${name}'`;
  const isPushed =
    before === undefined
      ? "github.event_name == 'push'"
      : `github.event_name == 'push' && needs.deploy-${before.name}.result == 'success'`;
  return [
    `deploy-${name}`,
    {
      name: `Deploy to ${name}`,
      needs: ['start', 'build', ...(before === undefined ? [] : [`deploy-${before.name}`])],
      if: `\${{ !cancelled() && github.ref == 'refs/heads/${branch}' && needs.build.result == 'success' && (${isAsked} || (${isPushed})) }}`,
      permissions: assumesRole,
      uses: './.github/workflows/deploy-environment.yml',
      with: {
        environment: name,
        'github-environment': github,
        tag: '${{ needs.start.outputs.tag }}',
        back: "${{ inputs.tag != '' }}",
        ...(inputs.length === 0 ? {} : { prefix }),
      },
    },
  ];
}
