import { accountId, type Asked } from '../../../infra/test/synth/policy.ts';
import type { Recorded } from './recorder.ts';

/**
 * What IAM asks about a request: the action, and on what.
 * Source: AWS, Service Authorization Reference of each service
 * @throws Error for a request that is not known here: the test must not pass over it
 */
export function askedBy(request: Recorded, region: string): Asked[] {
  const { service, operation } = request;
  if (service === 's3') return [askedOfS3(request)];
  const action = `${service}:${operation}`;
  if (action === 'sts:GetCallerIdentity') return [];
  if (unscoped.has(action)) return [{ action, resource: '*' }];
  const arn = (resource: string) => `arn:aws:${service}:${region}:${accountId}:${resource}`;
  const body = request.body as Body;
  switch (service) {
    case 'ssm':
      return [{ action, resource: arn(`parameter${body.name ?? body.Name ?? ''}`) }];
    case 'ecr':
      return [{ action, resource: arn(`repository/${body.repositoryName}`) }];
    case 'ecs':
      if (operation === 'RegisterTaskDefinition') return registered(body, arn(`task-definition/${body.family}:1`));
      return [body.service ?? body.services ?? []]
        .flat()
        .map((name) => ({ action, resource: arn(`service/${last(body.cluster ?? '')}/${last(name)}`) }));
    default:
      throw new Error(`not known: ${action} ${request.method} ${request.url.href}`);
  }
}

interface Body {
  readonly name?: string;
  readonly Name?: string;
  readonly repositoryName?: string;
  readonly family?: string;
  readonly cluster?: string;
  readonly service?: string;
  readonly services?: readonly string[];
  readonly executionRoleArn?: string;
  readonly taskRoleArn?: string;
  readonly tags?: readonly unknown[];
}

/** AWS has no resource level for them. */
const unscoped = new Set([
  'ec2:DescribeAvailabilityZones',
  'ecr:GetAuthorizationToken',
  'ecs:DeregisterTaskDefinition',
  'ecs:DescribeTaskDefinition',
]);

/** Registering passes two roles, and tags what it makes. */
function registered({ executionRoleArn, taskRoleArn, tags = [] }: Body, resource: string): Asked[] {
  const context = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
  const roles = [executionRoleArn, taskRoleArn].flatMap((arn) => (arn === undefined ? [] : [arn]));
  return [
    { action: 'ecs:RegisterTaskDefinition', resource },
    ...(tags.length === 0 ? [] : [{ action: 'ecs:TagResource', resource }]),
    ...roles.map((arn) => ({ action: 'iam:PassRole', resource: arn, context })),
  ];
}

function askedOfS3({ method, url }: Recorded): Asked {
  const [bucket = '', ...key] = decodeURIComponent(url.pathname).slice(1).split('/');
  const resource = `arn:aws:s3:::${bucket}`;
  if (key.join('/') === '') {
    const prefix = url.searchParams.get('prefix');
    return { action: 's3:ListBucket', resource, context: prefix === null ? {} : { 's3:prefix': prefix } };
  }
  const actions: Record<string, string> = {
    GET: 'GetObject',
    HEAD: 'GetObject',
    PUT: 'PutObject',
    DELETE: 'DeleteObject',
  };
  return { action: `s3:${actions[method]}`, resource: `${resource}/${key.join('/')}` };
}

function last(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
