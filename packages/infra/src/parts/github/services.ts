import { type Expression, text } from '../../hcl/index.ts';
import type { Account } from '../account.ts';
import { iamArn } from './names.ts';
import { networkActions, networkChanges, networkThings, securityGroups } from './network.ts';

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
  /** What AWS itself brings, that making them takes and nobody can change. */
  readonly defaults?: (scope: Scope) => Resources;
  /** What making, changing and removing them takes; the reading of data is not in it. @default every action of the service */
  readonly manage?: readonly string[];
  /** The most that anything else may do with them. @default every action of the service */
  readonly most?: readonly string[];
  /** What has no resource level, or is asked of everything; of another service with its prefix. */
  readonly anywhere?: readonly string[];
  /** A look at them gives secrets away: only where they carry the app's tags. */
  readonly readTagged?: true;
  /** Its things have ids that AWS makes, not names: only their tags tell whose they are. */
  readonly ids?: true;
  /** Of things with ids: what is done only to those that carry the app's tags. Making them is not in it, and tagging when made. */
  readonly tagged?: { readonly actions: readonly string[]; readonly things: (scope: Scope) => Resources };
}

const named =
  (service: string, ...patterns: ((scope: Scope) => string)[]) =>
  (scope: Scope) =>
    patterns.map((pattern) => scope.account.arn(service, pattern(scope)));

const certificates = named('acm', () => 'certificate/*');
const userPools = named('cognito-idp', () => 'userpool/*');
const fileSystems = named(
  'elasticfilesystem',
  () => 'access-point/*',
  () => 'file-system/*',
);
const namespaces = named(
  'servicediscovery',
  () => 'namespace/*',
  () => 'service/*',
);

/** By prefix of its actions. */
export const services: Readonly<Record<string, ServiceAccess>> = {
  acm: {
    own: certificates,
    manage: ['*Tags*Certificate', 'DeleteCertificate', 'DescribeCertificate', 'UpdateCertificateOptions'],
    anywhere: ['RequestCertificate'],
    ids: true,
    tagged: {
      actions: ['DeleteCertificate', 'RemoveTagsFromCertificate', 'UpdateCertificateOptions'],
      things: certificates,
    },
  },
  apigateway: {
    own: ({ account }) =>
      ['apis*', 'domainnames', 'tags*', 'vpclinks*'].map(
        (path) => text`arn:${account.partition}:apigateway:${account.region}::/${path}`,
      ),
    ids: true,
    tagged: {
      actions: ['DELETE', 'PATCH'],
      // APIs themselves, by the length of their ids: what is below one has no tags of its own.
      things: ({ account }) =>
        ['apis/??????????', 'vpclinks/*'].map(
          (path) => text`arn:${account.partition}:apigateway:${account.region}::/${path}`,
        ),
    },
  },
  'application-autoscaling': {
    own: named('application-autoscaling', () => 'scalable-target/*'),
    anywhere: ['DescribeScalableTargets', 'DescribeScalingPolicies'],
    ids: true,
  },
  cloudwatch: {
    own: named('cloudwatch', ({ name }) => `alarm:TargetTracking-service/${name}/*`),
    manage: ['DeleteAlarms', 'DescribeAlarms', 'PutMetricAlarm'],
  },
  'cognito-idp': {
    own: userPools,
    manage: ['Create*', 'Delete*', 'Describe*', 'Get*', 'List*', 'Set*', 'TagResource', 'UntagResource', 'Update*'],
    anywhere: ['CreateUserPool', 'DescribeUserPoolDomain'],
    ids: true,
    readTagged: true,
    tagged: {
      actions: [
        'CreateResourceServer',
        'CreateUserPoolClient',
        'CreateUserPoolDomain',
        'Delete*',
        'Set*',
        'UntagResource',
        'Update*',
      ],
      things: userPools,
    },
  },
  dynamodb: {
    own: named('dynamodb', ({ name }) => `table/${name}-*`),
    manage: ['CreateTable', 'DeleteTable', 'Describe*', 'List*', 'TagResource', 'UntagResource', 'Update*'],
  },
  ec2: {
    own: () => [],
    manage: [],
    anywhere: networkActions(),
    ids: true,
    tagged: { actions: networkChanges, things: (scope) => [...networkThings(scope), ...securityGroups(scope)] },
  },
  ecr: {
    own: ({ account, path }) => [account.arn('ecr', `repository/${path.split('/')[0]}/*`)],
    // Registries are made with what is shared.
    manage: ['BatchGetImage', 'DescribeRepositories', 'GetDownloadUrlForLayer', 'GetRepositoryPolicy'],
    most: ['*Layer*', 'BatchGetImage', 'DescribeRepositories', 'Get*', 'List*', 'PutImage'],
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
    own: fileSystems,
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
    ids: true,
    tagged: {
      actions: ['CreateAccessPoint', 'CreateMountTarget', 'Delete*', 'Modify*', 'Put*', 'UntagResource', 'Update*'],
      things: fileSystems,
    },
  },
  elasticloadbalancing: {
    // Of balancers and their listeners and rules, of target groups: `loadbalancer/app/<name>/…`, `targetgroup/<name>-…`.
    own: named(
      'elasticloadbalancing',
      ({ name }) => `*/${name}/*`,
      ({ name }) => `*/${name}-*`,
    ),
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
    ids: true,
    tagged: {
      // What follows on making a key at once is not in it: AWS KMS may take minutes to see a new key's tags.
      actions: [
        'CancelKeyDeletion',
        'PutKeyPolicy',
        'ScheduleKeyDeletion',
        'UntagResource',
        'UpdateKeyDescription',
        'UpdatePrimaryRegion',
      ],
      things: named('kms', () => 'key/*'),
    },
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
    // Option and parameter groups of whatever names none of its own.
    defaults: named(
      'rds',
      () => 'og:default*',
      () => 'pg:default*',
    ),
    anywhere: ['Describe*'],
  },
  // By the id that AWS gives a cluster, which nobody knows before there is one; AWS has no condition here.
  'rds-db': { own: named('rds-db', () => 'dbuser:cluster-*/*'), most: ['connect'], manage: [] },
  route53: {
    own: ({ account }) => ['change', 'hostedzone'].map((kind) => text`arn:${account.partition}:route53:::${kind}/*`),
    // Records have statements of their own.
    manage: ['Get*', 'List*'],
    most: ['Get*', 'List*'],
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
    own: namespaces,
    // A namespace is a hosted zone. Tags are given and read without a resource level.
    anywhere: ['CreatePrivateDnsNamespace', 'GetOperation', 'List*', 'TagResource', 'route53:CreateHostedZone'],
    ids: true,
    tagged: { actions: ['Delete*', 'UntagResource', 'Update*'], things: namespaces },
  },
  ses: {
    own: named('ses', ({ name }) => `configuration-set/${name}-*`),
    manage: ['Create*', 'Delete*', 'Get*', 'List*', 'Put*', 'TagResource', 'UntagResource', 'Update*'],
  },
  ssm: {
    // Which images run; others may keep secrets beside them.
    own: named('ssm', ({ path }) => `parameter/${path}/*/image`),
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
