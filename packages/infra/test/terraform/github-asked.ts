import type { Recorded } from '../../../keelson/test/delivery/recorder.ts';
import { accountId, type Asked } from '../synth/policy.ts';

export interface AskedOptions {
  readonly region: string;
  /** ARN that all roles carry: a request that changes one is looked at with it. */
  readonly boundary: string;
  /** Tags that what was made carries. */
  readonly app: string;
  readonly environment: string;
}

type Body = Readonly<Record<string, unknown>>;

/**
 * What IAM asks about a request of Terraform or of the AWS command line: the action, and on what.
 * Source: AWS, Service Authorization Reference of each service
 * @throws Error for a request that is not known here: the test must not pass over it
 */
export function askedBy(request: Recorded, options: AskedOptions): Asked[] {
  const { service, body } = request;
  if (service === 'sts') return [];
  const rest = restful[service];
  if (rest) return rest(request, options);
  const operation = request.operation;
  const action = `${service}:${operation}`;
  const resources = resourcesOf(service, operation, body, options.region);
  const context = contextOf(service, operation, body, options);
  return [
    ...resources.map((resource) => ({ action: renamed[action] ?? action, resource, context })),
    ...passed(service, operation, body),
  ];
}

/** The provider that mirrors have reads the secrets that it wrote; since 6.26 it asks for their versions instead. */
const renamed: Readonly<Record<string, string>> = {
  'secretsmanager:GetSecretValue': 'secretsmanager:ListSecretVersionIds',
};

/** AWS has no resource level for them. */
const unscoped =
  /^(ec2:(Allocate|Create(?!Route$|Tags$)|Describe).*|elasticloadbalancing:Describe.*|rds:Describe.*|logs:DescribeLogGroups|kms:ListAliases|secretsmanager:GetRandomPassword|application-autoscaling:Describe.*|cognito-idp:(CreateUserPool|DescribeUserPoolDomain)|ecs:(CreateCluster|(Deregister|Describe)TaskDefinition)|acm:RequestCertificate|ecr:GetAuthorizationToken|ssm:DescribeParameters)$/;

/** Where the name of the thing is in a request, and what comes before it in its ARN. */
const named: Readonly<Record<string, readonly (readonly [parameter: string, before: string, after?: string])[]>> = {
  'application-autoscaling': [
    ['ResourceARN', ''],
    ['ResourceId', 'scalable-target/'],
  ],
  'cognito-idp': [['UserPoolId', 'userpool/']],
  dynamodb: [
    ['ResourceArn', ''],
    ['TableName', 'table/'],
  ],
  ecr: [['repositoryName', 'repository/']],
  ecs: [
    ['resourceArn', ''],
    ['clusters', 'cluster/'],
  ],
  elasticloadbalancing: [
    ['LoadBalancerArn', ''],
    ['ListenerArn', ''],
    ['RuleArn', ''],
    ['TargetGroupArn', ''],
    ['ResourceArns.member.1', ''],
  ],
  kms: [['KeyId', 'key/']],
  logs: [
    ['resourceArn', ''],
    ['logGroupName', 'log-group:'],
  ],
  rds: [
    ['ResourceName', ''],
    ['DBInstanceIdentifier', 'db:'],
    ['DBClusterIdentifier', 'cluster:'],
    ['DBClusterParameterGroupName', 'cluster-pg:'],
    ['DBSubnetGroupName', 'subgrp:'],
  ],
  secretsmanager: [
    ['SecretId', 'secret:', '-AbCdEf'],
    ['Name', 'secret:', '-AbCdEf'],
  ],
  ssm: [
    ['Name', 'parameter'],
    ['ResourceId', 'parameter'],
  ],
};

function resourcesOf(service: string, operation: string, body: Body, region: string): string[] {
  if (unscoped.test(`${service}:${operation}`)) return ['*'];
  const arn = (resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  if (service === 'ec2') return ofNetwork(operation, body).map(arn);
  if (service === 'iam') return [`arn:aws:iam::${accountId}:role/${String(body['RoleName'])}`];
  if (service === 'ecs') {
    const special = ofCluster(operation, body);
    if (special) return special.map(arn);
  }
  if (service === 'elasticloadbalancing' && operation === 'CreateLoadBalancer')
    return [arn(`loadbalancer/app/${String(body['Name'])}/1`)];
  if (service === 'elasticloadbalancing' && operation === 'CreateTargetGroup')
    return [arn(`targetgroup/${String(body['Name'])}/1`)];
  for (const [parameter, before, after = ''] of named[service] ?? []) {
    const given = body[parameter];
    if (given === undefined) continue;
    return [given]
      .flat()
      .map((name) => (String(name).startsWith('arn:') ? String(name) : arn(before + String(name) + after)));
  }
  throw new Error(`not known: ${service}:${operation} ${JSON.stringify(body)}`);
}

/** How the ids of the parts of a network begin, and what their ARNs call them. */
const networkKinds: Readonly<Record<string, string>> = {
  eipalloc: 'elastic-ip',
  eni: 'network-interface',
  fl: 'vpc-flow-log',
  igw: 'internet-gateway',
  nat: 'natgateway',
  rtb: 'route-table',
  sg: 'security-group',
  sgr: 'security-group-rule',
  subnet: 'subnet',
  vpc: 'vpc',
  vpce: 'vpc-endpoint',
};

/** Every part of a network that a change names. */
function ofNetwork(operation: string, body: Body): string[] {
  const ids = Object.entries(body).filter(([name]) => /^(AllocationId|\w+Id(\.\d+)?)$/.test(name));
  const found = ids.flatMap(([, value]) =>
    [value].flat().flatMap((id) => {
      const kind = networkKinds[String(id).split('-')[0] ?? ''];
      return kind === undefined ? [] : [`${kind}/${String(id)}`];
    }),
  );
  // An association has an id of its own.
  if (operation.startsWith('Disassociate')) return [...found, 'route-table/rtb-1'];
  if (found.length === 0) throw new Error(`not known: ec2:${operation} ${JSON.stringify(body)}`);
  return found;
}

function ofCluster(operation: string, body: Body): string[] | undefined {
  const last = (value: unknown) => String(value).slice(String(value).lastIndexOf('/') + 1);
  const cluster = last(body['cluster'] ?? '');
  if (operation === 'RegisterTaskDefinition') return [`task-definition/${String(body['family'])}:1`];
  if (operation.endsWith('Cluster')) return [`cluster/${cluster}`];
  const services = [body['service'] ?? body['serviceName'] ?? body['services'] ?? []].flat();
  return services.length === 0 ? undefined : services.map((name) => `service/${cluster}/${last(name)}`);
}

function contextOf(service: string, operation: string, body: Body, options: AskedOptions): Record<string, string> {
  const { boundary, app, environment } = options;
  // What is being made has no tags yet.
  const isNew = /^(Create|Put|Register|Request|Allocate)/.test(operation) && operation !== 'CreateRoute';
  const tags: Record<string, string> = isNew
    ? {}
    : { 'aws:ResourceTag/Project': app, 'aws:ResourceTag/Environment': environment };
  if (service !== 'iam') return tags;
  const isCreated = 'AssumeRolePolicyDocument' in body;
  // A role that is made says its boundary; one that is there has it.
  const carried = isCreated ? body['PermissionsBoundary'] : boundary;
  return typeof carried === 'string' ? { ...tags, 'iam:PermissionsBoundary': carried } : tags;
}

/** Roles that the request hands to a service. */
function passed(service: string, operation: string, body: Body): Asked[] {
  const to: Readonly<Record<string, string>> = {
    'ec2:CreateFlowLogs': 'vpc-flow-logs.amazonaws.com',
    'ecs:RegisterTaskDefinition': 'ecs-tasks.amazonaws.com',
  };
  const principal = to[`${service}:${operation}`];
  if (principal === undefined) return [];
  const roles = [body['DeliverLogsPermissionArn'], body['executionRoleArn'], body['taskRoleArn']];
  return roles
    .filter((role) => typeof role === 'string')
    .map((resource) => ({ action: 'iam:PassRole', resource, context: { 'iam:PassedToService': principal } }));
}

type Restful = (request: Recorded, options: AskedOptions) => Asked[];

const restful: Readonly<Record<string, Restful>> = { apigateway: ofApi, lambda: ofLambda, s3: ofS3 };

function ofApi({ method, url }: Recorded, { region }: AskedOptions): Asked[] {
  const path = decodeURIComponent(url.pathname).replace(/^\/v2/, '');
  return [{ action: `apigateway:${method}`, resource: `arn:aws:apigateway:${region}::${path}` }];
}

function ofLambda({ method, url }: Recorded, { region }: AskedOptions): Asked[] {
  const [, , kind = '', name = '', rest = ''] = decodeURIComponent(url.pathname).split('/');
  const resource = `arn:aws:lambda:${region}:${accountId}:function:${name}`;
  const line = `${method} ${kind}/${rest}`;
  const actions: Readonly<Record<string, string>> = {
    'GET functions/': 'GetFunction',
    'GET functions/configuration': 'GetFunctionConfiguration',
    'GET functions/code-signing-config': 'GetFunctionCodeSigningConfig',
    'GET functions/versions': 'ListVersionsByFunction',
    'GET functions/policy': 'GetPolicy',
    'POST functions/policy': 'AddPermission',
    'DELETE functions/policy': 'RemovePermission',
    'DELETE functions/': 'DeleteFunction',
    'PUT functions/code': 'UpdateFunctionCode',
    'PUT functions/configuration': 'UpdateFunctionConfiguration',
  };
  const isNew = line === 'POST functions/' && name === '';
  if (isNew) return [{ action: 'lambda:CreateFunction', resource: `${resource}quick-dev-api` }];
  const action = actions[line];
  if (action === undefined) throw new Error(`not known: lambda ${method} ${url.href}`);
  return [{ action: `lambda:${action}`, resource }];
}

/** What a query of a bucket is about → what the action calls it. */
const bucketParts: Readonly<Record<string, string>> = {
  accelerate: 'AccelerateConfiguration',
  acl: 'BucketAcl',
  cors: 'BucketCORS',
  encryption: 'EncryptionConfiguration',
  lifecycle: 'LifecycleConfiguration',
  logging: 'BucketLogging',
  'object-lock': 'BucketObjectLockConfiguration',
  ownershipControls: 'BucketOwnershipControls',
  policy: 'BucketPolicy',
  publicAccessBlock: 'BucketPublicAccessBlock',
  replication: 'ReplicationConfiguration',
  requestPayment: 'BucketRequestPayment',
  tagging: 'BucketTagging',
  versioning: 'BucketVersioning',
  website: 'BucketWebsite',
};

function ofS3({ method, url }: Recorded): Asked[] {
  const [bucket = '', ...key] = decodeURIComponent(url.pathname).slice(1).split('/');
  const resource = `arn:aws:s3:::${bucket}`;
  if (key.join('/') !== '') {
    const actions: Readonly<Record<string, string>> = { GET: 'Get', HEAD: 'Get', PUT: 'Put', DELETE: 'Delete' };
    return [{ action: `s3:${actions[method]}Object`, resource: `${resource}/${key.join('/')}` }];
  }
  const part = [...url.searchParams.keys()].find((name) => name in bucketParts);
  if (part !== undefined) {
    const thing = bucketParts[part] ?? '';
    if (method === 'GET') return [{ action: `s3:Get${thing}`, resource }];
    // Only a policy has an action of its own for taking it away.
    return [{ action: `s3:${method === 'DELETE' && part === 'policy' ? 'Delete' : 'Put'}${thing}`, resource }];
  }
  if (method === 'PUT') return [{ action: 's3:CreateBucket', resource }];
  if (method === 'DELETE') return [{ action: 's3:DeleteBucket', resource }];
  if (url.searchParams.has('versions')) return [{ action: 's3:ListBucketVersions', resource }];
  const prefix = url.searchParams.get('prefix');
  return [{ action: 's3:ListBucket', resource, context: prefix === null ? {} : { 's3:prefix': prefix } }];
}
