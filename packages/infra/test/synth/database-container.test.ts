import { describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { decoded, environmentOf, environmentStack, resourcesOf, usersInContainer } from './apps.ts';
import { statementsOf } from './statements.ts';

describe('a database in a container', () => {
  const stack = environmentStack(usersInContainer(), 'prod');
  const printed = synth(usersInContainer()).files.get('prod/database.tf') ?? '';

  test('takes no rights of Aurora, and gives its address by one secret', () => {
    expect(resourcesOf(stack, 'aws_rds_cluster')).toEqual([]);
    const given = environmentOf(stack, 'api');
    expect(Object.keys(given).filter((name) => /^(PG|DATABASE)/.test(name))).toEqual(['DATABASE_URL_SECRET_ARN']);
    expect(given).toEqual(expect.objectContaining({ DATABASE_URL_SECRET_ARN: expect.anything() as unknown }));
    expect(synth(usersInContainer()).files.get('prod/api.tf')).toContain(
      '"${aws_secretsmanager_secret.database_url.arn}:url::"',
    );
  });

  test('has its password in no state: the whole connection string is write-only, made of an ephemeral value', () => {
    const version = resourcesOf(stack, 'aws_secretsmanager_secret_version').find(({ name }) => name === 'database_url');
    expect(Object.keys(version?.args ?? {})).toEqual(['secret_id', 'secret_string_wo', 'secret_string_wo_version']);
    const holders = [...synth(usersInContainer()).files.entries()].filter(
      ([path, text]) => path.startsWith('prod/') && text.includes('random_password.database_url.random_password'),
    );
    expect(holders.map(([path]) => path)).toEqual(['prod/secrets.tf']);
    expect(printed).toContain('valueFrom = "${aws_secretsmanager_secret.database_url.arn}:password::"');
  });

  test('never runs twice on the same files', () => {
    const database = resourcesOf(stack, 'aws_ecs_service').find(({ name }) => name === 'db');
    expect(database?.args).toMatchObject({
      desired_count: 1,
      deployment_minimum_healthy_percent: 0,
      deployment_maximum_percent: 100,
      availability_zone_rebalancing: 'DISABLED',
    });
    expect(resourcesOf(stack, 'aws_appautoscaling_target').map(({ name }) => name)).toEqual(['api']);
  });

  test('is left alone while it makes its files, or reads them after a crash', () => {
    expect(printed).toMatch(/startPeriod = 300$/m);
  });

  test('has files that are encrypted, mounted by its own role alone, and kept', () => {
    expect(printed).toMatch(/transit_encryption = "ENABLED"[^]*iam\s+= "ENABLED"/);
    expect(statementsOf(stack, 'db_task')).toMatchObject([
      { Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'], Condition: expect.anything() },
    ]);
    const [policy] = resourcesOf(stack, 'aws_efs_file_system_policy');
    expect(decoded(policy?.args.policy)).toMatchObject({
      Statement: [
        { Principal: { AWS: { path: 'aws_iam_role.db_task.arn' } }, Condition: expect.anything() as unknown },
      ],
    });
    expect(printed).toContain('prevent_destroy = true');
    expect(printed).toContain('resource "aws_efs_backup_policy" "db"');
    const ephemeral = synth(usersInContainer()).files.get('dev/database.tf') ?? '';
    expect(ephemeral).not.toMatch(/prevent_destroy|aws_efs_backup_policy/);
  });

  test('is reached by its users and the migrations, on its own port', () => {
    const into = resourcesOf(stack, 'aws_vpc_security_group_ingress_rule').filter(
      ({ args }) => (args.security_group_id as { path?: string }).path === 'aws_security_group.db.id',
    );
    expect(into.map(({ name, args }) => [name, args.from_port])).toEqual([
      ['db_api', 5432],
      ['db_db_migrate', 5432],
    ]);
  });

  test('warns whoever applies it', () => {
    const warning = /nobody runs that but you/;
    expect(synth(usersInContainer()).files.get('prod/outputs.tf')).toMatch(warning);
    expect(printed.replaceAll('\n# ', ' ')).toMatch(warning);
  });
});
