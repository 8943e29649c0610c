import { planCheck } from '../plan-check.ts';
import { whatRuns } from '../what-runs.ts';
import { assumeRole } from './assume-role.ts';
import { bash } from './bash.ts';
import { migrate } from './migrate.ts';
import { stopWhenOvertaken } from './overtaken.ts';
import { goBack, sayWhatRuns } from './say-what-happened.ts';
import { inputVariables, type Settings } from './settings.ts';
import { assumesRole, checkout, machine, setupTerraform } from './setup.ts';
import { checkInputs, initialise, siteVariables } from './terraform-steps.ts';
import { printYaml, type YamlObject } from './yaml.ts';

/** The deploy to one environment: `deploy.yml` calls it for each. */
export function deployEnvironment(settings: Settings): string {
  const { app, inputs } = settings;
  const text = (description: string) => ({ description, type: 'string', required: true });
  return printYaml({
    '#': `Written by \`keelson synth\`: how images of ${app.name} that were pushed get to one environment. deploy.yml calls it.
The environment runs what its parameters /${app.name}/<environment>/<service>/image say: they are written, and applied.
Whatever fails, what ran before is put back.`,
    name: 'Deploy to one environment',
    on: {
      workflow_call: {
        inputs: {
          environment: text('Environment of the app'),
          'github-environment': text('Environment at GitHub, with its reviewers'),
          tag: text('Tag of the images: a whole commit'),
          back: { description: 'A person named the tag, to go back to', type: 'boolean', required: true },
          ...(inputs.length === 0 ? {} : { prefix: text("What the variables with Terraform's inputs begin with") }),
        },
      },
    },
    permissions: {},
    defaults: { run: { shell: 'bash' } },
    jobs: { deploy: job(settings) },
  });
}

function job(settings: Settings): YamlObject {
  const { app, inputs, migrations, terraform } = settings;
  return {
    name: '${{ inputs.environment }}',
    '#timeout-minutes': 'AWS lends the role for an hour: there is time left to go back in.',
    ...machine(50, assumesRole),
    environment: { name: '${{ inputs.github-environment }}', url: '${{ steps.done.outputs.url }}' },
    '#concurrency': 'One at a time, and none is stopped halfway; terraform-manual.yml waits here too.',
    concurrency: { group: siteGroup(app.name), 'cancel-in-progress': false },
    env: {
      ...siteVariables(settings, '${{ inputs.environment }}'),
      CLUSTER: `${app.name}-\${{ inputs.environment }}`,
      TAG: '${{ inputs.tag }}',
      ...inputVariables(inputs, 'inputs.prefix'),
    },
    steps: [
      checkout,
      setupTerraform,
      ...assumeRole(settings, {
        role: `${app.name}-\${{ inputs.environment }}-github-actions-deploy-role`,
        job: 'environment:${{ inputs.github-environment }}',
        madeBy: `${terraform}/\${{ inputs.environment }}`,
      }),
      ...checkInputs(settings, '${{ inputs.prefix }}'),
      initialise,
      rememberWhatRan,
      stopWhenOvertaken,
      keepImages,
      sayImages,
      writePlanCheck,
      { ...plan, id: 'plan' },
      ...migrations.map(migrate),
      ...(migrations.length === 0 ? [] : [{ ...plan, name: 'Plan again, after the migrations' }]),
      apply,
      { name: 'Wait until that is what runs', run: bash(whatRuns(app)) },
      sayWhatRuns,
      goBack,
    ],
  };
}

/** Whoever changes an environment at GitHub waits in the same line. */
export function siteGroup(app: string): string {
  return `${app}-\${{ inputs.environment }}`;
}

/** The registry keeps the latest images of each environment, whatever else is pushed: they are known by this tag. */
const keepImages: YamlObject = {
  name: 'Keep the images in the registry',
  '#': 'The latest that had a tag of the environment stay, to go back to; of the others, old ones are deleted.',
  run: bash(`
for service in $SERVICES; do
  there=$(aws ecr batch-get-image --repository-name "$APP/$service" --image-ids "imageTag=$ENVIRONMENT-$TAG" --query 'length(images)' --output text)
  if [ "$there" = 0 ]; then
    manifest=$(aws ecr batch-get-image --repository-name "$APP/$service" --image-ids "imageTag=$TAG" --query 'images[0].imageManifest' --output text)
    aws ecr put-image --repository-name "$APP/$service" --image-tag "$ENVIRONMENT-$TAG" --image-manifest "$manifest" > /dev/null
  fi
done
`),
};

const rememberWhatRan: YamlObject = {
  name: 'Remember what runs now',
  run: bash(`
mkdir -p "$RUNNER_TEMP/before"
for service in $SERVICES; do
  aws ssm get-parameter --name "/$APP/$ENVIRONMENT/$service/image" --query Parameter.Value --output text > "$RUNNER_TEMP/before/$service"
done
`),
};

const sayImages: YamlObject = {
  name: 'Say which images run',
  run: bash(`
touch "$RUNNER_TEMP/said"
for service in $SERVICES; do
  aws ssm put-parameter --name "/$APP/$ENVIRONMENT/$service/image" --type String --overwrite --value "$REGISTRY/$APP/$service:$TAG" > /dev/null
done
`),
};

const writePlanCheck: YamlObject = {
  name: 'Say what a deploy may change',
  '#': 'The role may do no more, and a person should see the rest.',
  run: bash(`
cat > "$RUNNER_TEMP/check-plan.cjs" <<'SCRIPT'
${planCheck('Look at it and apply it, then run this again: gh workflow run terraform-manual.yml')}
SCRIPT
`),
};

/** `-refresh=false`: what Terraform manages is not looked at, so that the role need not be able to. */
const plan: YamlObject = {
  name: 'Plan',
  run: bash(`
terraform -chdir="$INFRA" plan -input=false -no-color -refresh=false -lock-timeout=10m -out=deploy.tfplan
terraform -chdir="$INFRA" show -json deploy.tfplan | node "$RUNNER_TEMP/check-plan.cjs"
`),
};

const apply: YamlObject = {
  name: 'Apply that plan',
  run: bash('terraform -chdir="$INFRA" apply -input=false -no-color -lock-timeout=10m deploy.tfplan'),
};
