interface Defect {
  readonly type: string;
  readonly attributes: readonly string[];
  readonly reason: string;
}

/** What the emulator (moto 5.2) reports differently from what it was given; anything else that differs is a mistake of ours. */
const defects: readonly Defect[] = [
  { type: 'aws_ecs_service', attributes: ['availability_zone_rebalancing'], reason: 'is not kept' },
  { type: 'aws_ecs_service', attributes: ['enable_ecs_managed_tags'], reason: 'is not kept' },
  { type: 'aws_ecs_service', attributes: ['health_check_grace_period_seconds'], reason: 'is not kept' },
  { type: 'aws_codebuild_project', attributes: ['concurrent_build_limit'], reason: 'is not kept' },
  { type: 'aws_lambda_function', attributes: ['logging_config'], reason: 'is not kept' },
  { type: 'aws_lambda_function', attributes: ['image_config'], reason: 'an empty one is reported that was never set' },
  { type: 'aws_rds_cluster', attributes: ['scaling_configuration'], reason: 'one is reported that was never set' },
  {
    type: 'aws_vpc_security_group_ingress_rule',
    attributes: ['description'],
    reason: 'is forgotten where the source is a group',
  },
  {
    type: 'aws_vpc_security_group_egress_rule',
    attributes: ['description'],
    reason: 'is forgotten where the destination is a group',
  },
  {
    type: 'aws_appautoscaling_target',
    attributes: ['tags_all'],
    reason: 'tags cannot be listed; the proxy in front of the emulator answers that there are none',
  },
];

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: object | null;
      readonly after: object | null;
      readonly after_unknown: object;
    };
  }[];
}

/** What a plan (`terraform show -json`) would change, other than by the emulator's defects: `update aws_lb.main.name`. */
export function unexplainedChanges(plan: string): string[] {
  const { resource_changes: changes = [] } = JSON.parse(plan) as Plan;
  return changes.flatMap(({ address, type, change }) => {
    const actions = change.actions.filter((action) => action !== 'no-op' && action !== 'read');
    if (actions.length === 0) return [];
    // Making, removing and replacing are never explained.
    if (actions.join() !== 'update') return [`${actions.join()} ${address}`];
    return differing(change.before, change.after, change.after_unknown)
      .filter((name) => !isDefect(type, name))
      .map((name) => `update ${address}.${name}`);
  });
}

function differing(before: object | null, after: object | null, unknown: object): string[] {
  const [was, becomes] = [new Map(Object.entries(before ?? {})), new Map(Object.entries(after ?? {}))];
  const names = new Set([...was.keys(), ...becomes.keys(), ...Object.keys(unknown)]);
  return [...names].filter((name) => JSON.stringify(was.get(name)) !== JSON.stringify(becomes.get(name)));
}

function isDefect(type: string, attribute: string): boolean {
  return defects.some((defect) => defect.type === type && defect.attributes.includes(attribute));
}
