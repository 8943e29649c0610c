import type { App } from '@keelson/contract';
import type { Stack } from '../aws/index.ts';
import { type Expression, jsonencode } from '../hcl/index.ts';
import { identifier } from '../site/site.ts';
import { flowsOf } from './code-flows.ts';
import { imageParameter } from './image.ts';

/** Image registries: one per service, whose tags never change their meaning. */
export function registries(stack: Stack, app: App): void {
  const isEphemeral = Object.values(app.environments ?? {}).every((environment) => environment.ephemeral);
  for (const service of Object.keys(app.services)) {
    const id = identifier(service);
    const repository = stack.resource('aws_ecr_repository', id, {
      name: `${app.name}/${service}`,
      image_tag_mutability: 'IMMUTABLE',
      force_delete: isEphemeral,
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: { encryption_type: 'AES256' },
    });
    stack.resource('aws_ecr_lifecycle_policy', id, {
      repository: repository.ref('name'),
      policy: keepRecentImages(app),
    });
    stack.output(`${id}_repository_url`, {
      description: `Where images of ${service} are pushed`,
      value: repository.ref('repository_url'),
    });
  }
}

/** To roll back to. */
const keptImages = 50;

function keepRecentImages(app: App): Expression {
  // Every push of a branch makes an image: without rules of their own, those that run would be among the oldest.
  const delivered = flowsOf(app).flatMap(({ stops }) => stops.map(({ environment }) => environment));
  const rules = [
    {
      description: 'Untagged images go after a week',
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 },
    },
    ...delivered.map((environment) => ({
      description: `The latest ${keptImages} that were delivered to ${environment} stay, to roll back to`,
      selection: { tagStatus: 'tagged', tagPrefixList: [`${environment}-`], ...latest },
    })),
    {
      description: `The latest ${keptImages} stay${delivered.length === 0 ? ', to roll back to' : ' of the others'}`,
      selection: { tagStatus: 'any', ...latest },
    },
  ];
  return jsonencode({
    rules: rules.map((rule, index) => ({ rulePriority: index + 1, ...rule, action: { type: 'expire' } })),
  });
}

const latest = { countType: 'imageCountMoreThan', countNumber: keptImages };

/** Which image each environment runs. Terraform makes the parameters; deploys write them. */
export function imageParameters(stack: Stack, app: App): void {
  for (const environment of Object.keys(app.environments ?? {})) {
    for (const service of Object.keys(app.services)) {
      stack.resource(
        'aws_ssm_parameter',
        `${identifier(environment)}_${identifier(service)}_image`,
        {
          name: imageParameter(app.name, environment, service),
          description: `Image that ${service} runs in ${environment}`,
          type: 'String',
          value: 'UNSET',
        },
        { lifecycle: { ignore_changes: ['value'], comment: 'Deploys write the value.' } },
      );
    }
  }
}
