import type { Handle, Stack } from '../aws/index.ts';
import type { Site } from '../site/site.ts';

export type Cluster = Handle<'arn' | 'id' | 'name'>;

export function cluster(stack: Stack, site: Site): Cluster {
  return stack.resource('aws_ecs_cluster', 'main', {
    name: site.prefix,
    setting: { name: 'containerInsights', value: site.ephemeral ? 'disabled' : 'enabled' },
  });
}
