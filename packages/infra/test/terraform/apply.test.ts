import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { synth } from '../../src/index.ts';
import { imageParameter } from '../../src/parts/image.ts';
import { appWith } from '../synth/apps.ts';
import { hasTerraform } from '../tools.ts';
import { type Emulator, hasEmulator, startEmulator } from './emulator.ts';
import { mirror, type Workspace, workspace } from './offline.ts';

const run = promisify(execFile);

/** Minutes of work, so asked for: `KEELSON_TEST_APPLY=dev,prod`. */
const asked = (process.env['KEELSON_TEST_APPLY'] ?? '').split(',').filter(Boolean);
const canRun = asked.length > 0 && hasTerraform() && mirror !== undefined && hasEmulator();

interface Defect {
  readonly type: string;
  readonly attributes: readonly string[];
  readonly reason: string;
}

/** What the emulator reports differently from what it was given; anything else that differs fails. */
const emulatorDefects: readonly Defect[] = [
  {
    type: 'aws_ecs_service',
    attributes: ['availability_zone_rebalancing', 'enable_ecs_managed_tags', 'health_check_grace_period_seconds'],
    reason: 'moto 5.2 does not keep them',
  },
  { type: 'aws_rds_cluster', attributes: ['scaling_configuration'], reason: 'moto 5.2 reports one that was never set' },
  {
    type: 'aws_vpc_security_group_ingress_rule',
    attributes: ['description'],
    reason: 'moto 5.2 forgets it where the source is a group',
  },
  {
    type: 'aws_vpc_security_group_egress_rule',
    attributes: ['description'],
    reason: 'moto 5.2 forgets it where the destination is a group',
  },
  {
    type: 'aws_appautoscaling_target',
    attributes: ['tags_all'],
    reason: 'moto 5.2 cannot list them; the proxy in front of it answers that there are none',
  },
];

describe.skipIf(!canRun).each(asked)('%s on Fargate, in an emulated account', (environment) => {
  const app = appWith('fargate');
  const { files } = synth(app);
  let emulator: Emulator;
  let shared: Workspace;
  let made: Workspace;

  beforeAll(async () => {
    emulator = await startEmulator(app.environments?.[environment]?.tasks ?? 1);
    shared = workspace(files, 'shared', { ...emulator.env, AWS_REGION: app.region });
    made = workspace(files, environment, { ...emulator.env, AWS_REGION: app.region });
    for (const each of [shared, made]) await each.terraform('init', '-input=false', '-no-color');
  });
  afterAll(async () => {
    shared.remove();
    made.remove();
    await emulator.stop();
  });

  test('applies in order, without a target', async () => {
    await shared.terraform('apply', '-auto-approve', '-input=false', '-no-color');
    await putImage(emulator, imageParameter(app.name, environment, 'api'), app.region);
    made.add(`${environment}/terraform.tfvars`, 'auth0_domain = "tenant.eu.auth0.com"\nauth0_client_id = "client"\n');
    await made.terraform('apply', '-auto-approve', '-input=false', '-no-color');
  }, 600_000);

  test('has nothing to change afterwards, but for the emulator’s defects', async () => {
    await made.terraform('plan', '-input=false', '-no-color', '-out=again.tfplan');
    expect(unexplainedChanges(await made.terraform('show', '-json', 'again.tfplan'))).toEqual([]);
    const drift = await shared.terraform('plan', '-input=false', '-no-color');
    expect(drift).toContain('No changes.');
  }, 300_000);

  test('keeps no secret in the state, though each has a version', async () => {
    const state = readFileSync(join(made.folder, 'terraform.tfstate'), 'utf8');
    for (const variable of ['OIDC_CLIENT_SECRET', 'SESSION_KEYS', 'PARTNER_TOKEN']) {
      const id = `${app.name}/${environment}/${variable}`;
      const value = await aws(
        emulator,
        app.region,
        'secretsmanager',
        'get-secret-value',
        '--secret-id',
        id,
        '--query',
        'SecretString',
      );
      const secret = JSON.parse(value) as string;
      expect(secret.length).toBeGreaterThanOrEqual(5);
      expect(state).not.toContain(secret);
    }
  });

  test('destroys without leaving anything, where it is ephemeral', async () => {
    if (!app.environments?.[environment]?.ephemeral) return;
    await made.terraform('destroy', '-auto-approve', '-input=false', '-no-color');
    expect(await leftIn(emulator, app.region, `${app.name}-${environment}`)).toEqual([]);
  }, 600_000);
});

interface Plan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[]; readonly before: object; readonly after: object };
  }[];
}

function unexplainedChanges(json: string): string[] {
  const { resource_changes: changes } = JSON.parse(json) as Plan;
  return changes.flatMap(({ address, change }) => {
    if (change.actions.every((action) => action === 'no-op' || action === 'read')) return [];
    const [before, after] = [new Map(Object.entries(change.before ?? {})), new Map(Object.entries(change.after ?? {}))];
    const differing = [...after.keys()].filter(
      (name) => JSON.stringify(before.get(name)) !== JSON.stringify(after.get(name)),
    );
    const known = emulatorDefects
      .filter(({ type }) => type === address.split('.')[0])
      .flatMap(({ attributes }) => attributes);
    return differing
      .filter((name) => !known.includes(name))
      .map((name) => `${change.actions.join()} ${address}.${name}`);
  });
}

/** Asked of the emulator itself, not of Terraform's state. */
async function leftIn(emulator: Emulator, region: string, cluster: string): Promise<string[]> {
  const questions: [service: string, operation: string, query: string][] = [
    ['ec2', 'describe-vpcs', 'Vpcs[?!IsDefault].VpcId'],
    ['ec2', 'describe-nat-gateways', "NatGateways[?State!='deleted'].NatGatewayId"],
    ['ec2', 'describe-addresses', 'Addresses[].AllocationId'],
    ['elbv2', 'describe-load-balancers', 'LoadBalancers[].LoadBalancerName'],
    ['elbv2', 'describe-target-groups', 'TargetGroups[].TargetGroupName'],
    // A deleted cluster goes on being listed, as inactive.
    ['ecs', 'describe-clusters', "clusters[?status=='ACTIVE'].clusterName"],
    ['rds', 'describe-db-clusters', 'DBClusters[].DBClusterIdentifier'],
    ['rds', 'describe-db-instances', 'DBInstances[].DBInstanceIdentifier'],
    ['secretsmanager', 'list-secrets', 'SecretList[].Name'],
    ['logs', 'describe-log-groups', 'logGroups[].logGroupName'],
    ['s3api', 'list-buckets', 'Buckets[].Name'],
    ['iam', 'list-roles', 'Roles[].RoleName'],
  ];
  const answers = questions.map(async ([service, operation, query]) => {
    const names = JSON.parse(
      await aws(
        emulator,
        region,
        service,
        operation,
        ...(service === 'ecs' ? ['--clusters', cluster] : []),
        '--query',
        query,
      ),
    ) as string[];
    return names.map((name) => `${service} ${name}`);
  });
  return (await Promise.all(answers)).flat();
}

async function putImage(emulator: Emulator, name: string, region: string): Promise<void> {
  const image = `123456789012.dkr.ecr.${region}.amazonaws.com/sso/api:1`;
  await aws(
    emulator,
    region,
    'ssm',
    'put-parameter',
    '--name',
    name,
    '--value',
    image,
    '--overwrite',
    '--type',
    'String',
  );
}

/** Never synchronously: the proxy in front of the emulator runs in this process. */
async function aws(emulator: Emulator, region: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, ...emulator.env, AWS_DEFAULT_REGION: region, AWS_PAGER: '' };
  const { stdout } = await run('aws', [...args, '--output', 'json'], { env, encoding: 'utf8' });
  return stdout;
}
