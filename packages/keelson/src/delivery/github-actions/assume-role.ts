import { actions } from './actions.ts';
import { bash } from './bash.ts';
import { roleArn, type Settings, subjectOf } from './settings.ts';
import type { YamlObject } from './yaml.ts';

export interface RoleArgs {
  /** Name of the role; may hold an expression. */
  readonly role: string;
  /** Which job AWS lets in: `environment:production`. May hold an expression. */
  readonly job: string;
  /** Where the role is made: `infra/shared`. */
  readonly madeBy: string;
}

/** Takes the role for the rest of the job; when AWS refuses, says why. */
export function assumeRole({ app }: Settings, { role, job, madeBy }: RoleArgs): YamlObject[] {
  const arn = roleArn(app, role);
  return [
    {
      name: 'Take the role in AWS',
      id: 'role',
      uses: actions.credentials,
      with: {
        'role-to-assume': arn,
        'aws-region': app.region,
        'role-session-name': 'github-${{ github.run_id }}',
        'retry-max-attempts': 3,
      },
    },
    {
      name: 'Say why AWS refused',
      if: "failure() && steps.role.outcome == 'failure'",
      env: { ROLE: arn, EXPECTED_SUB: subjectOf(app, job), MADE_BY: madeBy },
      run: bash(explain),
    },
  ];
}

/** The token itself is never printed: whoever reads it can take the role. */
const explain = `
curl -sSf -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
  "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=sts.amazonaws.com" |
  node -e '
    const { value } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    const claims = JSON.parse(Buffer.from(value.split(".")[1], "base64url"));
    for (const name of ["sub", "aud", "iss"]) console.log(name + ": " + claims[name]);
  ' > "$RUNNER_TEMP/claims"
echo "GitHub says of this job:"
cat "$RUNNER_TEMP/claims"
echo
echo "The trust policy of $ROLE has to say, letter by letter:"
echo "sub: $EXPECTED_SUB"
echo "aud: sts.amazonaws.com"
echo "iss: https://token.actions.githubusercontent.com"
if grep -qxF "sub: $EXPECTED_SUB" "$RUNNER_TEMP/claims"; then
  echo "::error title=AWS refused the role::GitHub's token is the expected one. Is AWS_ACCOUNT_ID the right account, and $MADE_BY applied there? It makes the role."
else
  echo "::error title=AWS refused the role::GitHub's token has another sub. Correct delivery in keelson.config.ts, run keelson synth and apply $MADE_BY."
fi
`;
