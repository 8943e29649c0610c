import type { Stack } from '../../aws/index.ts';
import { call, type Expression, type Reference, text } from '../../hcl/index.ts';
import type { Site, SiteResource, SiteService } from '../../site/site.ts';
import type { Account } from '../account.ts';
import type { Cluster } from './cluster.ts';
import { taskDefinition } from './container.ts';
import type { Database } from '../database/database.ts';
import { decryptSecrets } from '../secrets/encryption.ts';
import { logGroup } from '../logs/logs.ts';
import type { Network } from '../network/network.ts';
import { executionRole, taskRole } from '../access/roles.ts';
import { allowHttpsOut, allowReach, securityGroup } from '../network/security-group.ts';

export interface MigrationArgs {
  readonly resource: SiteResource;
  readonly database: Database;
  /** The service whose image holds the migrations. */
  readonly service: SiteService;
  readonly image: Reference;
  readonly account: Account;
  readonly network: Network;
  readonly cluster: Cluster;
}

/** What the image runs instead of the service. */
const command = ['node', 'migrate.js'];

/**
 * A one-off task in the VPC, of the service's own image, that makes the database user and runs the migrations as the
 * database's master. The service itself never has the master's rights. Gives the command that starts it.
 */
export function migrationTask(stack: Stack, site: Site, args: MigrationArgs): Expression {
  const { resource, database, service, account, network, cluster } = args;
  const id = `${resource.id}_migrate`;
  const name = `${resource.name}-migrate`;
  const role = `${site.prefix}-${name}`;
  const { master } = database;
  const logs = logGroup(stack, site, id, name);
  const execution = executionRole(stack, site, account, `${id}_execution`, {
    name: `${role}-execution`,
    image: service.name,
    logs,
  });
  const task = taskRole(stack, account, `${id}_task`, `${role}-task`, [
    ...master.statements,
    ...decryptSecrets(site, master.statements),
  ]);
  const definition = taskDefinition(stack, site, {
    id,
    family: role,
    container: name,
    image: args.image,
    command,
    environment: { NODE_ENV: 'production', AWS_REGION: site.region, ...master.environment },
    listens: false,
    execution,
    task,
    logs,
    size: { cpu: 256, memory: 512, architecture: service.architecture },
  });
  const group = securityGroup(stack, site, id, network.vpcId, `Migrations of ${resource.name}`);
  allowHttpsOut(stack, id, group);
  allowReach(stack, id, group, master.reach);
  const publicIp = network.tasksArePublic ? 'ENABLED' : 'DISABLED';
  const subnets = call('join', ',', network.taskSubnets);
  const placement = text`awsvpcConfiguration={subnets=[${subnets}],securityGroups=[${group}],assignPublicIp=${publicIp}}`;
  return text`aws ecs run-task --region ${site.region} --cluster ${cluster.ref('name')} --launch-type FARGATE --task-definition ${definition.ref('arn')} --network-configuration "${placement}"`;
}
