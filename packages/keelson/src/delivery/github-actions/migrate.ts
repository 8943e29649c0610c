import { keepNewer, type Migration } from '../code-build/migrations.ts';
import { bash } from './bash.ts';
import type { YamlObject } from './yaml.ts';

/** The migrations of the new image run before its services do. Terraform changes only their task for it. */
export function migrate({ output, definition, log }: Migration): YamlObject {
  return {
    name: `Migrate ${log.replace(/-migrate$/, '')}`,
    env: { BACK: '${{ inputs.back }}' },
    run: bash(`
terraform -chdir="$INFRA" apply -input=false -no-color -auto-approve -refresh=false -lock-timeout=10m -target=aws_ecs_task_definition.${definition}
command=$(terraform -chdir="$INFRA" output -raw ${output})
# It names the revision before; the family without a number is the newest one.
command=$(sed -E 's#(--task-definition )[^ ]*/([^ :]+):[0-9]+#\\1\\2#' <<< "$command")
# A person named the image: it may be older than the database, and newer migrations stay as they are.
back=
if [ "$BACK" = true ]; then back="${keepNewer(log)}"; fi
task=$(eval "$command $back --query 'tasks[0].taskArn' --output text")
aws ecs wait tasks-stopped --cluster "$CLUSTER" --tasks "$task"
aws logs tail "/$APP/$ENVIRONMENT/${log}" --since 15m --format short
code=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" --query 'tasks[0].containers[0].exitCode' --output text)
if [ "$code" != 0 ]; then
  echo "::error title=The migrations failed::Exit code $code; their log is above."
  exit 1
fi
`),
  };
}
