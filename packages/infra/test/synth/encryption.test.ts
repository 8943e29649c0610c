import type { App } from '@keelson/contract';
import { describe, expect, test } from 'vitest';
import { schemaOf } from '../../src/aws/schema.ts';
import { printFile, type ValueObject } from '../../src/hcl/index.ts';
import { appWith, decoded, environmentStack, resourcesOf, showsWith, usersInContainer, usersWith } from './apps.ts';
import { statementsOf } from './statements.ts';

describe('encryption with a key of one’s own', () => {
  const apps: Record<string, App> = {
    users: usersWith(),
    'users, database in a container': usersInContainer(),
    shows: showsWith({ environments: { prod: { encryption: 'kms' } } }),
    sessions: appWith('fargate', {
      resources: { login: { kind: 'login', provider: 'google' } },
      environments: { prod: { domain: 'app.example.com', encryption: 'kms' } },
    }),
  };

  /** Arguments that name a key, by type. */
  const keyOf: Record<string, (args: ValueObject) => unknown> = {
    aws_cloudwatch_log_group: (args) => args.kms_key_id,
    aws_secretsmanager_secret: (args) => args.kms_key_id,
    aws_rds_cluster: (args) => args.kms_key_id && args.master_user_secret_kms_key_id,
    aws_efs_file_system: (args) => args.kms_key_id,
    aws_dynamodb_table: (args) => (args.server_side_encryption as ValueObject).kms_key_arn,
    aws_opensearch_domain: (args) => (args.encrypt_at_rest as ValueObject).kms_key_id,
    aws_kinesis_firehose_delivery_stream: (args) => (args.server_side_encryption as ValueObject).key_arn,
  };

  test.each(Object.entries(apps))('%s: it encrypts everything that takes a key', (_, app) => {
    const stack = environmentStack(app, 'prod');
    const keys = resourcesOf(stack).flatMap(({ type, args }) => (keyOf[type] ? [keyOf[type](args)] : []));
    expect(keys.length).toBeGreaterThan(1);
    for (const key of keys) expect(key).toMatchObject({ path: 'aws_kms_key.main.arn' });
  });

  test('no other type in use takes the key of secrets, logs or data', () => {
    const types = new Set(
      Object.values(apps).flatMap((app) => resourcesOf(environmentStack(app, 'prod')).map(({ type }) => type)),
    );
    const takesKey = [...types].filter((type) =>
      schemaOf('resource', type)?.attributes['kms_key_id']?.flags.includes('o'),
    );
    // An instance of Aurora has the key of its cluster.
    const others = takesKey.filter((type) => !(type in keyOf) && type !== 'aws_rds_cluster_instance');
    expect(others).toEqual([]);
  });

  test('it rotates, and its policy names the account and CloudWatch Logs alone', () => {
    const [key] = resourcesOf(environmentStack(usersWith(), 'prod'), 'aws_kms_key');
    expect(key?.args).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
    const { Statement } = decoded(key?.args.policy) as { Statement: ValueObject[] };
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['PoliciesOfTheAccountDecide', 'LogsOfThisAccount']);
    expect(Statement[1]).toMatchObject({
      Principal: { Service: 'logs.eu-central-1.amazonaws.com' },
      Condition: { ArnLike: expect.anything() },
    });
  });

  test('a role that reads secrets may decrypt with it, through Secrets Manager; nobody may otherwise', () => {
    for (const app of Object.values(apps)) {
      const stack = environmentStack(app, 'prod');
      for (const { name } of resourcesOf(stack, 'aws_iam_role_policy')) {
        const statements = statementsOf(stack, name);
        const reads = statements.some(({ Action }) => String(Action).includes('secretsmanager:GetSecretValue'));
        const uses = statements.filter(({ Action }) => String(Action).includes('kms:'));
        expect(uses.some(({ Sid }) => Sid === 'DecryptSecrets')).toBe(reads);
        for (const { Resource, Condition } of uses) {
          expect(Resource).toMatchObject([{ path: 'aws_kms_key.main.arn' }]);
          expect(Condition).toMatchObject({ StringEquals: { 'kms:ViaService': expect.anything() as unknown } });
        }
      }
    }
  });

  test('without it there is no key', () => {
    const stack = environmentStack(usersWith());
    expect(resourcesOf(stack, 'aws_kms_key')).toEqual([]);
    expect([...stack.files().values()].map(({ body }) => printFile(body)).join('')).not.toMatch(/aws_kms_key|kms:/);
  });
});
