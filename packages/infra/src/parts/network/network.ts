import type { Handle, Stack } from '../../aws/index.ts';
import {
  call,
  explained,
  type Expression,
  jsonencode,
  operation,
  ref,
  type Reference,
  type Value,
} from '../../hcl/index.ts';
import { zoneWithoutCompute } from '../../site/compute-zones.ts';
import { zoneWithoutLinks } from '../../site/link-zones.ts';
import { needsDatabase, type Site, servicesBehind } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { logGroup } from '../logs/logs.ts';
import { fromThisAccount, role } from '../access/roles.ts';

export interface Network {
  readonly vpcId: Reference;
  readonly publicSubnets: Reference;
  /** Absent where tasks run in the public subnets. */
  readonly privateSubnets: Reference | undefined;
  /** IPv4 blocks of the public subnets: where load balancers stand. */
  readonly publicBlocks: Reference;
  /** Absent in an app without a database. */
  readonly databaseSubnets: Reference | undefined;
  /** Where tasks run. */
  readonly taskSubnets: Reference;
  /** IPv4 blocks of `taskSubnets`. */
  readonly taskBlocks: Reference;
  readonly tasksArePublic: boolean;
  /** The way out of the public subnets. What has public addresses comes after it and goes before it. */
  readonly publicWayOut: readonly Addressed[];
  /** The way out of the tasks' subnets: without it they cannot fetch their image, and a deployment fails. */
  readonly taskWayOut: readonly Addressed[];
}

interface Addressed {
  readonly address: string;
}

type Vpc = Handle<'id' | 'cidr_block'>;

/** A VPC over several zones: public subnets, private ones if tasks run there, and for databases, if there are any, ones without any way out. */
export function network(stack: Stack, site: Site, account: Account): Network {
  const vpc = stack.resource('aws_vpc', 'main', {
    cidr_block: site.network.cidr,
    enable_dns_support: true,
    enable_dns_hostnames: true,
    tags: { Name: site.prefix },
  });
  const zones = stack.data('aws_availability_zones', 'available', {
    state: 'available',
    exclude_zone_ids: excludedZones(site),
    filter: { name: 'opt-in-status', values: ['opt-in-not-required'] },
  });
  closeDefaultSecurityGroup(stack, vpc);

  const publicSubnets = subnets(stack, site, { vpc, zones, tier: 'public', offset: 0 });
  const gateway = internetGateway(stack, site, vpc);
  const publicRoute = publicRoutes(stack, site, vpc, gateway, publicSubnets);

  const isPrivate = site.network.tasks === 'private';
  const privateSubnets = isPrivate ? subnets(stack, site, { vpc, zones, tier: 'private', offset: 4 }) : undefined;
  const privateRoute = privateSubnets
    ? privateRoutes(stack, site, vpc, gateway, publicSubnets, privateSubnets)
    : undefined;

  const hasDatabase = site.services.some(needsDatabase);
  const databaseSubnets = hasDatabase ? subnets(stack, site, { vpc, zones, tier: 'database', offset: 8 }) : undefined;
  if (databaseSubnets) databaseRoutes(stack, site, vpc, databaseSubnets);

  gatewayEndpoints(stack, site, account, vpc, [...publicRoute.tables, ...(privateRoute?.tables ?? [])]);
  flowLogs(stack, site, account, vpc);
  return {
    vpcId: vpc.ref('id'),
    publicSubnets: publicSubnets.all('id'),
    privateSubnets: privateSubnets?.all('id'),
    publicBlocks: publicSubnets.all('cidr_block'),
    databaseSubnets: databaseSubnets?.all('id'),
    taskSubnets: (privateSubnets ?? publicSubnets).all('id'),
    taskBlocks: (privateSubnets ?? publicSubnets).all('cidr_block'),
    tasksArePublic: !isPrivate,
    publicWayOut: publicRoute.wayOut,
    taskWayOut: (privateRoute ?? publicRoute).wayOut,
  };
}

function excludedZones(site: Site): Expression | undefined {
  const link = servicesBehind(site, 'http-api').length > 0 ? zoneWithoutLinks(site.region) : undefined;
  if (link !== undefined) return explained([link], 'API Gateway has no VPC links there.');
  const zone = zoneWithoutCompute(site);
  return zone && explained([zone.id], zone.reason);
}

function closeDefaultSecurityGroup(stack: Stack, vpc: Vpc): void {
  const comment = 'Without rules: nothing can use the group that AWS gives to what names none.';
  stack.resource('aws_default_security_group', 'default', { vpc_id: vpc.ref('id') }, { comment });
}

interface SubnetArgs {
  readonly vpc: Vpc;
  readonly zones: Handle<'names'>;
  readonly tier: 'public' | 'private' | 'database';
  /** Which sixteenth of the VPC the first zone gets. */
  readonly offset: number;
}

type Subnets = Handle<'id' | 'cidr_block'>;

const publicTasks =
  'Tasks of Express Mode fetch their image from here, which takes a public address, and the service has no setting for one.';

function subnets(stack: Stack, site: Site, { vpc, zones, tier, offset }: SubnetArgs): Subnets {
  const index = ref('count.index');
  const part = offset === 0 ? index : operation(index, '+', offset);
  const isExpress = tier === 'public' && site.services.some(({ compute }) => compute === 'express');
  return stack.resource(
    'aws_subnet',
    tier,
    {
      vpc_id: vpc.ref('id'),
      availability_zone: zones.ref('names[count.index]'),
      cidr_block: call('cidrsubnet', vpc.ref('cidr_block'), 4, part),
      map_public_ip_on_launch: isExpress ? explained(true, publicTasks) : undefined,
      tags: { Name: `${site.prefix}-${tier}` },
    },
    { count: site.network.zones },
  );
}

function internetGateway(stack: Stack, site: Site, vpc: Vpc) {
  return stack.resource('aws_internet_gateway', 'main', { vpc_id: vpc.ref('id'), tags: { Name: site.prefix } });
}

interface Routes {
  readonly tables: readonly Expression[];
  readonly wayOut: readonly Addressed[];
}

function publicRoutes(stack: Stack, site: Site, vpc: Vpc, gateway: Handle<'id'>, publicSubnets: Subnets): Routes {
  const table = stack.resource('aws_route_table', 'public', {
    vpc_id: vpc.ref('id'),
    tags: { Name: `${site.prefix}-public` },
  });
  const route = stack.resource('aws_route', 'public_internet', {
    route_table_id: table.ref('id'),
    destination_cidr_block: '0.0.0.0/0',
    gateway_id: gateway.ref('id'),
  });
  const association = associate(stack, site, 'public', publicSubnets, table.ref('id'));
  return { tables: [table.ref('id')], wayOut: [route, association] };
}

/** A table per NAT gateway, so that a zone keeps its way out when another zone fails. */
function privateRoutes(
  stack: Stack,
  site: Site,
  vpc: Vpc,
  gateway: Handle<'id'>,
  publicSubnets: Subnets,
  privateSubnets: Subnets,
): Routes {
  const isPerZone = site.network.nat === 'per-zone';
  const meta = isPerZone ? { count: site.network.zones } : {};
  const each = isPerZone ? 'count.index' : undefined;
  const nth = <A extends string>(handle: Handle<A>, attribute: A) =>
    isPerZone ? ref(`${handle.address}[${each}].${attribute}`) : ref(`${handle.address}.${attribute}`);

  const address = stack.resource('aws_eip', 'nat', { domain: 'vpc', tags: { Name: `${site.prefix}-nat` } }, meta);
  const nat = stack.resource(
    'aws_nat_gateway',
    'main',
    {
      allocation_id: nth(address, 'id'),
      subnet_id: ref(`${publicSubnets.address}[${each ?? 0}].id`),
      tags: { Name: site.prefix },
    },
    {
      ...meta,
      depends_on: [gateway],
      comment: isPerZone ? undefined : 'One for all zones: cheaper, and a single point of failure.',
    },
  );
  const table = stack.resource(
    'aws_route_table',
    'private',
    { vpc_id: vpc.ref('id'), tags: { Name: `${site.prefix}-private` } },
    meta,
  );
  const route = stack.resource(
    'aws_route',
    'private_internet',
    { route_table_id: nth(table, 'id'), destination_cidr_block: '0.0.0.0/0', nat_gateway_id: nth(nat, 'id') },
    meta,
  );
  const association = associate(
    stack,
    site,
    'private',
    privateSubnets,
    isPerZone ? ref(`${table.address}[count.index].id`) : table.ref('id'),
  );
  const tables = isPerZone
    ? Array.from({ length: site.network.zones }, (_, zone) => table.ref('id', zone))
    : [table.ref('id')];
  return { tables, wayOut: [route, association] };
}

function databaseRoutes(stack: Stack, site: Site, vpc: Vpc, databaseSubnets: Subnets): void {
  const comment = 'Without a route: databases neither reach the internet nor are reached from it.';
  const tags = { Name: `${site.prefix}-database` };
  const table = stack.resource('aws_route_table', 'database', { vpc_id: vpc.ref('id'), tags }, { comment });
  associate(stack, site, 'database', databaseSubnets, table.ref('id'));
}

function associate(stack: Stack, site: Site, tier: string, subnet: Subnets, table: Expression): Addressed {
  return stack.resource(
    'aws_route_table_association',
    tier,
    { subnet_id: ref(`${subnet.address}[count.index].id`), route_table_id: table },
    { count: site.network.zones },
  );
}

/** Free, and the traffic to S3 (image layers) and DynamoDB costs no NAT gateway. */
function gatewayEndpoints(stack: Stack, site: Site, account: Account, vpc: Vpc, tables: readonly Expression[]): void {
  const endpoint = (service: string) => ({
    vpc_id: vpc.ref('id'),
    service_name: `com.amazonaws.${site.region}.${service}`,
    vpc_endpoint_type: 'Gateway',
    route_table_ids: tables,
    tags: { Name: `${site.prefix}-${service}` },
  });
  stack.resource('aws_vpc_endpoint', 's3', endpoint('s3'), {
    comment: 'Without a policy: the layers of images lie in buckets that AWS owns.',
  });
  stack.resource(
    'aws_vpc_endpoint',
    'dynamodb',
    { ...endpoint('dynamodb'), policy: jsonencode({ Version: '2012-10-17', Statement: [ownTables(account)] }) },
    { comment: 'The policy is a limit, no grant: nothing is carried off from here to a table of another account.' },
  );
}

function ownTables(account: Account): Value {
  return {
    Sid: 'OwnTables',
    Effect: 'Allow',
    Principal: '*',
    Action: 'dynamodb:*',
    Resource: account.arn('dynamodb', 'table/*'),
  };
}

function flowLogs(stack: Stack, site: Site, account: Account, vpc: Vpc): void {
  const group = logGroup(stack, site, 'flow_logs', 'flow-logs');
  const writer = role(stack, 'flow_logs', {
    name: `${site.prefix}-flow-logs`,
    principal: 'vpc-flow-logs.amazonaws.com',
    condition: fromThisAccount(account),
    statements: [
      {
        sid: 'WriteFlowLogs',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
        resources: [group.streams],
      },
    ],
  });
  stack.resource('aws_flow_log', 'main', {
    vpc_id: vpc.ref('id'),
    traffic_type: 'ALL',
    log_destination: group.arn,
    iam_role_arn: writer.arn,
    max_aggregation_interval: 600,
    tags: { Name: site.prefix },
  });
}
