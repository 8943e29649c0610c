import { startCommandLine } from './aws-command-line.ts';
import type { Emulator } from './emulator.ts';

/** The emulated account, asked through its own API and not through what Terraform believes. */
export interface EmulatedAccount {
  /** Runs the AWS command line; gives the JSON it prints, parsed. */
  aws(...args: string[]): Promise<unknown>;
  /** Names of everything that is there: `ec2 vpc-1`. */
  everything(): Promise<string[]>;
  /** Ends what asks; the account stays. */
  stop(): Promise<void>;
}

export function emulatedAccount(emulator: Emulator, region: string): EmulatedAccount {
  const env = { ...process.env, ...emulator.env, AWS_DEFAULT_REGION: region, AWS_PAGER: '' };
  const commandLine = startCommandLine(env);
  const aws: EmulatedAccount['aws'] = async (...args) => {
    // In us-east-1 the command line passes over AWS_ENDPOINT_URL for RDS.
    const where = ['--endpoint-url', emulator.env['AWS_ENDPOINT_URL'] ?? '', '--output', 'json'];
    const printed = await (await commandLine).run([...args, ...where]);
    return printed.trim() === '' ? undefined : JSON.parse(printed);
  };
  return { aws, everything: () => everything(aws), stop: async () => (await commandLine).stop() };
}

async function everything(aws: EmulatedAccount['aws']): Promise<string[]> {
  const found: string[] = [];
  for (const [service, operation, query, ...more] of questions) {
    const names = (await aws(service, operation, '--query', query, ...more)) as string[] | null;
    found.push(...(names ?? []).map((name) => `${service} ${name}`));
  }
  return [...found, ...(await activeClusters(aws))].filter((name) => !isAlwaysThere(name));
}

type Question = [service: string, operation: string, query: string, ...more: string[]];

const questions: readonly Question[] = [
  ['ec2', 'describe-vpcs', 'Vpcs[?!IsDefault].VpcId'],
  ['ec2', 'describe-subnets', 'Subnets[?!DefaultForAz].SubnetId'],
  ['ec2', 'describe-security-groups', "SecurityGroups[?GroupName!='default'].GroupName"],
  ['ec2', 'describe-nat-gateways', "NatGateways[?State!='deleted'].NatGatewayId"],
  ['ec2', 'describe-addresses', 'Addresses[].AllocationId'],
  ['ec2', 'describe-internet-gateways', 'InternetGateways[].InternetGatewayId'],
  ['ec2', 'describe-vpc-endpoints', "VpcEndpoints[?State!='deleted'].VpcEndpointId"],
  ['ec2', 'describe-flow-logs', 'FlowLogs[].FlowLogId'],
  ['elbv2', 'describe-load-balancers', 'LoadBalancers[].LoadBalancerName'],
  ['elbv2', 'describe-target-groups', 'TargetGroups[].TargetGroupName'],
  ['acm', 'list-certificates', 'CertificateSummaryList[].DomainName'],
  ['ecs', 'list-task-definitions', 'taskDefinitionArns', '--status', 'ACTIVE'],
  ['ecr', 'describe-repositories', 'repositories[].repositoryName'],
  [
    'application-autoscaling',
    'describe-scalable-targets',
    'ScalableTargets[].ResourceId',
    '--service-namespace',
    'ecs',
  ],
  ['rds', 'describe-db-clusters', 'DBClusters[].DBClusterIdentifier'],
  ['rds', 'describe-db-instances', 'DBInstances[].DBInstanceIdentifier'],
  ['rds', 'describe-db-subnet-groups', 'DBSubnetGroups[].DBSubnetGroupName'],
  ['rds', 'describe-db-cluster-parameter-groups', 'DBClusterParameterGroups[].DBClusterParameterGroupName'],
  // Automatic snapshots go with their cluster (delete_automated_backups); the emulator keeps them.
  ['rds', 'describe-db-cluster-snapshots', "DBClusterSnapshots[?SnapshotType=='manual'].DBClusterSnapshotIdentifier"],
  ['secretsmanager', 'list-secrets', 'SecretList[].Name'],
  ['ssm', 'describe-parameters', 'Parameters[].Name'],
  ['logs', 'describe-log-groups', 'logGroups[].logGroupName'],
  ['dynamodb', 'list-tables', 'TableNames'],
  ['s3api', 'list-buckets', 'Buckets[].Name'],
  ['apigatewayv2', 'get-apis', 'Items[].Name'],
  ['apigatewayv2', 'get-vpc-links', 'Items[].Name'],
  ['cognito-idp', 'list-user-pools', 'UserPools[].Name', '--max-results', '60'],
  ['codebuild', 'list-projects', 'projects'],
  ['lambda', 'list-functions', 'Functions[].FunctionName'],
  ['efs', 'describe-file-systems', 'FileSystems[].Name'],
  ['servicediscovery', 'list-namespaces', 'Namespaces[].Name'],
  ['sesv2', 'list-email-identities', 'EmailIdentities[].IdentityName'],
  ['kms', 'list-aliases', "Aliases[?!starts_with(AliasName, 'alias/aws/')].AliasName"],
  ['route53', 'list-hosted-zones', 'HostedZones[].Name'],
  ['iam', 'list-roles', 'Roles[].RoleName'],
];

/** A deleted cluster goes on being listed, as inactive. */
async function activeClusters(aws: EmulatedAccount['aws']): Promise<string[]> {
  const arns = (await aws('ecs', 'list-clusters', '--query', 'clusterArns')) as string[];
  if (arns.length === 0) return [];
  const query = "clusters[?status=='ACTIVE'].clusterName";
  const names = (await aws('ecs', 'describe-clusters', '--clusters', ...arns, '--query', query)) as string[];
  return names.map((name) => `ecs ${name}`);
}

/** What the emulator has in every account from its beginning, and what it alone leaves behind. */
function isAlwaysThere(name: string): boolean {
  // AWS removes the zone of a Cloud Map namespace with it.
  return name.startsWith('rds default.') || /^route53 .*\.internal-hz\.?$/.test(name);
}
