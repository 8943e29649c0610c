import { assumeRole } from './assume-role.ts';
import { bash, pattern } from './bash.ts';
import { blackOut } from './black-out.ts';
import { siteGroup } from './deploy-environment.ts';
import { inputVariables, type Settings } from './settings.ts';
import { assumesRole, checkout, machine, setupTerraform } from './setup.ts';
import { checkInputs, initialise, siteVariables } from './terraform-steps.ts';
import { printYaml, type YamlObject } from './yaml.ts';

/** What changes more than what runs, on a person's word. */
export function terraformManual(settings: Settings): string {
  const { app, branch, environments, terraform } = settings;
  const names = environments.map(({ name }) => name);
  return printYaml({
    '#': `Written by \`keelson synth\`: plans ${terraform}/<environment> of ${app.name}, and applies that plan when asked to.
  gh workflow run terraform-manual.yml -f environment=${names[0]} -f command=plan
  gh workflow run terraform-manual.yml -f environment=${names[0]} -f command=apply -f confirm=APPLY
${terraform}/shared is applied by a person with rights of their own: it makes the roles that are used here.`,
    name: 'Terraform',
    'run-name': 'Terraform ${{ inputs.command }} of ${{ inputs.environment }}',
    on: {
      workflow_dispatch: {
        inputs: {
          environment: { description: 'Which environment', type: 'choice', required: true, options: names },
          command: {
            description: 'Only look, or change it',
            type: 'choice',
            required: true,
            default: 'plan',
            options: ['plan', 'apply'],
          },
          confirm: {
            description: 'To apply, write APPLY',
            type: 'string',
            required: false,
            default: '',
          },
        },
      },
    },
    permissions: {},
    defaults: { run: { shell: 'bash' } },
    jobs: { check: checkJob(branch, settings), terraform: terraformJob(settings) },
  });
}

function checkJob(branch: string, { environments }: Settings): YamlObject {
  const names = environments.map(({ name }) => name);
  return {
    name: 'Check what is asked for',
    ...machine(5, {}),
    outputs: {
      environment: '${{ steps.check.outputs.environment }}',
      prefix: '${{ steps.check.outputs.prefix }}',
    },
    steps: [
      {
        name: 'Check the word, the branch and the account',
        id: 'check',
        env: {
          REF: '${{ github.ref }}',
          ACCOUNT: '${{ vars.AWS_ACCOUNT_ID }}',
          ENVIRONMENT: '${{ inputs.environment }}',
          COMMAND: '${{ inputs.command }}',
          CONFIRM: '${{ inputs.confirm }}',
        },
        run: bash(`
stop() {
  echo "::error title=$1::$2"
  exit 1
}
case $COMMAND in
  plan) ;;
  apply)
    if [ "$CONFIRM" != APPLY ]; then
      stop "Not confirmed" "To apply, write APPLY, in capitals, into the field confirm: -f confirm=APPLY"
    fi
    ;;
  *) stop "No such command" "There is plan and apply." ;;
esac
# A plan is made with the role that may change the environment.
if [ "$REF" != refs/heads/${branch} ]; then
  stop "Not on ${branch}" "Only what is on ${branch} is planned and applied: --ref ${branch}. A pull request plans what is on a branch."
fi
if [[ ! $ACCOUNT =~ ^[0-9]{12}$ ]]; then
  stop "No AWS account" "Set the repository variable AWS_ACCOUNT_ID to the account's 12 digits: gh variable set AWS_ACCOUNT_ID"
fi
# The environment at GitHub, whose reviewers are asked.
case $ENVIRONMENT in
${environments.map(({ name, github, prefix }) => `  ${pattern(name)}) github=${github} prefix=${prefix} ;;`).join('\n')}
  *) stop "No such environment" "There is ${names.join(', ')}." ;;
esac
echo "environment=$github" >> "$GITHUB_OUTPUT"
echo "prefix=$prefix" >> "$GITHUB_OUTPUT"
`),
      },
    ],
  };
}

function terraformJob(settings: Settings): YamlObject {
  const { app, inputs, terraform } = settings;
  const prefix = 'needs.check.outputs.prefix';
  return {
    name: '${{ inputs.command }} ${{ inputs.environment }}',
    needs: 'check',
    '#timeout-minutes': 'AWS lends the role for an hour: the state is unlocked before that.',
    ...machine(50, assumesRole),
    environment: '${{ needs.check.outputs.environment }}',
    '#concurrency': 'deploy.yml waits here too: nobody deploys while the environment changes.',
    concurrency: { group: siteGroup(app.name), 'cancel-in-progress': false },
    env: {
      ...siteVariables(settings, '${{ inputs.environment }}'),
      ...inputVariables(inputs, prefix),
    },
    steps: [
      checkout,
      setupTerraform,
      ...assumeRole(settings, {
        role: `${app.name}-\${{ inputs.environment }}-github-actions-terraform-role`,
        job: 'environment:${{ needs.check.outputs.environment }}',
        madeBy: `${terraform}/shared`,
      }),
      ...checkInputs(settings, `\${{ ${prefix} }}`),
      initialise,
      plan,
      apply,
    ],
  };
}

/** GitHub takes 1 MiB as a summary. The plan itself stays on this machine: it may hold what nobody else should read. */
const plan: YamlObject = {
  name: 'Plan',
  env: { ACCOUNT: '${{ vars.AWS_ACCOUNT_ID }}' },
  run: bash(`
code=0
terraform -chdir="$INFRA" plan -input=false -no-color -lock-timeout=10m -out=manual.tfplan > "$RUNNER_TEMP/plan.txt" 2>&1 || code=$?
if [ "$code" = 0 ]; then terraform -chdir="$INFRA" show -no-color manual.tfplan > "$RUNNER_TEMP/plan.txt"; fi
${blackOut('$RUNNER_TEMP/plan.txt', '$RUNNER_TEMP/shown.txt')}
cat "$RUNNER_TEMP/shown.txt"
{
  echo "### Plan of $ENVIRONMENT"
  echo
  head -c 500000 "$RUNNER_TEMP/shown.txt" | sed 's/^/    /'
  echo
} >> "$GITHUB_STEP_SUMMARY"
exit "$code"
`),
};

const apply: YamlObject = {
  name: 'Apply that plan',
  '#': 'The plan that was saved above, letter by letter: when something changed meanwhile, Terraform refuses it.',
  if: "inputs.command == 'apply'",
  run: bash(`
outcome="failed: the log says how far it came"
trap 'echo "**Apply to $ENVIRONMENT $outcome.**" >> "$GITHUB_STEP_SUMMARY"' EXIT
terraform -chdir="$INFRA" apply -input=false -no-color -lock-timeout=10m manual.tfplan
outcome="done"
`),
};
