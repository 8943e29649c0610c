import { functionsOf, needsDatabase, type Site } from './site.ts';

/** An availability zone (id) that the network has to do without, and why. */
export interface ExcludedZone {
  readonly id: string;
  readonly reason: string;
}

/** Where Fargate runs no tasks, by region. Source: AWS, Amazon ECS developer guide, "Supported Regions for Amazon ECS on AWS Fargate". */
const withoutTasks: ReadonlyMap<string, string> = new Map([
  ['us-west-1', 'usw1-az2'],
  ['ap-northeast-1', 'apne1-az3'],
]);

/** Where Fargate runs no tasks on ARM, and Lambda takes no subnets. Source: the same guide, "Task definitions for 64-bit ARM workloads". */
const withoutArmAndFunctions: ReadonlyMap<string, string> = new Map([['us-east-1', 'use1-az3']]);

/** Which zone a region offers to networks, and not to what runs in this one. */
export function zoneWithoutCompute(site: Site): ExcludedZone | undefined {
  const { region, services } = site;
  const none = withoutTasks.get(region);
  if (none !== undefined) return { id: none, reason: 'Fargate runs no tasks there.' };
  const limited = withoutArmAndFunctions.get(region);
  if (limited === undefined) return undefined;
  if (functionsOf(site).some(needsDatabase)) return { id: limited, reason: 'Lambda reaches no subnets there.' };
  const isArm = services.some(({ architecture }) => architecture === 'arm64');
  return isArm ? { id: limited, reason: 'Fargate runs no tasks on ARM there.' } : undefined;
}
