import { describe, expect, test } from 'vitest';
import type { ResourceDeclaration, Stack } from '../../src/aws/index.ts';
import {
  bare,
  isExpression,
  isList,
  isValueObject,
  printFile,
  type Value,
  type ValueObject,
} from '../../src/hcl/index.ts';
import { decoded, everyStack, resourcesOf } from './apps.ts';

const stacks = everyStack();

/** Reasons for `*` as a resource: actions that AWS has no resource level for. */
const wildcardReasons: Record<string, string> = {
  'ecr:GetAuthorizationToken': 'The token is for the whole registry; AWS has no resource level here.',
  'ec2:DescribeNetworkInterfaces,ec2:DescribeSubnets':
    'Interfaces and subnets are listed; AWS has no resource level here.',
};

/** Containers that are not ours: user and read-only root by name. */
const exceptions: Record<string, Value[]> = {
  'log-router': ['0', true],
  db: ['999:999', false],
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

  test('the way to DynamoDB leads to tables of this account alone', () => {
    for (const { name, args } of resourcesOf(stack, 'aws_vpc_endpoint')) {
      if (name !== 'dynamodb') continue;
      const { Statement } = decoded(args.policy) as { Statement: { Effect: string; Resource: { parts: unknown[] } }[] };
      expect(Statement.map(({ Effect }) => Effect)).toEqual(['Allow']);
      expect(JSON.stringify(Statement[0]?.Resource.parts)).toContain('data.aws_caller_identity.current.account_id');
    }
  });

  test('no service may scan a table, or do anything with what is not its own', () => {
    const [tables, indexes] = [/^aws_dynamodb_table\.\w+\.arn$/, /^\/index\/[\w.-]+$/];
    const statements = allowStatements(stack).filter(({ Action }) => JSON.stringify(Action).includes('dynamodb:'));
    for (const { Action, Resource } of statements) {
      expect(JSON.stringify(Action)).not.toMatch(/Scan|DeleteTable|UpdateTable|CreateTable|PartiQL/);
      for (const resource of Resource as Value[]) {
        const parts = (isExpression(resource) && resource.kind === 'template' ? resource.parts : [resource]) as Value[];
        const [table, index] = parts
          .map((part) => (isExpression(part) && part.kind === 'reference' ? part.path : part))
          .filter((part) => part !== '');
        expect(table).toMatch(tables);
        if (index !== undefined) expect(index).toMatch(indexes);
      }
    }
  });

  test('a load balancer behind an HTTP API is internal, and only the VPC link connects to it', () => {
    for (const { name, args } of resourcesOf(stack, 'aws_lb')) expect(args.internal).toBe(name === 'internal');
    const into = resourcesOf(stack, 'aws_vpc_security_group_ingress_rule').filter(
      ({ args }) =>
        (args.security_group_id as { path?: string }).path === 'aws_security_group.internal_load_balancer.id',
    );
    for (const { args } of into) {
      expect(args.cidr_ipv4).toBeUndefined();
      expect(args.referenced_security_group_id).toMatchObject({ path: 'aws_security_group.vpc_link.id' });
    }
  });

  test('a route of an HTTP API looks at tokens, or says why it does not', () => {
    for (const { args, meta } of resourcesOf(stack, 'aws_apigatewayv2_route')) {
      if (args.authorization_type === 'JWT') expect(args.authorizer_id).toBeDefined();
      else expect([args.authorization_type, meta.comment]).toEqual(['NONE', expect.stringMatching(/\w{3}/)]);
    }
    for (const { args } of resourcesOf(stack, 'aws_apigatewayv2_authorizer')) {
      expect((args.jwt_configuration as { audience: unknown[] }).audience.length).toBeGreaterThan(0);
    }
  });

  test('clients of Cognito are machines, and their tokens live for an hour', () => {
    for (const { args } of resourcesOf(stack, 'aws_cognito_user_pool_client')) {
      expect(args).toMatchObject({
        generate_secret: true,
        allowed_oauth_flows: ['client_credentials'],
        explicit_auth_flows: [],
        enable_token_revocation: true,
        prevent_user_existence_errors: 'ENABLED',
        access_token_validity: 1,
        token_validity_units: { access_token: 'hours' },
      });
    }
    for (const { args } of resourcesOf(stack, 'aws_cognito_user_pool')) {
      expect(args.admin_create_user_config).toEqual({ allow_admin_create_user_only: true });
    }
  });

  test('an output with a secret is sensitive', () => {
    for (const declaration of stack.declarations) {
      if (declaration.kind !== 'output' || !/secret/.test(declaration.name)) continue;
      expect(declaration.args.sensitive).toBe(true);
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
      expect([args.parameter].flat()).toContainEqual({ name: 'rds.force_ssl', value: '1' });
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
    for (const { args } of resourcesOf(stack, 'aws_efs_file_system')) expect(args.encrypted).toBe(true);
    for (const { args } of resourcesOf(stack, 'aws_opensearch_domain')) {
      expect(args).toMatchObject({
        encrypt_at_rest: { enabled: true },
        node_to_node_encryption: { enabled: true },
        domain_endpoint_options: { enforce_https: true, tls_security_policy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      });
    }
    for (const { args } of resourcesOf(stack, 'aws_kinesis_firehose_delivery_stream')) {
      expect(args.server_side_encryption).toMatchObject({ enabled: true });
    }
    for (const { args } of resourcesOf(stack, 'aws_dynamodb_table')) {
      expect(args.server_side_encryption).toMatchObject({ enabled: true });
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
      for (const container of decoded(args.container_definitions) as ValueObject[]) {
        const { user, readonlyRootFilesystem, linuxParameters } = container;
        expect(linuxParameters).toEqual({ initProcessEnabled: true });
        const stated = [bare(user ?? null), bare(readonlyRootFilesystem ?? null)];
        expect(stated).toEqual(exceptions[String(container.name)] ?? ['1000:1000', true]);
        if (user === '0' || readonlyRootFilesystem === false) throw new Error('an exception without a reason');
      }
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

test('protection of tables, user pools and internal load balancers follows `ephemeral` too', () => {
  const protectionOf = (name: string) => {
    const stack = stacks.find((candidate) => candidate.name === name)?.stack as Stack;
    const table = resourcesOf(stack, 'aws_dynamodb_table')[0]?.args ?? {};
    return [
      table.deletion_protection_enabled,
      table.point_in_time_recovery,
      resourcesOf(stack, 'aws_cognito_user_pool')[0]?.args.deletion_protection,
      resourcesOf(stack, 'aws_lb')[0]?.args.enable_deletion_protection,
    ];
  };
  expect(protectionOf('HTTP API: dev')).toEqual([false, { enabled: false }, 'INACTIVE', false]);
  expect(protectionOf('HTTP API: prod')).toEqual([true, { enabled: true }, 'ACTIVE', true]);
});

function allowStatements(stack: Stack): ValueObject[] {
  // The policy of an endpoint grants nothing: it limits what policies grant.
  // That of a key is looked at by a test of its own.
  const granting = resourcesOf(stack).filter(({ type }) => type !== 'aws_vpc_endpoint' && type !== 'aws_kms_key');
  const policies = granting.flatMap(({ args }) =>
    [args.policy, args.assume_role_policy, args.access_policies].filter(isExpression),
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
