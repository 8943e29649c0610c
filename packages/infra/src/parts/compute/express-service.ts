import type { Handle, Stack } from '../../aws/index.ts';
import { blockForEach, call, type Expression, ref, type Reference, text } from '../../hcl/index.ts';
import { containerPort, type Site, type SiteService } from '../../site/site.ts';
import type { Account } from '../account.ts';
import type { Cluster } from './cluster.ts';
import { environmentLocal } from './container.ts';
import type { Grant } from '../access/grant.ts';
import { image } from './image.ts';
import { namedLogGroup } from '../logs/logs.ts';
import type { MadeService } from './made-service.ts';
import type { Network } from '../network/network.ts';
import type { Statement } from '../access/policy.ts';
import { executionRole, role, taskRole } from '../access/roles.ts';
import { allowHttpsOut, allowReach, securityGroup } from '../network/security-group.ts';
import { serviceEnvironment } from './service-environment.ts';

export interface ExpressArgs {
  readonly service: SiteService;
  readonly account: Account;
  readonly network: Network;
  readonly cluster: Cluster;
  readonly grant: Grant;
}

/**
 * A service of ECS Express Mode: AWS makes its load balancer, certificate and scaling. Its address is known only when it
 * is there, so Terraform writes it to a parameter afterwards and the service reads it at run time.
 */
export function expressService(stack: Stack, site: Site, args: ExpressArgs): MadeService {
  const { service, account, network, cluster, grant } = args;
  const { id, name } = service;
  const roleName = `${site.prefix}-${name}`;
  const parameter = `/${site.app}/${site.environment}/${name}/public-url`;
  const running = image(stack, site, service);
  const logs = namedLogGroup(stack, site, id, service.names.logGroup);
  const execution = executionRole(stack, site, account, `${id}_execution`, {
    name: `${roleName}-execution`,
    image: name,
    logs,
  });
  const task = taskRole(stack, account, `${id}_task`, `${roleName}-task`, [
    readAddress(account, parameter),
    ...grant.statements,
  ]);
  const infrastructure = infrastructureRole(stack, account, id, `${roleName}-infrastructure`);
  const group = serviceSecurityGroup(stack, site, args);
  const environment = environmentLocal(stack, id, {
    ...serviceEnvironment(site, service),
    // The load balancer that AWS makes stands in the public subnets; what others say of the caller is not believed.
    TRUSTED_PROXIES: call('join', ',', network.publicBlocks),
    PUBLIC_URL_PARAMETER: parameter,
    ...grant.environment,
  });
  const made = stack.resource(
    'aws_ecs_express_gateway_service',
    id,
    {
      service_name: uniqueName(stack, site, service, cluster, infrastructure.arn),
      cluster: cluster.ref('name'),
      cpu: String(service.cpu),
      memory: String(service.memory),
      health_check_path: service.health,
      execution_role_arn: execution.arn,
      infrastructure_role_arn: infrastructure.arn,
      task_role_arn: task.arn,
      network_configuration: { subnets: network.publicSubnets, security_groups: [group] },
      primary_container: {
        image: running,
        container_port: containerPort,
        aws_logs_configuration: { log_group: logs.name, log_stream_prefix: name },
        environment: blockForEach(environment, { name: ref('environment.key'), value: ref('environment.value') }),
      },
      scaling_target: {
        min_task_count: service.tasks,
        max_task_count: service.maxTasks,
        auto_scaling_metric: 'AVERAGE_CPU',
        auto_scaling_target_value: 60,
      },
    },
    {
      comment:
        'All four fields of scaling_target are set: the provider sees changes otherwise. The service comes after the way out and the rights of its roles, and goes before them: otherwise it drains for hours.',
      depends_on: [infrastructure.attachment, ...network.publicWayOut, ...execution.permissions, ...task.permissions],
    },
  );
  const url = publicAddress(stack, id, made);
  stack.resource(
    'aws_ssm_parameter',
    `${id}_public_url`,
    { name: parameter, description: `Address of ${name}`, type: 'String', value: url },
    {
      comment:
        'Written after the service, read by it: the way out of needing the address before it exists. The service and its role know it by name, because a reference would be a circle.',
    },
  );
  return { name, id, url, arn: made.ref('service_arn'), image: running, ingressPaths: made.ref('ingress_paths') };
}

/** By name, not by reference: the parameter is made after the service. */
function readAddress(account: Account, parameter: string): Statement {
  return {
    sid: 'ReadOwnAddress',
    actions: ['ssm:GetParameter'],
    resources: [account.arn('ssm', `parameter${parameter}`)],
  };
}

function infrastructureRole(stack: Stack, account: Account, id: string, name: string) {
  const made = role(stack, `${id}_infrastructure`, { name, principal: 'ecs.amazonaws.com', statements: [] });
  const managed = 'iam::aws:policy/service-role/AmazonECSInfrastructureRoleforExpressGatewayServices';
  const attachment = stack.resource(
    'aws_iam_role_policy_attachment',
    `${id}_infrastructure`,
    { role: made.name, policy_arn: text`arn:${account.partition}:${managed}` },
    {
      comment:
        'The service depends on this: without it AWS cannot take the load balancer away, and a destroy hangs for hours.',
    },
  );
  return { arn: made.arn, attachment };
}

/** A service that is made again under its old name can be refused ("Already Exists"). */
function uniqueName(
  stack: Stack,
  site: Site,
  service: SiteService,
  cluster: Cluster,
  infrastructure: Reference,
): Expression {
  const suffix = stack.resource(
    'terraform_data',
    `${service.id}_suffix`,
    { triggers_replace: [cluster.ref('arn'), infrastructure] },
    { comment: 'A new suffix whenever the service has to be made again, for AWS keeps old names for a while.' },
  );
  return text`${site.prefix}-${service.name}-${call('substr', suffix.ref('id'), 0, 6)}`;
}

/** The endpoint comes with or without `https://`. */
function publicAddress(stack: Stack, id: string, made: Handle<'ingress_paths'>): Expression {
  const endpoint = call('trimprefix', made.ref('ingress_paths[0].endpoint'), 'https://');
  return stack.local(`${id}_url`, text`https://${call('trimsuffix', endpoint, '/')}`);
}

/** The load balancer that AWS makes stands in the public subnets; its own group is not known here. */
function serviceSecurityGroup(stack: Stack, site: Site, { service, network, grant }: ExpressArgs): Reference {
  const group = securityGroup(stack, site, service.id, network.vpcId, `Tasks of ${service.name}`);
  allowHttpsOut(stack, service.id, group);
  stack.resource(
    'aws_vpc_security_group_ingress_rule',
    `${service.id}_load_balancer`,
    {
      security_group_id: group,
      description: 'Requests from the load balancer in the public subnets',
      cidr_ipv4: ref(`${network.publicBlocks.path.replace('[*]', '[count.index]')}`),
      ip_protocol: 'tcp',
      from_port: containerPort,
      to_port: containerPort,
    },
    { count: site.network.zones },
  );
  allowReach(stack, service.id, group, grant.reach);
  return group;
}
