import { expect, test } from 'vitest';
import { schemaOf } from '../../src/aws/schema.ts';
import { everyStack, resourcesOf } from './apps.ts';

const types = [...new Set(everyStack().flatMap(({ stack }) => resourcesOf(stack).map(({ type }) => type)))].toSorted();

/** Takes tags, and the provider's default ones do not reach it. */
const missedByDefaultTags: readonly string[] = [];

/** Made of nothing that AWS can tag, or part of something that is. */
const notTaggable = [
  'aws_acm_certificate_validation',
  'aws_apigatewayv2_api_mapping',
  'aws_apigatewayv2_authorizer',
  'aws_apigatewayv2_integration',
  'aws_apigatewayv2_route',
  'aws_appautoscaling_policy',
  'aws_cloudwatch_log_stream',
  'aws_cognito_resource_server',
  'aws_cognito_user_pool_client',
  'aws_cognito_user_pool_domain',
  'aws_ecr_lifecycle_policy',
  'aws_ecr_repository_policy',
  'aws_efs_backup_policy',
  'aws_efs_file_system_policy',
  'aws_efs_mount_target',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_kms_alias',
  'aws_lambda_permission',
  'aws_opensearch_domain_policy',
  'aws_route',
  'aws_route53_record',
  'aws_route_table_association',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
  'aws_secretsmanager_secret_version',
  'aws_sesv2_configuration_set_event_destination',
  'aws_sesv2_email_identity_mail_from_attributes',
  'terraform_data',
];

test('the provider’s default tags reach every type that takes tags', () => {
  const taggable = types.filter((type) => schemaOf('resource', type)?.attributes['tags']);
  const reached = taggable.filter((type) => schemaOf('resource', type)?.attributes['tags_all']);
  expect(taggable.filter((type) => !reached.includes(type))).toEqual(missedByDefaultTags);
  expect(types.filter((type) => !taggable.includes(type))).toEqual(notTaggable);
});

test('what AWS makes of a resource is tagged as the resource is', () => {
  for (const { stack } of everyStack()) {
    for (const { args } of resourcesOf(stack, 'aws_ecs_service')) expect(args.propagate_tags).toBe('SERVICE');
    for (const { args } of resourcesOf(stack, 'aws_rds_cluster')) expect(args.copy_tags_to_snapshot).toBe(true);
  }
});
