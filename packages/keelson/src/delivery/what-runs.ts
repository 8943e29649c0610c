import type { App } from '@keelson/contract';

/**
 * Waits until what was applied is what runs. ECS's circuit breaker goes back by itself, and Terraform may take that for success.
 * Needs `APP`, `ENVIRONMENT`, `CLUSTER`, `REGISTRY` and `TAG`.
 */
export function whatRuns({ services }: App): string {
  const named = (isFunction: boolean) =>
    Object.entries(services)
      .filter(([, { compute }]) => (compute === 'lambda') === isFunction)
      .map(([name]) => name);
  return [
    ...loop(named(false), tasks, 'Its tasks did not become healthy, and ECS went back.'),
    ...loop(named(true), functions, 'The function has another image.'),
  ].join('\n');
}

const tasks = `
  aws ecs wait services-stable --cluster "$CLUSTER" --services "$service"
  definition=$(aws ecs describe-services --cluster "$CLUSTER" --services "$service" --query 'services[0].taskDefinition' --output text)
  image=$(aws ecs describe-task-definition --task-definition "$definition" --query 'taskDefinition.containerDefinitions[0].image' --output text)
`;

const functions = `
  aws lambda wait function-updated-v2 --function-name "$APP-$ENVIRONMENT-$service"
  image=$(aws lambda get-function --function-name "$APP-$ENVIRONMENT-$service" --query Code.ImageUri --output text)
`;

function loop(services: readonly string[], look: string, otherwise: string): string[] {
  if (services.length === 0) return [];
  return [
    `for service in ${services.join(' ')}; do`,
    look.replaceAll(/^\n|\n$/g, ''),
    '  echo "$service runs $image"',
    '  if [ "$image" != "$REGISTRY/$APP/$service:$TAG" ]; then',
    `    echo "${otherwise}" >&2`,
    '    exit 1',
    '  fi',
    'done',
  ];
}
