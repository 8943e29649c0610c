import type { Handle, Stack } from '../../aws/index.ts';
import { operation, ref, type Reference, text } from '../../hcl/index.ts';
import { containerPort, type Site, type SiteService } from '../../site/site.ts';
import type { Account } from '../account.ts';
import type { Cluster } from './cluster.ts';
import { type TaskArgs, taskDefinition } from './container.ts';
import type { Grant } from '../access/grant.ts';
import { image } from './image.ts';
import type { ServiceIngress } from '../ingress/service-ingress.ts';
import { logRouter } from '../logs/log-router.ts';
import { namedLogGroup } from '../logs/logs.ts';
import type { MadeService } from './made-service.ts';
import type { Network } from '../network/network.ts';
import { executionRole, taskRole } from '../access/roles.ts';
import { allowHttpsOut, allowReach, securityGroup } from '../network/security-group.ts';
import { serviceEnvironment } from './service-environment.ts';

export interface FargateArgs {
  readonly service: SiteService;
  readonly account: Account;
  readonly network: Network;
  readonly cluster: Cluster;
  readonly ingress: ServiceIngress;
  readonly grant: Grant;
}

/** A service on Fargate behind a load balancer. */
export function fargateService(stack: Stack, site: Site, args: FargateArgs): MadeService {
  const { service, account, network, cluster, ingress, grant } = args;
  const { id, name } = service;
  const role = `${site.prefix}-${name}`;
  const running = image(stack, site, service);
  const logs = namedLogGroup(stack, site, id, service.names.logGroup);
  const router = grant.logStream && logRouter(stack, site, { service, logs, stream: grant.logStream });
  const execution = executionRole(stack, site, account, `${id}_execution`, {
    name: `${role}-execution`,
    image: name,
    logs: router?.logs ?? logs,
  });
  const task = taskRole(stack, account, `${id}_task`, `${role}-task`, [
    ...grant.statements,
    ...(router?.statements ?? []),
  ]);
  const definition = taskDefinition(stack, site, {
    id,
    family: `${site.prefix}-${name}`,
    container: name,
    image: running,
    environment: environmentOf(site, args),
    listens: true,
    execution,
    task,
    logs,
    router,
    size: service,
  });
  const group = serviceSecurityGroup(stack, site, args);
  const { target, attachment } = ingress.route(stack, service);
  const made = stack.resource(
    'aws_ecs_service',
    id,
    {
      name,
      cluster: cluster.ref('id'),
      task_definition: definition.ref('arn'),
      desired_count: service.tasks,
      launch_type: 'FARGATE',
      propagate_tags: 'SERVICE',
      enable_ecs_managed_tags: true,
      availability_zone_rebalancing: 'ENABLED',
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      health_check_grace_period_seconds: 60,
      wait_for_steady_state: true,
      network_configuration: {
        subnets: network.taskSubnets,
        security_groups: [group],
        assign_public_ip: network.tasksArePublic,
      },
      load_balancer: { target_group_arn: target, container_name: name, container_port: containerPort },
      deployment_circuit_breaker: { enable: true, rollback: true },
    },
    {
      comment: 'Tasks that start before there is a way out cannot fetch their image, and the deployment fails.',
      lifecycle: {
        ignore_changes: ['desired_count'],
        comment: 'Autoscaling sets the number of tasks. The condition tells an apply from one that ECS took back.',
        postcondition: {
          condition: operation(ref('self.task_definition'), '==', definition.ref('arn')),
          error_message: `The new tasks of ${name} did not become healthy, and ECS went back to the ones before. The log of the service says why.`,
        },
      },
      depends_on: [attachment, ...network.taskWayOut, ...execution.permissions, ...task.permissions],
    },
  );
  autoscaling(stack, service, cluster, made);
  return { name, id, url: ingress.url, arn: made.ref('id'), image: running, ingressPaths: undefined };
}

/** Nothing for nginx: files do not read variables. */
function environmentOf(site: Site, { service, ingress, grant }: FargateArgs): TaskArgs['environment'] {
  if (service.server === 'nginx') return {};
  return { ...serviceEnvironment(site, service), ...ingress.environment, ...grant.environment };
}

function serviceSecurityGroup(stack: Stack, site: Site, { service, network, ingress, grant }: FargateArgs): Reference {
  const group = securityGroup(stack, site, service.id, network.vpcId, `Tasks of ${service.name}`);
  allowHttpsOut(stack, service.id, group);
  allowReach(stack, ingress.id, ingress.securityGroup, [
    { name: service.id, port: containerPort, securityGroup: group },
  ]);
  allowReach(stack, service.id, group, grant.reach);
  return group;
}

/** Adds tasks above 60 % CPU, removes them below. */
function autoscaling(stack: Stack, service: SiteService, cluster: Cluster, made: Handle<'name'>): void {
  const target = stack.resource('aws_appautoscaling_target', service.id, {
    service_namespace: 'ecs',
    scalable_dimension: 'ecs:service:DesiredCount',
    resource_id: text`service/${cluster.ref('name')}/${made.ref('name')}`,
    min_capacity: service.tasks,
    max_capacity: service.maxTasks,
  });
  stack.resource('aws_appautoscaling_policy', `${service.id}_cpu`, {
    name: 'cpu',
    policy_type: 'TargetTrackingScaling',
    service_namespace: target.ref('service_namespace'),
    scalable_dimension: target.ref('scalable_dimension'),
    resource_id: target.ref('resource_id'),
    target_tracking_scaling_policy_configuration: {
      target_value: 60,
      scale_in_cooldown: 300,
      scale_out_cooldown: 60,
      predefined_metric_specification: { predefined_metric_type: 'ECSServiceAverageCPUUtilization' },
    },
  });
}
