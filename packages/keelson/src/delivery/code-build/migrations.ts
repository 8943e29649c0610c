import type { App } from '@keelson/contract';

/** The one-off task that migrates a database, as the generated Terraform names it. */
export interface Migration {
  /** Output that holds the command which starts it. */
  readonly output: string;
  /** Terraform's name of its task definition. */
  readonly definition: string;
  /** Last part of its log group. */
  readonly log: string;
}

/**
 * Option of the command: the image is older than the database may be, and newer migrations stay as they are. It is what a person
 * asked for who named the image; a push without them has lost a file. The container is called like the end of its log group.
 */
export function keepNewer(container: string): string {
  return `--overrides 'containerOverrides=[{name=${container},environment=[{name=KEEP_NEWER_MIGRATIONS,value=true}]}]'`;
}

export function migrationsOf({ resources, services }: App): Migration[] {
  const used = new Set(Object.values(services).flatMap(({ uses }) => uses ?? []));
  const databases = [...used].filter((name) => resources?.[name]?.kind === 'postgres');
  return databases.map((name) => ({
    output: databases.length === 1 ? 'migrate_command' : `${name}_migrate_command`,
    definition: `${name.replaceAll('-', '_')}_migrate`,
    log: `${name}-migrate`,
  }));
}

/** Defines `migrate <output> <task definition> <log group>`. */
export const defineMigrate = `
# The migrations of the new image run before its services do. Terraform changes only their task for it.
migrate() {
  local command back= task code
  terraform -chdir="$infra" apply -input=false -no-color -auto-approve -refresh=false -lock-timeout=10m -target="aws_ecs_task_definition.$2"
  command=$(terraform -chdir="$infra" output -raw "$1")
  # It names the revision before; the family without a number is the newest one.
  command=$(sed -E 's#(--task-definition )[^ ]*/([^ :]+):[0-9]+#\\1\\2#' <<< "$command")
  # A person named the image: it may be older than the database, and newer migrations stay as they are.
  if [ -n "\${IMAGE_TAG:-}" ]; then back="${keepNewer('$3')}"; fi
  task=$(eval "$command $back --query 'tasks[0].taskArn' --output text")
  aws ecs wait tasks-stopped --cluster "$CLUSTER" --tasks "$task"
  aws logs tail "/$APP/$ENVIRONMENT/$3" --since 15m --format short
  code=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" --query 'tasks[0].containers[0].exitCode' --output text)
  if [ "$code" != 0 ]; then
    echo "The migrations failed (exit code $code)." >&2
    exit 1
  fi
}
`.trim();
