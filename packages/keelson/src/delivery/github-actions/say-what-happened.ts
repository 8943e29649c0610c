import { bash } from './bash.ts';
import type { YamlObject } from './yaml.ts';

/** What runs, where, and the command back to what ran before. */
export const sayWhatRuns: YamlObject = {
  name: 'Say what runs',
  id: 'done',
  run: bash(`
url=$(terraform -chdir="$INFRA" output -raw url 2> /dev/null) || url=
echo "url=$url" >> "$GITHUB_OUTPUT"
{
  echo "### $ENVIRONMENT runs $TAG"
  echo
  echo "$url"
  echo
  echo "| service | before |"
  echo "| --- | --- |"
  for service in $SERVICES; do
    echo "| $service | \\\`$(sed 's/.*://' "$RUNNER_TEMP/before/$service")\\\` |"
  done
  before=$(cat "$RUNNER_TEMP"/before/* | sed 's/.*://' | sort -u)
  if [ "$before" != "$TAG" ] && [ "$(wc -l <<< "$before")" = 1 ]; then
    echo
    echo "Go back to what ran before:"
    echo
    echo "    gh workflow run deploy.yml -f environment=$ENVIRONMENT -f tag=$before"
  fi
} >> "$GITHUB_STEP_SUMMARY"
`),
};

/** After a cancelled run too: GitHub gives such steps five more minutes. */
export const goBack: YamlObject = {
  name: 'Go back to what ran before',
  if: '${{ failure() || cancelled() }}',
  env: { PLANNED: '${{ steps.plan.outcome }}' },
  run: `set +e -uo pipefail
result="Nothing was changed. The first step that failed says why."
if [ -e "$RUNNER_TEMP/said" ]; then
  result="What ran before runs again. The first step that failed says why."
  for service in $SERVICES; do
    before=$(cat "$RUNNER_TEMP/before/$service")
    if ! aws ssm put-parameter --name "/$APP/$ENVIRONMENT/$service/image" --type String --overwrite --value "$before" > /dev/null; then
      echo "::error title=Not put back::Write it by hand: /$APP/$ENVIRONMENT/$service/image was $before"
      result=
    fi
  done
  # Without a plan nothing was applied.
  if [ "$PLANNED" = success ]; then
    terraform -chdir="$INFRA" plan -input=false -no-color -refresh=false -lock-timeout=2m -out=back.tfplan &&
      terraform -chdir="$INFRA" show -json back.tfplan | node "$RUNNER_TEMP/check-plan.cjs" &&
      terraform -chdir="$INFRA" apply -input=false -no-color -lock-timeout=2m back.tfplan || result=
  fi
fi
result=\${result:-What runs may be mixed: look at the log, then apply $INFRA with terraform-manual.yml.}
printf '### %s was not deployed to %s\\n\\n%s\\n' "$TAG" "$ENVIRONMENT" "$result" >> "$GITHUB_STEP_SUMMARY"
echo "::error title=Not deployed to $ENVIRONMENT::$result"
`,
};
