import type { App } from '@keelson/contract';
import type { Handle, Stack } from '../aws/index.ts';
import { type Expression, jsonencode, text } from '../hcl/index.ts';
import { functionName, identifier } from '../site/site.ts';
import type { Account } from './account.ts';
import { flowsOf } from './aws-delivery/flows.ts';
import { imageParameter } from './compute/image.ts';

/** Image registries: one per service, whose tags never change their meaning. */
export function registries(stack: Stack, app: App, account: () => Account): void {
  const isEphemeral = Object.values(app.environments ?? {}).every((environment) => environment.ephemeral);
  const services = Object.entries(app.services);
  for (const [service, { compute }] of services) {
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
    if (compute === 'lambda') letFunctionsPull(stack, app, account(), service, repository);
    const url = { description: `Where images of ${service} are pushed`, value: repository.ref('repository_url') };
    stack.output(`${id}_repository_url`, url);
    if (services.length === 1) stack.output('ecr_repository_url', url);
  }
}

/**
 * Lambda fetches images in its own name, and not with the function's role. Without this it would write such a policy itself, for
 * every function of the account.
 */
function letFunctionsPull(stack: Stack, app: App, account: Account, service: string, repository: Handle<'name'>): void {
  const functions = Object.keys(app.environments ?? {}).map((environment) =>
    account.arn('lambda', `function:${functionName({ prefix: `${app.name}-${environment}` }, { name: service })}`),
  );
  const statement = {
    Sid: 'FunctionsOfThisService',
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    // Lambda names a function with or without its version.
    Condition: { ArnLike: { 'aws:SourceArn': functions.flatMap((arn) => [arn, text`${arn}:*`]) } },
  };
  stack.resource(
    'aws_ecr_repository_policy',
    identifier(service),
    { repository: repository.ref('name'), policy: jsonencode({ Version: '2012-10-17', Statement: [statement] }) },
    { comment: 'Lambda fetches images in its own name, for these functions and no others.' },
  );
}

/** To roll back to. */
const keptImages = 50;

/**
 * ECR governs an image by the first rule that matches it, even where a later one would keep it: what prod runs was in dev before, and
 * has both tags. https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
function keepRecentImages(app: App): Expression {
  const rules = [
    {
      description: 'Untagged images go after a week',
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 },
    },
    ...mostLastingFirst(app, tagged(app)).map((environment) => ({
      description: `The latest ${keptImages} that were delivered to ${environment} stay, to roll back to`,
      selection: { tagStatus: 'tagged', tagPrefixList: [`${environment}-`], ...latest },
    })),
    ...keepOthers(app),
  ];
  return jsonencode({
    rules: rules.map((rule, index) => ({ rulePriority: index + 1, ...rule, action: { type: 'expire' } })),
  });
}

/** Where a delivery gives the image a tag of the environment: `prod-<commit>`. */
function tagged(app: App): string[] {
  const provider = app.delivery?.provider;
  if (provider === 'github-actions' || provider === 'codebuild') return Object.keys(app.environments ?? {});
  return [...new Set(flowsOf(app).flatMap(({ stops }) => stops.map(({ environment }) => environment)))];
}

/** Environments that are not to lose anything, and of those the ones that are delivered to last. */
function mostLastingFirst({ environments = {} }: App, names: readonly string[]): string[] {
  const isEphemeral = (name: string) => Number(environments[name]?.ephemeral ?? false);
  return names.toReversed().toSorted((a, b) => isEphemeral(a) - isEphemeral(b));
}

/** Every push makes an image: where nothing tells those that run from the others, all stay. */
function keepOthers(app: App) {
  const isTold = tagged(app).length > 0;
  if (!isTold && Object.keys(app.environments ?? {}).length > 1) return [];
  const description = `The latest ${keptImages} stay${isTold ? ' of the others' : ', to roll back to'}`;
  return [{ description, selection: { tagStatus: 'any', ...latest } }];
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
