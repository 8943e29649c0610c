import type { Stack, Handle } from '../../aws/index.ts';
import { type Expression, forEach, jsonencode, ref, type Reference, type Value } from '../../hcl/index.ts';
import { containerPort, type Site, type SiteService } from '../../site/site.ts';
import type { LogRouter } from '../logs/log-router.ts';
import type { LogGroup } from '../logs/logs.ts';
import type { Role } from '../access/roles.ts';

export interface TaskArgs {
  readonly id: string;
  readonly family: string;
  readonly container: string;
  readonly image: Reference;
  readonly environment: Readonly<Record<string, string | Expression>>;
  /** Instead of the image's own. */
  readonly command?: readonly string[];
  /** Takes requests. */
  readonly listens: boolean;
  readonly execution: Role;
  readonly task: Role;
  readonly logs: LogGroup;
  /** Takes the log to more places than CloudWatch. */
  readonly router?: LogRouter | undefined;
  readonly size: Pick<SiteService, 'cpu' | 'memory' | 'architecture'>;
}

/** A Fargate task of a container, and its log router where there is one, that cannot write outside /tmp and is not root. */
export function taskDefinition(stack: Stack, site: Site, args: TaskArgs): Handle<'arn' | 'family'> {
  const isEmpty = Object.keys(args.environment).length === 0;
  const environment = isEmpty ? undefined : environmentLocal(stack, args.id, args.environment);
  const definition = {
    family: args.family,
    requires_compatibilities: ['FARGATE'],
    network_mode: 'awsvpc',
    cpu: String(args.size.cpu),
    memory: String(args.size.memory),
    execution_role_arn: args.execution.arn,
    task_role_arn: args.task.arn,
    container_definitions: jsonencode([
      container(site, args, environment),
      ...(args.router ? [args.router.container] : []),
    ]),
    runtime_platform: {
      operating_system_family: 'LINUX',
      cpu_architecture: args.size.architecture === 'arm64' ? 'ARM64' : 'X86_64',
    },
    volume: args.router ? [{ name: 'tmp' }, { name: args.router.volume }] : { name: 'tmp' },
  };
  const comment = 'The service can go back to the revision before only while that one is still there.';
  return stack.resource('aws_ecs_task_definition', args.id, definition, {
    lifecycle: { create_before_destroy: true, comment },
  });
}

function container(site: Site, args: TaskArgs, environment: Reference | undefined): Value {
  return {
    name: args.container,
    image: args.image,
    essential: true,
    command: args.command,
    user: '1000:1000',
    readonlyRootFilesystem: true,
    stopTimeout: 40,
    linuxParameters: { initProcessEnabled: true },
    mountPoints: [{ sourceVolume: 'tmp', containerPath: '/tmp', readOnly: false }],
    portMappings: args.listens ? [{ containerPort, protocol: 'tcp' }] : undefined,
    environment: environment && forEach(['name', 'value'], environment, { name: ref('name'), value: ref('value') }),
    dependsOn: args.router ? [{ containerName: args.router.name, condition: 'START' }] : undefined,
    logConfiguration: args.router?.logConfiguration ?? toCloudWatch(site, args.logs, args.container),
  };
}

/** ECS itself writes the log; a slow CloudWatch does not slow the container down. */
export function toCloudWatch(site: Site, logs: LogGroup, prefix: string): Value {
  return {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': logs.name,
      'awslogs-region': site.region,
      'awslogs-stream-prefix': prefix,
      mode: 'non-blocking',
      'max-buffer-size': '25m',
    },
  };
}

/** As a map it is read and edited easily; going through it, Terraform sorts by name, as AWS does. */
export function environmentLocal(stack: Stack, id: string, environment: TaskArgs['environment']): Reference {
  return stack.local(`${id}_environment`, environment);
}
