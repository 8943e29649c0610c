import type { Stack } from '../../aws/index.ts';
import { call, explained, type Expression, type Reference, text, type Value } from '../../hcl/index.ts';
import type { Site, SiteService } from '../../site/site.ts';
import { toCloudWatch } from '../compute/container.ts';
import { type LogGroup, logGroup } from './logs.ts';
import type { Statement } from '../access/policy.ts';

/** AWS's own build of Fluent Bit. Newer ones: https://github.com/aws/aws-for-fluent-bit/releases */
const image = 'public.ecr.aws/aws-observability/aws-for-fluent-bit:2.34.3.20260623';
const name = 'log-router';

export interface LogRouter {
  /** Beside the service in its task. */
  readonly container: Value;
  /** Where the service writes, instead of to CloudWatch itself. */
  readonly logConfiguration: Value;
  /** Where the router writes about itself. */
  readonly logs: LogGroup;
  readonly name: string;
  readonly volume: string;
  /** What the task may do, because the router writes in its name. */
  readonly statements: readonly Statement[];
}

export interface LogRouterArgs {
  readonly service: SiteService;
  /** Where the service's log goes in CloudWatch. */
  readonly logs: LogGroup;
  /** Name of the Firehose stream. */
  readonly stream: Reference;
}

/** FireLens: a container in the service's task that sends each line of its log to CloudWatch and to Firehose. */
export function logRouter(stack: Stack, site: Site, args: LogRouterArgs): LogRouter {
  const { service, logs } = args;
  const own = logGroup(stack, site, `${service.id}_log_router`, `${service.name}-${name}`);
  const settings = {
    PARSERS: stack.local(`${service.id}_log_parsers`, lines(parsers)),
    SETTINGS: stack.local(`${service.id}_log_routes`, explained(lines(routes(site, args)), whyRoutes)),
  };
  return {
    container: container(site, own, settings),
    logConfiguration: { logDriver: 'awsfirelens' },
    logs: own,
    name,
    volume: name,
    statements: [
      { sid: 'WriteOwnLog', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logs.streams] },
    ],
  };
}

const whyRoutes = 'FireLens itself writes where lines come from, and takes one place that they go to. Here are two.';

/** A line is JSON with a time of its own, which is not Fluent Bit's to read. */
const parsers = ['[PARSER]', '    Name   service', '    Format json'];

/** @see https://docs.fluentbit.io/manual/1.9-pre/pipeline/outputs */
function routes(site: Site, { service, logs, stream }: LogRouterArgs): (string | Expression)[] {
  const match = `    Match ${service.name}-firelens*`;
  return [
    '@INCLUDE /fluent-bit/etc/fluent-bit.conf',
    '[FILTER]',
    '    Name parser',
    match,
    '    Parser service',
    '    Key_Name log',
    '    Preserve_Key On',
    '    Reserve_Data On',
    '[OUTPUT]',
    '    Name cloudwatch_logs',
    match,
    `    region ${site.region}`,
    text`    log_group_name ${logs.name}`,
    `    log_stream_prefix ${service.name}/`,
    '    log_key log',
    '    auto_create_group false',
    '    retry_limit 5',
    '[OUTPUT]',
    '    Name kinesis_firehose',
    match,
    `    region ${site.region}`,
    text`    delivery_stream ${stream}`,
    '    time_key @timestamp',
    '    time_key_format %Y-%m-%dT%H:%M:%S.%3NZ',
    '    retry_limit 5',
  ];
}

function lines(text: readonly (string | Expression)[]): Expression {
  return call('join', '\n', text);
}

const start = [
  'printf "%s\\n" "$PARSERS" > /tmp/parsers.conf',
  'printf "%s\\n" "$SETTINGS" > /tmp/fluent-bit.conf',
  'exec /fluent-bit/bin/fluent-bit -R /tmp/parsers.conf -c /tmp/fluent-bit.conf',
].join(' && ');

function container(site: Site, logs: LogGroup, settings: Readonly<Record<string, Reference>>): Value {
  return {
    name,
    image,
    essential: true,
    user: explained('0', 'FireLens hands over a socket that belongs to root.'),
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true },
    memoryReservation: 64,
    command: ['/bin/sh', '-c', start],
    mountPoints: [{ sourceVolume: name, containerPath: '/tmp', readOnly: false }],
    environment: Object.entries(settings).map(([key, value]) => ({ name: key, value })),
    firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
    logConfiguration: toCloudWatch(site, logs, name),
  };
}
