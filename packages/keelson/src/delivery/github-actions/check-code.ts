import { bash } from './bash.ts';
import type { YamlObject } from './yaml.ts';

export const installPackages: YamlObject = { name: 'Install packages', run: 'npm ci' };

export const checkTypes: YamlObject = { name: 'Check types', run: 'npm run typecheck --if-present' };

export const test: YamlObject = { name: 'Test', run: 'npm test' };

/** With the package for it, vitest says what the tests reach. */
export const testWithCoverage: YamlObject = {
  name: 'Test',
  run: bash(`
if [ -d node_modules/@vitest/coverage-v8 ]; then
  npm test -- --coverage.enabled --coverage.reportsDirectory=coverage \\
    --coverage.reporter=text --coverage.reporter=html --coverage.reporter=json-summary
else
  npm test
fi
`),
};

export const showCoverage: YamlObject = {
  name: 'Show the coverage',
  if: '${{ !cancelled() }}',
  run: bash(`
summary=coverage/coverage-summary.json
if [ -f "$summary" ] && [ "$(jq .total.lines.total "$summary")" = 0 ]; then
  echo "No coverage: the tests start the services as processes of their own, which vitest does not look into."
elif [ -f "$summary" ]; then
  echo "### Coverage"
  echo
  echo "| | covered | of | % |"
  echo "| --- | ---: | ---: | ---: |"
  jq -r '.total | to_entries[] | select(.key | IN("lines", "branches", "functions", "statements"))
    | "| \\(.key) | \\(.value.covered) | \\(.value.total) | \\(.value.pct) |"' "$summary"
  echo
  jq -r --arg root "$PWD/" 'del(.total) | keys | map(ltrimstr($root))
    | "Measured: what the tests import themselves, \\(.[:10] | join(", "))\\(if length > 10 then " and \\(length - 10) more" else "" end)."' "$summary"
  echo "Not measured: the services that the tests start. They run as processes of their own, which vitest does not look into."
elif [ -d node_modules/@vitest/coverage-v8 ]; then
  echo "No coverage: the tests failed."
else
  echo "No coverage: \\\`npm install --save-dev @vitest/coverage-v8\\\`, in the version of vitest, adds it."
fi >> "$GITHUB_STEP_SUMMARY"
`),
};
