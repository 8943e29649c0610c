import type { Handle, Stack } from '../../aws/index.ts';
import { call, type Expression, operation, ref, text } from '../../hcl/index.ts';
import { functionsOf, identifier, type Site, type SiteResource } from '../../site/site.ts';
import type { Account } from '../account.ts';
import type { Database } from './database.ts';
import { encryptionKey } from '../secrets/encryption.ts';
import type { Grant, Reach } from '../access/grant.ts';
import { type LogGroup, namedLogGroup } from '../logs/logs.ts';
import type { Network } from '../network/network.ts';
import { securityGroup } from '../network/security-group.ts';

/** Ready for IAM sign-in; made by the migration task. */
const applicationUser = 'app';
/** AWS picks the minor version: it takes each one away again after a year or so, and then makes no cluster of it. */
const engineVersion = '17';
const port = 5432;

type Cluster = Handle<'id' | 'endpoint' | 'port' | 'database_name' | 'cluster_resource_id' | 'master_user_secret'>;

/** Aurora PostgreSQL Serverless v2 that pauses when unused, with IAM sign-in instead of a password. */
export function aurora(
  stack: Stack,
  site: Site,
  account: Account,
  network: Network,
  { name, id }: SiteResource,
): Database {
  const clusterName = `${site.prefix}-${name}`;
  const group = securityGroup(stack, site, id, network.vpcId, `Database ${name}`);
  const logs = namedLogGroup(stack, site, `${id}_postgresql`, `/aws/rds/cluster/${clusterName}/postgresql`);
  const cluster = makeCluster(stack, site, network, { name, id, clusterName, group, logs });
  makeInstances(stack, site, id, clusterName, cluster);

  const reach: Reach[] = [{ name: id, port, securityGroup: group }];
  const environment = connectionVariables(cluster);
  return {
    grant: { environment, statements: [connectAs(account, site, id, cluster)], reach },
    master: master(cluster, environment, reach),
  };
}

interface ClusterArgs {
  readonly name: string;
  readonly id: string;
  readonly clusterName: string;
  readonly group: Expression;
  readonly logs: LogGroup;
}

function makeCluster(stack: Stack, site: Site, network: Network, args: ClusterArgs): Cluster {
  const { id, clusterName, name } = args;
  if (!network.databaseSubnets) throw new TypeError('the network was made without subnets for databases');
  const subnetGroup = stack.resource('aws_db_subnet_group', id, {
    name: clusterName,
    subnet_ids: network.databaseSubnets,
  });
  const parameters = makeParameters(stack, site, args);
  const { database, ephemeral } = site;
  const canPause = database.minCapacity === 0;
  return stack.resource(
    'aws_rds_cluster',
    id,
    {
      cluster_identifier: clusterName,
      engine: 'aurora-postgresql',
      engine_mode: 'provisioned',
      engine_version: engineVersion,
      database_name: identifier(`${site.app}-${name}`),
      master_username: 'postgres',
      manage_master_user_password: true,
      master_user_secret_kms_key_id: encryptionKey(site),
      iam_database_authentication_enabled: true,
      port,
      db_subnet_group_name: subnetGroup.ref('name'),
      db_cluster_parameter_group_name: parameters.ref('name'),
      vpc_security_group_ids: [args.group],
      storage_encrypted: true,
      kms_key_id: encryptionKey(site),
      copy_tags_to_snapshot: true,
      backup_retention_period: database.backupDays,
      enabled_cloudwatch_logs_exports: ['postgresql'],
      apply_immediately: ephemeral,
      deletion_protection: !ephemeral,
      delete_automated_backups: ephemeral,
      skip_final_snapshot: ephemeral,
      final_snapshot_identifier: ephemeral ? undefined : `${clusterName}-final`,
      serverlessv2_scaling_configuration: {
        min_capacity: database.minCapacity,
        max_capacity: database.maxCapacity,
        seconds_until_auto_pause: canPause ? database.pauseAfter : undefined,
      },
    },
    {
      lifecycle: {
        ignore_changes: ['engine_version'],
        comment: 'AWS installs minor versions by itself, in the maintenance window.',
      },
      depends_on: [args.logs],
    },
  );
}

/** A function is frozen with its connections open, and taken away without closing them; one of them keeps Aurora from pausing. */
function makeParameters(stack: Stack, site: Site, { id, clusterName, name }: ClusterArgs): Handle<'name'> {
  const forceTls = { name: 'rds.force_ssl', value: '1' };
  const endIdle = { name: 'idle_session_timeout', value: '60000' };
  const hasFunctions = functionsOf(site).some(({ uses }) => uses.some((used) => used.name === name));
  return stack.resource(
    'aws_rds_cluster_parameter_group',
    id,
    {
      name: clusterName,
      family: `aurora-postgresql${engineVersion}`,
      parameter: hasFunctions ? [forceTls, endIdle] : forceTls,
    },
    {
      comment: hasFunctions
        ? 'Connections of frozen functions end after a minute (milliseconds): they would keep Aurora from pausing.'
        : undefined,
    },
  );
}

function makeInstances(stack: Stack, site: Site, id: string, clusterName: string, cluster: Cluster): void {
  const { instances } = site.database;
  const index = operation(ref('count.index'), '+', 1);
  stack.resource(
    'aws_rds_cluster_instance',
    id,
    {
      identifier: instances === 1 ? `${clusterName}-1` : text`${clusterName}-${index}`,
      cluster_identifier: cluster.ref('id'),
      instance_class: 'db.serverless',
      engine: 'aurora-postgresql',
      auto_minor_version_upgrade: true,
      publicly_accessible: false,
    },
    { count: instances === 1 ? undefined : instances },
  );
}

function connectionVariables(cluster: Cluster): Record<string, string | Expression> {
  return {
    DATABASE_AUTH: 'iam',
    PGHOST: cluster.ref('endpoint'),
    PGPORT: call('tostring', cluster.ref('port')),
    PGDATABASE: cluster.ref('database_name'),
    PGUSER: applicationUser,
  };
}

function connectAs(account: Account, site: Site, id: string, cluster: Cluster) {
  const user = text`arn:${account.partition}:rds-db:${site.region}:${account.id}:dbuser:${cluster.ref('cluster_resource_id')}/${applicationUser}`;
  return { sid: `Connect${pascal(id)}`, actions: ['rds-db:connect'], resources: [user] };
}

/** RDS keeps the master password in a secret of its own and changes it every 7 days: it is read when it is used. */
function master(cluster: Cluster, environment: Grant['environment'], reach: readonly Reach[]): Grant {
  const secret = cluster.ref('master_user_secret[0].secret_arn');
  return {
    environment: { ...environment, DATABASE_MASTER_SECRET_ARN: secret },
    statements: [{ sid: 'ReadMasterPassword', actions: ['secretsmanager:GetSecretValue'], resources: [secret] }],
    reach,
  };
}

export function pascal(id: string): string {
  return id
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
