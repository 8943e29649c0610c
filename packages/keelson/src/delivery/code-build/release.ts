import type { App } from '@keelson/contract';
import { planCheck } from '../plan-check.ts';
import { whatRuns } from '../what-runs.ts';
import type { BuildCommand } from './command.ts';
import { defineMigrate, migrationsOf } from './migrations.ts';

/** Says which images run, and applies that; all of it or nothing. */
export function release(app: App, terraform: string): BuildCommand {
  const steps = migrationsOf(app).map(({ output, definition, log }) => `migrate ${output} ${definition} ${log}`);
  return {
    comment: 'Say which images run, and apply that. Whatever fails, what ran before is put back.',
    script: [
      `infra="${terraform}/$ENVIRONMENT"`,
      '',
      defineParameters,
      '',
      definePlan,
      '',
      ...(steps.length === 0 ? [] : [defineMigrate, '']),
      definePutBack,
      '',
      'terraform -chdir="$infra" init -input=false -no-color',
      'for service in $SERVICES; do say "$service" "$REGISTRY/$APP/$service:$TAG"; done',
      'plan',
      'touched=yes',
      ...(steps.length === 0 ? [] : [...steps, 'plan']),
      'apply',
      '',
      whatRuns(app),
      'delivered=yes',
    ].join('\n'),
  };
}

const defineParameters = `
said() {
  aws ssm get-parameter --name "/$APP/$ENVIRONMENT/$1/image" --query Parameter.Value --output text
}
say() {
  aws ssm put-parameter --name "/$APP/$ENVIRONMENT/$1/image" --type String --overwrite --value "$2" > /dev/null
}`.trim();

/** `-refresh=false`: what Terraform manages is not looked at, so that the role need not be able to. */
const definePlan = `
# A plan that changes more than what runs is refused: the role may not do it, and a person should see it.
plan() {
  terraform -chdir="$infra" plan -input=false -no-color -refresh=false -lock-timeout=10m -out=delivery.tfplan &&
    terraform -chdir="$infra" show -json delivery.tfplan | node -e '
${planCheck('Apply it by hand, then deliver again:').replaceAll(/^/gm, '      ')}'
}
apply() {
  terraform -chdir="$infra" apply -input=false -no-color -lock-timeout=10m delivery.tfplan
}`.trim();

const definePutBack = `
declare -A before
for service in $SERVICES; do
  before[$service]=$(said "$service")
done
touched=no
delivered=no
put_back() {
  if [ "$delivered" = yes ]; then return; fi
  set +e
  echo "The delivery failed: back to what ran before." >&2
  for service in $SERVICES; do
    say "$service" "\${before[$service]}" || echo "Write it by hand: /$APP/$ENVIRONMENT/$service/image is \${before[$service]}" >&2
  done
  if [ "$touched" = no ]; then return; fi
  plan && apply || echo "What runs may be mixed: apply $infra by hand." >&2
}
trap put_back EXIT`.trim();
