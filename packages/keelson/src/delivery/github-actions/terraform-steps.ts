import { bash } from './bash.ts';
import type { Settings } from './settings.ts';
import type { YamlObject } from './yaml.ts';

/** What the scripts of a job in one environment read. `environment` and `prefix` may be expressions. */
export function siteVariables(settings: Settings, environment: string): YamlObject {
  const { app, terraform, registry, services } = settings;
  return {
    APP: app.name,
    ENVIRONMENT: environment,
    SERVICES: services.map(({ name }) => name).join(' '),
    INFRA: `${terraform}/${environment}`,
    REGISTRY: registry,
  };
}

export const initialise: YamlObject = {
  name: 'Initialise Terraform',
  run: bash('terraform -chdir="$INFRA" init -input=false -no-color'),
};

/** An input that nobody gave would reach Terraform as an empty text. `prefix`: of the repository variables, may be an expression. */
export function checkInputs({ inputs, environments }: Settings, prefix: string): YamlObject[] {
  if (inputs.length === 0) return [];
  const isEverywhere = environments.every((each) => each.inputs.length === inputs.length);
  return [
    {
      name: "Look for Terraform's inputs",
      ...(isEverywhere
        ? {}
        : { '#': 'Not every environment has every input: what its Terraform does not know, it ignores.' }),
      env: { PREFIX: prefix },
      run: bash(`
missing=0
for input in ${inputs.join(' ')}; do
  variable=TF_VAR_$input
  if grep -qs "^variable \\"$input\\"" "$INFRA"/*.tf && [ -z "\${!variable}" ]; then
    echo "::error title=No \${PREFIX}_\${input^^}::Terraform asks for $input in $ENVIRONMENT. Set the repository variable \${PREFIX}_\${input^^}."
    missing=1
  fi
done
exit "$missing"
`),
    },
  ];
}
