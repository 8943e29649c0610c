import { describe, expect, test } from 'vitest';
import type { ResourceDeclaration, Stack } from '../../src/aws/index.ts';
import { isExpression, isList, isValueObject, printFile, type Value, type ValueObject } from '../../src/hcl/index.ts';
import { decoded, everyStack, resourcesOf } from './apps.ts';

const stacks = everyStack();

/** Reasons for `*` as a resource: actions that AWS has no resource level for. */
const wildcardReasons: Record<string, string> = {
  'ecr:GetAuthorizationToken': 'The token is for the whole registry; AWS has no resource level here.',
};

describe.each(stacks)('$name', ({ stack }) => {
  test('every resource agrees with the provider', () => {
    expect(stack.problems()).toEqual([]);
  });

  test('no action is `*`, and a resource is `*` only for a listed reason', () => {
    for (const statement of allowStatements(stack)) {
      const actions = isList(statement.Action ?? null) ? (statement.Action as string[]) : [statement.Action as string];
      expect(actions.filter((action) => action.includes('*'))).toEqual([]);
      const resource = statement.Resource;
      if (resource === undefined || !isWildcard(resource)) continue;
      expect(reasonOf(resource)).toBe(wildcardReasons[actions.join()]);
    }
  });

  test('only the load balancer is open to everyone, on 80 and 443', () => {
    const open = resourcesOf(stack, 'aws_vpc_security_group_ingress_rule').filter(
      ({ args }) => args.cidr_ipv4 === '0.0.0.0/0',
    );
    expect(open.filter(({ name }) => !/^load_balancer_(80|443)$/.test(name))).toEqual([]);
    for (const { args } of resourcesOf(stack, 'aws_security_group')) expect(Object.keys(args)).not.toContain('ingress');
  });

  test('every rule says what it is for', () => {
    const rules = resourcesOf(stack).filter(({ type }) => type.startsWith('aws_vpc_security_group_'));
    expect(rules.filter(({ args }) => typeof args.description !== 'string' || args.description === '')).toEqual([]);
  });

  test('a database is reached from its users and the migrations only, from no address', () => {
    const into = resourcesOf(stack, 'aws_vpc_security_group_ingress_rule').filter(({ name }) => name.startsWith('db_'));
    for (const { args } of into) {
      expect(args.cidr_ipv4).toBeUndefined();
      expect(args.referenced_security_group_id).toBeDefined();
    }
    expect(
      resourcesOf(stack, 'aws_rds_cluster_instance').filter(({ args }) => args.publicly_accessible !== false),
    ).toEqual([]);
  });

  test('every log group is owned and forgets', () => {
    const groups = resourcesOf(stack, 'aws_cloudwatch_log_group');
    expect(groups.filter(({ args }) => typeof args.retention_in_days !== 'number')).toEqual([]);
    // These make one by themselves when there is none, and it outlives them.
    const names = groups.map(({ args }) => args.name);
    for (const { args } of resourcesOf(stack, 'aws_ecs_cluster')) {
      const watched = (args.setting as ValueObject).value === 'enabled';
      const name = `/aws/ecs/containerinsights/${String(args.name)}/performance`;
      expect(names.includes(name)).toBe(watched);
    }
    for (const { args } of resourcesOf(stack, 'aws_rds_cluster')) {
      expect(names).toContain(`/aws/rds/cluster/${String(args.cluster_identifier)}/postgresql`);
    }
  });

  test('storage is encrypted, public access blocked, TLS at least 1.2', () => {
    for (const { args } of resourcesOf(stack, 'aws_rds_cluster')) expect(args.storage_encrypted).toBe(true);
    for (const { args } of resourcesOf(stack, 'aws_rds_cluster_parameter_group')) {
      expect(args.parameter).toEqual({ name: 'rds.force_ssl', value: '1' });
    }
    for (const { name } of resourcesOf(stack, 'aws_s3_bucket')) {
      const blocked = find(stack, 'aws_s3_bucket_public_access_block', name)?.args ?? {};
      expect(Object.values(blocked).filter((value) => value === true)).toHaveLength(4);
      expect(find(stack, 'aws_s3_bucket_server_side_encryption_configuration', name)).toBeDefined();
      expect(JSON.stringify(decoded(find(stack, 'aws_s3_bucket_policy', name)?.args.policy))).toContain(
        'aws:SecureTransport',
      );
    }
    for (const { args } of resourcesOf(stack, 'aws_lb_listener').filter((listener) => listener.args.port === 443)) {
      expect(args.ssl_policy).toBe('ELBSecurityPolicy-TLS13-1-2-2021-06');
    }
    for (const { args } of resourcesOf(stack, 'aws_dynamodb_table')) {
      expect(args.server_side_encryption).toEqual({ enabled: true });
    }
  });

  test('plain http is served only where there is no domain, else redirected', () => {
    const listeners = resourcesOf(stack, 'aws_lb_listener');
    const hasHttps = listeners.some(({ args }) => args.port === 443);
    const http = listeners.find(({ args }) => args.port === 80);
    if (hasHttps) expect(http?.args.default_action).toMatchObject({ type: 'redirect' });
  });

  test('tasks are not root, cannot write outside /tmp, and are watched by a circuit breaker', () => {
    for (const { args } of resourcesOf(stack, 'aws_ecs_task_definition')) {
      const [container] = decoded(args.container_definitions) as ValueObject[];
      expect(container).toMatchObject({
        user: '1000:1000',
        readonlyRootFilesystem: true,
        linuxParameters: { initProcessEnabled: true },
      });
    }
    for (const { args } of resourcesOf(stack, 'aws_ecs_service')) {
      expect(args.deployment_circuit_breaker).toEqual({ enable: true, rollback: true });
    }
  });

  test('no secret value is in a file or in the state', () => {
    const versions = resourcesOf(stack, 'aws_secretsmanager_secret_version');
    for (const { args } of versions) {
      expect(args.secret_string).toBeUndefined();
      expect(args.secret_string_wo === 'UNSET' || isExpression(args.secret_string_wo)).toBe(true);
    }
    const secrets = resourcesOf(stack, 'aws_secretsmanager_secret');
    expect(secrets.filter(({ name }) => !versions.some((version) => version.name === name))).toEqual([]);
    const printed = [...stack.files().values()].map(({ body }) => printFile(body)).join('');
    expect(printed).not.toMatch(/(?<!manage_master_user_)password\s*= "|AKIA|PRIVATE KEY/);
  });

  test('the default security group is closed, and traffic is logged', () => {
    if (resourcesOf(stack, 'aws_vpc').length === 0) return;
    expect(Object.keys(resourcesOf(stack, 'aws_default_security_group')[0]?.args ?? {})).toEqual(['vpc_id']);
    expect(resourcesOf(stack, 'aws_flow_log')).toHaveLength(1);
  });

  test('everything taggable gets Project, Environment and ManagedBy', () => {
    const provider = stack.declarations.find(
      (declaration) => declaration.kind === 'block' && declaration.type === 'provider',
    );
    const printed = printFile(provider?.kind === 'block' ? provider.body : []);
    for (const tag of ['Project', 'Environment', 'ManagedBy']) expect(printed).toContain(tag);
    for (const { args } of resourcesOf(stack)) {
      // Own tags add to the default ones; only a key of the same name would replace one.
      expect(Object.keys((args.tags as ValueObject | undefined) ?? {}).filter((tag) => tag !== 'Name')).toEqual([]);
    }
    for (const { args } of resourcesOf(stack, 'aws_ecs_service')) expect(args.propagate_tags).toBe('SERVICE');
  });
});

test('protection follows `ephemeral`', () => {
  const protectionOf = (name: string) => {
    const stack = stacks.find((candidate) => candidate.name === name)?.stack as Stack;
    const cluster = resourcesOf(stack, 'aws_rds_cluster')[0]?.args ?? {};
    const secret = resourcesOf(stack, 'aws_secretsmanager_secret')[0]?.args ?? {};
    return [
      cluster.deletion_protection,
      cluster.skip_final_snapshot,
      secret.recovery_window_in_days,
      resourcesOf(stack, 'aws_lb')[0]?.args.enable_deletion_protection,
      resourcesOf(stack, 'aws_s3_bucket')[0]?.args.force_destroy,
    ];
  };
  expect(protectionOf('fargate: dev')).toEqual([false, true, 0, false, true]);
  expect(protectionOf('fargate: prod')).toEqual([true, false, 30, true, false]);
});

function allowStatements(stack: Stack): ValueObject[] {
  const policies = resourcesOf(stack).flatMap(({ args }) =>
    [args.policy, args.assume_role_policy].filter(isExpression),
  );
  const statements = policies.flatMap((policy) => {
    const { Statement } = decoded(policy) as ValueObject;
    return isList(Statement ?? null) ? (Statement as ValueObject[]) : [];
  });
  return statements.filter((statement) => isValueObject(statement) && statement.Effect === 'Allow');
}

function isWildcard(value: Value): boolean {
  if (isList(value)) return value.some(isWildcard);
  if (isExpression(value)) return value.kind === 'explained' && isWildcard(value.value);
  return value === '*';
}

function reasonOf(value: Value): string | undefined {
  return isExpression(value) && value.kind === 'explained' ? value.reason : undefined;
}

function find(stack: Stack, type: string, name: string): ResourceDeclaration | undefined {
  return resourcesOf(stack, type).find((declaration) => declaration.name === name);
}
