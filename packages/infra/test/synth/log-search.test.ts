import { describe, expect, test } from 'vitest';
import { bare, type Value } from '../../src/hcl/index.ts';
import { synth } from '../../src/index.ts';
import { decoded, environmentStack, resourcesOf, usersWith } from './apps.ts';
import { containersOf } from './statements.ts';

describe('log search', () => {
  const stack = environmentStack(usersWith());
  const routes = synth(usersWith()).files.get('dev/api.tf') ?? '';

  test('each line goes to CloudWatch and to Firehose, the router’s own to a group beside it', () => {
    expect(routes.match(/"\[OUTPUT\]"/g)).toHaveLength(2);
    expect(routes).toContain('log_group_name ${aws_cloudwatch_log_group.api.name}');
    expect(routes).toContain('delivery_stream ${aws_kinesis_firehose_delivery_stream.logs.name}');
    const [api, router] = containersOf(stack, 'api');
    expect(api).toMatchObject({ logConfiguration: { logDriver: 'awsfirelens' }, dependsOn: [{ condition: 'START' }] });
    expect(router).toMatchObject({
      essential: true,
      firelensConfiguration: { type: 'fluentbit' },
      logConfiguration: { logDriver: 'awslogs' },
    });
    expect(bare((router?.image ?? null) as Value)).toMatch(/:\d+\.\d+\.\d+\.\d{8}$/);
  });

  test('Firehose keeps everything in a bucket too, for as long as logs are kept', () => {
    const [stream] = resourcesOf(stack, 'aws_kinesis_firehose_delivery_stream');
    expect(stream?.args.opensearch_configuration).toMatchObject({ s3_backup_mode: 'AllDocuments' });
    const rule = resourcesOf(stack, 'aws_s3_bucket_lifecycle_configuration').find(({ name }) => name === 'logs');
    expect(rule?.args.rule).toMatchObject({ expiration: { days: 3 } });
  });

  test('the domain takes requests of Firehose’s role and of the account’s people, and of nobody else', () => {
    const [policy] = resourcesOf(stack, 'aws_opensearch_domain_policy');
    const { Statement } = decoded(policy?.args.access_policies) as { Statement: { Principal: { AWS: object } }[] };
    const principals = Statement.map(({ Principal }) => JSON.stringify(Principal));
    expect(principals[0]).toContain('aws_iam_role.logs_delivery.arn');
    expect(principals[1]).toContain('data.aws_caller_identity.current.account_id');
    expect(principals).toHaveLength(2);
  });
});
