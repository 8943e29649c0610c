import { actions } from './actions.ts';
import { assumeRole } from './assume-role.ts';
import { bash } from './bash.ts';
import { blackOut } from './black-out.ts';
import { inputVariables, type Settings } from './settings.ts';
import { assumesRole, checkout, machine, setupTerraform } from './setup.ts';
import { checkInputs, initialise, siteVariables } from './terraform-steps.ts';
import type { YamlObject } from './yaml.ts';

/** What a merge would change in each environment, by a role that can only read. */
export function planJob(settings: Settings): YamlObject {
  const { app, environments, inputs, terraform } = settings;
  return {
    name: 'Plan (${{ matrix.environment }})',
    '#': 'A fork, and Dependabot, get no token for AWS; without AWS_ACCOUNT_ID there is nothing to plan against.',
    if: [
      "vars.AWS_ACCOUNT_ID != ''",
      'github.event.pull_request.head.repo.full_name == github.repository',
      "github.actor != 'dependabot[bot]'",
    ].join(' && '),
    ...machine(30, assumesRole),
    strategy: {
      'fail-fast': false,
      matrix: {
        include: environments.map(({ name, prefix }) => ({
          environment: name,
          ...(inputs.length === 0 ? {} : { prefix }),
        })),
      },
    },
    env: {
      ...siteVariables(settings, '${{ matrix.environment }}'),
      ...inputVariables(inputs, 'matrix.prefix'),
    },
    steps: [
      checkout,
      setupTerraform,
      ...assumeRole(settings, {
        role: `${app.name}-github-actions-plan-role`,
        job: 'pull_request',
        madeBy: `${terraform}/shared`,
      }),
      lookForImages,
      ...checkInputs(settings, '${{ matrix.prefix }}').map((step) => ({ ...step, if: isThere })),
      { ...initialise, if: isThere },
      plan,
      keepPlan,
    ],
  };
}

const isThere = "steps.images.outputs.there == 'yes'";

const lookForImages: YamlObject = {
  name: 'Look for what runs there',
  id: 'images',
  run: bash(`
there=yes
for service in $SERVICES; do
  name="/$APP/$ENVIRONMENT/$service/image"
  if ! image=$(aws ssm get-parameter --name "$name" --query Parameter.Value --output text 2> "$RUNNER_TEMP/refused"); then
    cat "$RUNNER_TEMP/refused" >&2
    grep -q ParameterNotFound "$RUNNER_TEMP/refused"
    image=UNSET
  fi
  if [ "$image" = UNSET ]; then there=no; fi
done
mkdir -p plans
if [ "$there" = no ]; then echo "Nothing was deployed there yet, so nothing is planned." > "plans/$ENVIRONMENT.txt"; fi
echo "there=$there" >> "$GITHUB_OUTPUT"
`),
};

/** Whoever may read the repository may read its comments: what looks like a secret goes no further than here. */
const plan: YamlObject = {
  name: 'Plan',
  '#': 'Looks only: nothing is locked, and the plan is thrown away.',
  if: isThere,
  env: { ACCOUNT: '${{ vars.AWS_ACCOUNT_ID }}' },
  run: bash(`
code=0
terraform -chdir="$INFRA" plan -input=false -no-color -lock=false > "$RUNNER_TEMP/plan.txt" 2>&1 || code=$?
${blackOut('$RUNNER_TEMP/plan.txt', 'plans/$ENVIRONMENT.txt')}
cat "plans/$ENVIRONMENT.txt"
exit "$code"
`),
};

const keepPlan: YamlObject = {
  name: 'Keep the text for the comment',
  if: '${{ !cancelled() }}',
  uses: actions.upload,
  with: {
    name: 'plan-${{ matrix.environment }}',
    path: 'plans',
    'if-no-files-found': 'ignore',
    'retention-days': 7,
  },
};

/** The one job that may write to the pull request; it runs nothing of the repository. */
export function commentJob({ app, environments }: Settings): YamlObject {
  return {
    name: 'Comment with the plans',
    needs: 'plan',
    if: "${{ !cancelled() && needs.plan.result != 'skipped' }}",
    ...machine(5, { 'pull-requests': 'write' }),
    steps: [
      {
        name: 'Fetch the plans',
        uses: actions.download,
        with: { pattern: 'plan-*', path: 'plans', 'merge-multiple': true },
      },
      {
        name: 'Write the comment, or write it anew',
        env: {
          GH_TOKEN: '${{ github.token }}',
          NUMBER: '${{ github.event.pull_request.number }}',
          COMMIT: '${{ github.event.pull_request.head.sha }}',
          RUN: '${{ github.server_url }}/${{ github.repository }}/actions/runs/${{ github.run_id }}',
          MARKER: `<!-- keelson: plans of ${app.name} -->`,
          ENVIRONMENTS: environments.map(({ name }) => name).join(' '),
        },
        run: bash(writeComment),
      },
    ],
  };
}

/** GitHub takes 65,536 characters. A plan is text of the pull request: it stays inside a fence longer than any in it. */
const writeComment = `
node - > "$RUNNER_TEMP/comment.json" <<'SCRIPT'
const { existsSync, readFileSync } = require("node:fs");
const { COMMIT, ENVIRONMENTS, MARKER, RUN } = process.env;
const names = ENVIRONMENTS.split(" ");
const most = Math.floor(60_000 / names.length);
const sections = names.map((name) => {
  const file = "plans/" + name + ".txt";
  const text = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (text === "") return "**" + name + "**: could not be planned; [the run](" + RUN + ") says why.";
  const lines = text.split("\\n");
  const result = lines.find((line) => /^(Plan: |No changes|Error: |Nothing was )/.test(line.replace(/^[│╷ ]+/, ""))) ?? "see below";
  const shown = text.length > most ? text.slice(0, most) + "\\n… cut here: the whole plan is in the run's log" : text;
  const fence = "\`".repeat(Math.max(3, ...[...shown.matchAll(/\`+/g)].map(([run]) => run.length + 1)));
  const summary = result.replace(/^[│╷ ]+/, "").slice(0, 200).replace(/[&<>@]/g, (c) => "&#" + c.codePointAt(0) + ";");
  return "<details><summary><b>" + name + "</b>: " + summary + "</summary>\\n\\n" + fence + "\\n" + shown + "\\n" + fence + "\\n\\n</details>";
});
const head = "### What Terraform would change\\n\\nPlanned for " + COMMIT.slice(0, 12) + " ([run](" + RUN + ")). Nothing was applied.";
console.log(JSON.stringify({ body: [MARKER, head, ...sections].join("\\n\\n") }));
SCRIPT
comments="repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments"
mine='.[] | select(.user.login == "github-actions[bot]" and (.body | startswith(env.MARKER))) | .id'
id=$(gh api --paginate "$comments" --jq "$mine" | sed -n 1p)
if [ -n "$id" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --input "$RUNNER_TEMP/comment.json"
else
  gh api --silent --method POST "$comments" --input "$RUNNER_TEMP/comment.json"
fi
`;
