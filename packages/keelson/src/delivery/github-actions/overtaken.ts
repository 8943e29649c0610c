import { bash } from './bash.ts';
import type { YamlObject } from './yaml.ts';

/**
 * A push takes no environment back: of two, the first may be the slower one, and a run may be approved or repeated late.
 * GitHub knows which commit comes after which. What it cannot say (a tag that is no commit, a history that was rewritten) holds
 * nobody up.
 */
export const stopWhenOvertaken: YamlObject = {
  name: 'Stop where something newer runs',
  '#': 'Runs of two pushes may change places. Going back is for a person, who names the tag.',
  if: "github.event_name == 'push'",
  env: { GH_TOKEN: '${{ github.token }}' },
  run: bash(`
for service in $SERVICES; do
  before=$(sed 's/.*://' "$RUNNER_TEMP/before/$service")
  if ! [[ $before =~ ^[0-9a-f]{40}$ ]]; then continue; fi
  if ! relation=$(gh api "repos/$GITHUB_REPOSITORY/compare/$before...$TAG?per_page=1" --jq .status); then
    echo "::warning title=Not compared::GitHub does not say whether $TAG comes after $before, which $service runs in $ENVIRONMENT."
  elif [ "$relation" = behind ]; then
    echo "::error title=Overtaken::$service runs $before in $ENVIRONMENT, which is newer than $TAG. To go back: gh workflow run deploy.yml -f environment=$ENVIRONMENT -f tag=$TAG"
    exit 1
  fi
done
`),
};
