import { type Expression, text } from '../hcl/index.ts';
import type { Account } from './account.ts';
import { iamArn } from './github-names.ts';

/** What belongs to whom: an environment, or all of an app. */
export interface Scope {
  /** Begins the names: `shows-dev`, or `shows-*` for all environments. */
  readonly name: string;
  /** Begins the names that are paths: `shows/dev`, `shows/*`. */
  readonly path: string;
  readonly account: Account;
}

type Resources = readonly Expression[];

/** How a service of AWS is given to those who make things in it. */
export interface ServiceAccess {
  /** Where in the service the scope's own things are. */
  readonly own: (scope: Scope) => Resources;
  /** What making, changing and removing them takes; the reading of data is not in it. @default every action of the service */
  readonly manage?: readonly string[];
  /** The most that anything else may do with them. @default every action of the service */
  readonly most?: readonly string[];
  /** What has no resource level, or is asked of everything; of another service with its prefix. */
  readonly anywhere?: readonly string[];
  /** Its things have ids that AWS makes, not names: only their tags tell whose they are. */
  readonly ids?: 'all' | 'some';
}

const named =
  (service: string, ...patterns: ((scope: Scope) => string)[]) =>
  (scope: Scope) =>
    patterns.map((pattern) => scope.account.arn(service, pattern(scope)));

/** By prefix of its actions. */
export const services: Readonly<Record<string, ServiceAccess>> = {
  acm: { own: named('acm', () => 'certificate/*'), anywhere: ['RequestCertificate'], ids: 'all' },
  apigateway: {
    own: ({ account }) =>
      ['apis', 'domainnames', 'tags', 'vpclinks'].map(
        (kind) => text`arn:${account.partition}:apigateway:${account.region}::/${kind}*`,
      ),
    ids: 'all',
  },
  'application-autoscaling': {
    own: named('application-autoscaling', () => 'scalable-target/*'),
    anywhere: ['DescribeScalableTargets', 'DescribeScalingPolicies'],
    ids: 'all',
  },
  cloudwatch: {
    own: named('cloudwatch', ({ name }) => `alarm:TargetTracking-service/${name}/*`),
    manage: ['DeleteAlarms', 'DescribeAlarms', 'PutMetricAlarm'],
  },
  'cognito-idp': {
    own: named('cognito-idp', () => 'userpool/*'),
    manage: ['Create*', 'Delete*', 'Describe*', 'Get*', 'List*', 'Set*', 'TagResource', 'UntagResource', 'Update*'],
    anywhere: ['CreateUserPool', 'DescribeUserPoolDomain'],
    ids: 'all',
  },
  dynamodb: {
    own: named('dynamodb', ({ name }) => `table/${name}-*`),
    manage: ['CreateTable', 'DeleteTable', 'Describe*', 'List*', 'TagResource', 'UntagResource', 'Update*'],
  },
  ec2: { own: () => [], manage: [], anywhere: networkActions(), ids: 'all' },
  ecr: {
    own: ({ account, path }) => [account.arn('ecr', `repository/${path.split('/')[0]}/*`)],
    // Registries are made with what is shared.
    manage: ['BatchGetImage', 'DescribeRepositories', 'GetDownloadUrlForLayer', 'GetRepositoryPolicy'],
    most: ['BatchCheckLayerAvailability', 'BatchGetImage', 'DescribeRepositories', 'Get*', 'List*', 'PutImage'],
    anywhere: ['GetAuthorizationToken'],
  },
  ecs: {
    own: named(
      'ecs',
      ({ name }) => `cluster/${name}`,
      // Services, tasks and deployments of the cluster.
      ({ name }) => `*/${name}/*`,
      ({ name }) => `task-definition/${name}-*`,
    ),
    manage: [
      'CreateService',
      'Delete*',
      'Describe*',
      'List*',
      'Put*',
      'RegisterTaskDefinition',
      'TagResource',
      'UntagResource',
      'Update*',
    ],
    anywhere: ['CreateCluster', 'DeregisterTaskDefinition', 'DescribeTaskDefinition'],
  },
  elasticfilesystem: {
    own: named(
      'elasticfilesystem',
      () => 'access-point/*',
      () => 'file-system/*',
    ),
    manage: [
      'Create*',
      'Delete*',
      'Describe*',
      'ListTagsForResource',
      'Modify*',
      'Put*',
      'TagResource',
      'UntagResource',
      'Update*',
    ],
    ids: 'all',
  },
  elasticloadbalancing: {
    // Of balancers and their listeners and rules, of target groups: `loadbalancer/app/<name>/…`, `targetgroup/<name>-…`.
    own: named('elasticloadbalancing', ({ name }) => `*/${name}*`),
    anywhere: ['Describe*'],
  },
  es: {
    own: named(
      'es',
      ({ name }) => `domain/${name}`,
      ({ name }) => `domain/${name}/*`,
    ),
    manage: ['AddTags', 'Create*', 'Delete*', 'Describe*', 'Get*', 'List*', 'RemoveTags', 'Update*', 'Upgrade*'],
  },
  firehose: {
    own: named('firehose', ({ name }) => `deliverystream/${name}-*`),
    manage: ['Create*', 'Delete*', 'Describe*', 'List*', 'Start*', 'Stop*', 'Tag*', 'Untag*', 'Update*'],
  },
  iam: {
    own: ({ account, name }) => [iamArn(account, `role/${name}-*`)],
    // Roles have statements of their own.
    manage: [],
  },
  kms: {
    own: named(
      'kms',
      ({ name }) => `alias/${name}`,
      () => 'key/*',
    ),
    manage: [
      'CancelKeyDeletion',
      'CreateAlias',
      'CreateGrant',
      'DeleteAlias',
      'DescribeKey',
      'Enable*',
      'GetKeyPolicy',
      'GetKeyRotationStatus',
      'ListResourceTags',
      'PutKeyPolicy',
      'ScheduleKeyDeletion',
      'TagResource',
      'UntagResource',
      'Update*',
    ],
    anywhere: ['CreateKey', 'ListAliases'],
    ids: 'some',
  },
  lambda: {
    own: named('lambda', ({ name }) => `function:${name}-*`),
    manage: [
      'AddPermission',
      'Create*',
      'Delete*',
      'Get*',
      'List*',
      'PublishVersion',
      'Put*',
      'RemovePermission',
      'TagResource',
      'UntagResource',
      'Update*',
    ],
  },
  logs: {
    own: named(
      'logs',
      ({ path }) => `log-group:/${path}/*`,
      ({ name }) => `log-group:/aws/ecs/containerinsights/${name}/*`,
    ),
    manage: [
      'AssociateKmsKey',
      'CreateLogGroup',
      'CreateLogStream',
      'DeleteLogGroup',
      'DeleteLogStream',
      'DeleteRetentionPolicy',
      'DescribeLogStreams',
      'DisassociateKmsKey',
      'ListTagsForResource',
      'PutRetentionPolicy',
      'TagResource',
      'UntagResource',
    ],
    // The access log of an HTTP API is such a delivery.
    anywhere: ['*LogDeliver*', '*ResourcePolic*', 'DescribeLogGroups'],
  },
  rds: {
    // Of clusters, their instances, snapshots and parameters: `cluster:<name>-…`, `db:<name>-…`.
    own: named('rds', ({ name }) => `*:${name}-*`),
    anywhere: ['Describe*'],
  },
  'rds-db': { own: named('rds-db', () => 'dbuser:*'), manage: [] },
  route53: {
    own: ({ account }) => ['change', 'hostedzone'].map((kind) => text`arn:${account.partition}:route53:::${kind}/*`),
    manage: ['ChangeResourceRecordSets', 'Get*', 'List*'],
    anywhere: ['ListHostedZones', 'ListHostedZonesByName'],
  },
  s3: {
    own: ({ account, name }) => [text`arn:${account.partition}:s3:::${name}-*`],
    manage: [
      'CreateBucket',
      'DeleteBucket*',
      'DeleteObject*',
      'GetAccelerateConfiguration',
      'GetBucket*',
      'GetEncryptionConfiguration',
      'GetLifecycleConfiguration',
      'GetReplicationConfiguration',
      'ListBucket*',
      'ListTagsForResource',
      'PutBucket*',
      'PutEncryptionConfiguration',
      'PutLifecycleConfiguration',
      'TagResource',
      'UntagResource',
    ],
  },
  secretsmanager: {
    own: named('secretsmanager', ({ path }) => `secret:${path}/*`),
    manage: [
      'CreateSecret',
      'DeleteSecret',
      'DescribeSecret',
      'GetResourcePolicy',
      'ListSecretVersionIds',
      'PutSecretValue',
      'RestoreSecret',
      'TagResource',
      'UntagResource',
      'UpdateSecret',
      'UpdateSecretVersionStage',
    ],
    anywhere: ['GetRandomPassword'],
  },
  servicediscovery: {
    own: named(
      'servicediscovery',
      () => 'namespace/*',
      () => 'service/*',
    ),
    // A namespace is a hosted zone.
    anywhere: ['CreatePrivateDnsNamespace', 'GetOperation', 'List*', 'route53:CreateHostedZone'],
    ids: 'all',
  },
  ses: {
    own: named(
      'ses',
      ({ name }) => `configuration-set/${name}-*`,
      () => 'identity/*',
    ),
    manage: ['Create*', 'Delete*', 'Get*', 'List*', 'Put*', 'TagResource', 'UntagResource', 'Update*'],
    ids: 'some',
  },
  ssm: {
    own: named('ssm', ({ path }) => `parameter/${path}/*`),
    manage: [
      'AddTagsToResource',
      'DeleteParameter',
      'GetParameter',
      'GetParameters',
      'ListTagsForResource',
      'PutParameter',
      'RemoveTagsFromResource',
    ],
    anywhere: ['DescribeParameters'],
  },
};

/** Networks alone: nothing that starts a machine. */
function networkActions(): string[] {
  const things = ['Address', 'FlowLogs', 'InternetGateway', 'NatGateway', 'NetworkInterface', 'Route', 'SecurityGroup'];
  const more = ['DescribeAvailabilityZones', 'DescribeNetworkAcls', 'DescribePrefixLists'];
  return [...more, ...[...things, 'Subnet', 'Tags', 'Vpc'].map((thing) => `*${thing}*`)];
}
