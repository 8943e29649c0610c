import type { Handle, Stack } from '../../aws/index.ts';
import { explained, type Expression, jsonencode, text, type Value } from '../../hcl/index.ts';
import { identifier, type Site, type SiteResource } from '../../site/site.ts';
import { pascal } from './aurora.ts';
import { type Volume, volume } from './container-volume.ts';
import { toCloudWatch } from '../compute/container.ts';
import type { Database, DatabaseArgs } from './database.ts';
import { type DatabaseUrl, databaseUrl } from './database-url.ts';
import { decryptSecrets } from '../secrets/encryption.ts';
import type { Grant, Reach } from '../access/grant.ts';
import { type LogGroup, logGroup } from '../logs/logs.ts';
import type { Note } from '../note.ts';
import { fromThisAccount, type Role, role, taskRole } from '../access/roles.ts';
import { readSecrets } from '../secrets/secrets.ts';
import { allowHttpsOut, securityGroup } from '../network/security-group.ts';

const image = 'public.ecr.aws/docker/library/postgres:17.5';
/**
 * Seconds, the most that ECS takes. The first start makes a thousand files and more over the network, and a start after a
 * crash reads back what was written last; files of which only half were made never start again.
 */
const startPeriod = 300;
/** The user `postgres` of the image. */
const user = '999:999';
const port = 5432;
const dataFolder = '/var/lib/postgresql/data';

const warning =
  "One PostgreSQL in one container: there is no second one that takes over, and every change of it, and every failure of the machine under it, stops it for minutes. Copies of the files of a running database are no backup: what pg_dump writes is, and nobody runs that but you. For data that you would miss, write database: { engine: 'aurora' }.";

/** PostgreSQL as a container on Fargate with a volume of its own, found by a name that only this network knows. */
export function databaseContainer(
  all: Stack,
  stack: Stack,
  site: Site,
  resource: SiteResource,
  args: DatabaseArgs,
): Database {
  const { id, name } = resource;
  const { network } = args;
  const group = securityGroup(stack, site, id, network.vpcId, `Database ${name}`);
  const files = volume(stack, site, id, network, group);
  const found = discovery(stack, site, id, name, args);
  const url = databaseUrl(all.file('secrets.tf'), site, {
    ...resource,
    host: found.host,
    database: identifier(`${site.app}-${name}`),
    port,
    isOnly: args.isOnly,
  });
  const logs = logGroup(stack, site, id, name);
  const roles = databaseRoles(stack, site, args, { id, name, logs, files, url });
  const admission = files.admit(roles.task);
  const definition = taskDefinition(stack, site, { id, name, logs, files, url, roles });
  allowHttpsOut(stack, id, group);
  stack.resource(
    'aws_ecs_service',
    id,
    {
      name,
      cluster: args.cluster.ref('id'),
      task_definition: definition.ref('arn'),
      desired_count: 1,
      launch_type: 'FARGATE',
      propagate_tags: 'SERVICE',
      enable_ecs_managed_tags: true,
      availability_zone_rebalancing: 'DISABLED',
      deployment_minimum_healthy_percent: 0,
      deployment_maximum_percent: 100,
      wait_for_steady_state: true,
      network_configuration: {
        subnets: network.taskSubnets,
        security_groups: [group],
        assign_public_ip: network.tasksArePublic,
      },
      service_registries: { registry_arn: found.arn },
      deployment_circuit_breaker: { enable: true, rollback: true },
    },
    {
      comment: `${warning}\nTwo servers on the same files would destroy them: the old one stops before the new one starts.`,
      depends_on: [
        ...files.ready,
        admission,
        url.version,
        ...network.taskWayOut,
        ...roles.execution.permissions,
        ...roles.task.permissions,
      ],
    },
  );
  const reach: Reach[] = [{ name: id, port, securityGroup: group }];
  const grant: Grant = {
    environment: { [`DATABASE_URL_SECRET_ARN`]: url.reference },
    statements: [readSecrets(`ReadAddressOf${pascal(id)}`, [url.secret])],
    reach,
  };
  return { grant, master: grant, notes: [note(name, id, args.isOnly)] };
}

interface Parts {
  readonly id: string;
  readonly name: string;
  readonly logs: LogGroup;
  readonly files: Volume;
  readonly url: DatabaseUrl;
}

interface Roles {
  readonly execution: Role;
  readonly task: Role;
}

/** ECS itself gives the container its password, because PostgreSQL cannot fetch it. */
function databaseRoles(stack: Stack, site: Site, { account }: DatabaseArgs, parts: Parts): Roles {
  const { id, name, logs, files, url } = parts;
  const password = [readSecrets('ReadPassword', [url.secret])];
  const execution = role(stack, `${id}_execution`, {
    name: `${site.prefix}-${name}-execution`,
    principal: 'ecs-tasks.amazonaws.com',
    condition: fromThisAccount(account),
    statements: [
      { sid: 'WriteLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logs.streams] },
      ...password,
      ...decryptSecrets(site, password),
    ],
  });
  const task = taskRole(stack, account, `${id}_task`, `${site.prefix}-${name}-task`, [files.statement]);
  return { execution, task };
}

function taskDefinition(stack: Stack, site: Site, parts: Parts & { readonly roles: Roles }): Handle<'arn'> {
  const { id, name, files, roles } = parts;
  return stack.resource('aws_ecs_task_definition', id, {
    family: `${site.prefix}-${name}`,
    requires_compatibilities: ['FARGATE'],
    network_mode: 'awsvpc',
    cpu: '512',
    memory: '1024',
    execution_role_arn: roles.execution.arn,
    task_role_arn: roles.task.arn,
    container_definitions: jsonencode([container(site, parts)]),
    runtime_platform: { operating_system_family: 'LINUX', cpu_architecture: 'X86_64' },
    volume: {
      name: 'data',
      efs_volume_configuration: {
        file_system_id: files.fileSystem,
        transit_encryption: 'ENABLED',
        authorization_config: { access_point_id: files.accessPoint, iam: 'ENABLED' },
      },
    },
  });
}

function container(site: Site, { name, logs, url }: Parts): Value {
  const health = text`pg_isready --quiet --username=${url.user} --dbname=${url.database}`;
  return {
    name,
    image,
    essential: true,
    user,
    readonlyRootFilesystem: explained(false, 'PostgreSQL writes its socket and its lock beside its program.'),
    stopTimeout: 120,
    linuxParameters: { initProcessEnabled: true },
    mountPoints: [{ sourceVolume: 'data', containerPath: dataFolder, readOnly: false }],
    portMappings: [{ containerPort: port, protocol: 'tcp' }],
    environment: [
      { name: 'PGDATA', value: `${dataFolder}/pgdata` },
      { name: 'POSTGRES_DB', value: url.database },
      { name: 'POSTGRES_USER', value: explained(url.user, 'The image makes it a superuser of this server.') },
    ],
    secrets: [{ name: 'POSTGRES_PASSWORD', valueFrom: url.password }],
    healthCheck: { command: ['CMD-SHELL', health], interval: 10, timeout: 5, retries: 5, startPeriod },
    logConfiguration: toCloudWatch(site, logs, name),
  };
}

interface Found {
  readonly host: Expression;
  readonly arn: Expression;
}

/** A name in the network that follows the running task. */
function discovery(stack: Stack, site: Site, id: string, name: string, { network, isOnly }: DatabaseArgs): Found {
  const namespace = stack.resource('aws_service_discovery_private_dns_namespace', id, {
    name: isOnly ? `${site.prefix}.internal` : `${name}.${site.prefix}.internal`,
    description: `Names inside the network of ${site.prefix}`,
    vpc: network.vpcId,
  });
  const service = stack.resource('aws_service_discovery_service', id, {
    name,
    // Seconds; a new task has a new address.
    dns_config: {
      namespace_id: namespace.ref('id'),
      routing_policy: 'MULTIVALUE',
      dns_records: { type: 'A', ttl: 5 },
    },
    health_check_custom_config: { failure_threshold: 1 },
    force_destroy: true,
  });
  return { host: text`${service.ref('name')}.${namespace.ref('name')}`, arn: service.ref('arn') };
}

function note(name: string, id: string, isOnly: boolean): Note {
  return {
    name: isOnly ? 'database_warning' : `${id}_database_warning`,
    description: `What you took on with the container of the database ${name}`,
    value: warning,
  };
}
