import type { BuildCommand } from './command.ts';
import { defineMigrate, type Migration } from './migrations.ts';

/** Says which images run, and applies that; all of it or nothing. */
export function release(terraform: string, migrations: readonly Migration[]): BuildCommand {
  const steps = migrations.map(({ output, definition, log }) => `migrate ${output} ${definition} ${log}`);
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
      seeWhatRuns,
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
      const mayBe = { aws_ecs_service: ["update"], aws_ecs_task_definition: ["create,delete", "delete,create", "delete"] };
      const { resource_changes: changes = [] } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
      const others = changes.filter(({ mode, type, change: { actions } }) =>
        mode === "managed" && !["no-op", ...(mayBe[type] ?? [])].includes(actions.join()));
      if (others.length > 0) {
        console.error("This commit changes more than what runs. Apply it by hand, then deliver again:");
        for (const { address, change } of others) console.error("  " + change.actions.join("/") + " " + address);
        process.exit(1);
      }'
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

/** ECS's circuit breaker goes back by itself, and Terraform may take that for success. */
const seeWhatRuns = `
for service in $SERVICES; do
  aws ecs wait services-stable --cluster "$CLUSTER" --services "$service"
  definition=$(aws ecs describe-services --cluster "$CLUSTER" --services "$service" --query 'services[0].taskDefinition' --output text)
  image=$(aws ecs describe-task-definition --task-definition "$definition" --query 'taskDefinition.containerDefinitions[0].image' --output text)
  echo "$service runs $image"
  if [ "$image" != "$REGISTRY/$APP/$service:$TAG" ]; then
    echo "Its tasks did not become healthy, and ECS went back." >&2
    exit 1
  fi
done`.trim();
