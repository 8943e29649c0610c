import type { Handle, Stack } from '../../aws/index.ts';
import { namedLogGroup } from '../logs/logs.ts';
import type { Site } from '../../site/site.ts';

export type Cluster = Handle<'arn' | 'id' | 'name'>;

export function cluster(stack: Stack, site: Site): Cluster {
  const logs = site.ephemeral
    ? undefined
    : namedLogGroup(stack, site, 'container_insights', `/aws/ecs/containerinsights/${site.prefix}/performance`);
  return stack.resource(
    'aws_ecs_cluster',
    'main',
    {
      name: site.prefix,
      setting: { name: 'containerInsights', value: logs ? 'enabled' : 'disabled' },
    },
    { depends_on: logs ? [logs] : undefined },
  );
}
