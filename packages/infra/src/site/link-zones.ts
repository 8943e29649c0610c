/**
 * Availability zones (ids) where API Gateway has no VPC links, by region; in other regions it has them everywhere.
 * Source: AWS, API Gateway developer guide, "Set up VPC links", Availability by Region.
 */
const zonesWithoutLinks: ReadonlyMap<string, string> = new Map([
  ['us-east-1', 'use1-az3'],
  ['us-west-1', 'usw1-az2'],
  ['ap-east-1', 'ape1-az1'],
  ['ap-northeast-1', 'apne1-az3'],
  ['ap-northeast-2', 'apne2-az4'],
  ['ca-central-1', 'cac1-az4'],
  ['eu-west-3', 'euw3-az2'],
]);

/** Regions where two zones remain. */
const narrow: ReadonlySet<string> = new Set(['us-west-1', 'ap-east-1', 'ca-central-1', 'eu-west-3']);

export function zoneWithoutLinks(region: string): string | undefined {
  return zonesWithoutLinks.get(region);
}

/** Zones that a network can have which a VPC link leads into. */
export function zonesForLinks(region: string): number {
  return narrow.has(region) ? 2 : 3;
}
