import type { ResourceDeclaration, Stack } from '../../aws/index.ts';
import { isResource } from '../../aws/declaration.ts';
import { type Expression, text, type Value } from '../../hcl/index.ts';
import { githubIssuer, iamArn } from './names.ts';
import type { Statement } from '../access/policy.ts';
import { type Scope, type ServiceAccess, services } from './services.ts';

/** What Terraform has in one directory. */
export type Directory = Pick<Stack, 'declarations'>;

/** @throws Error for a service that is not among those of github-services.ts: a role would be too small */
export function accessTo(service: string): ServiceAccess {
  const access = services[service];
  if (access) return access;
  throw new Error(`Roles for GitHub Actions do not know ${service}: say in github-services.ts where its things are.`);
}

/** The same without what others made, which the directories only read. */
export function madeIn(service: string, scope: Scope, stacks: readonly Directory[]): Expression[] {
  const made = resourcesIn(stacks).filter(({ kind }) => kind === 'resource');
  return ownIn(service, scope, [{ declarations: made }]);
}

/** Where the scope's things are in a service: by the names that Keelson gives, and by those that the app gives. */
export function ownIn(service: string, scope: Scope, stacks: readonly Directory[]): Expression[] {
  const given = resourcesIn(stacks).flatMap(({ kind, type, args }) => {
    const found = givenNames[`${kind === 'resource' ? '' : `${kind}.`}${type}`];
    const name = found && args[found.argument];
    if (!found || found.service !== service || typeof name !== 'string') return [];
    return isGiven(name, found.usual, scope) ? found.arns(name, scope) : [];
  });
  return distinct([...accessTo(service).own(scope), ...given]);
}

/** Secrets that others made: they are read, never changed. */
export function existingSecrets({ declarations }: Directory, scope: Scope, more: readonly string[] = []): Statement[] {
  const read = resourcesIn([{ declarations }]).filter(
    ({ kind, type }) => kind === 'data' && type === 'aws_secretsmanager_secret',
  );
  if (read.length === 0) return [];
  const arnsOf = givenNames['data.aws_secretsmanager_secret']?.arns;
  return [
    {
      sid: 'ReadExistingSecrets',
      actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy', ...more],
      resources: distinct(read.flatMap(({ args }) => arnsOf?.(String(args['name']), scope) ?? [])),
    },
  ];
}

/** Every resource, data source and ephemeral value of the directories. */
export function resourcesIn(stacks: readonly Directory[]): ResourceDeclaration[] {
  return stacks.flatMap(({ declarations }) => declarations.filter(isResource));
}

function distinct(arns: readonly Expression[]): Expression[] {
  return [...new Map(arns.map((arn) => [JSON.stringify(arn), arn])).values()];
}

/** `cognito-idp:DescribeUserPool` → `cognito-idp` */
export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':'));
}

/** `cognito-idp` → `CognitoIdp`, for the names of statements. */
export function wordOf(service: string): string {
  return service.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function sorted(values: Iterable<string>): string[] {
  return [...new Set(values)].sort();
}

interface GivenName {
  readonly service: string;
  readonly argument: string;
  /** How Keelson's own names begin, with what is in services: nothing more to say about them. */
  readonly usual: (scope: Scope) => readonly string[];
  readonly arns: (name: string, scope: Scope) => Expression[];
}

/** Types whose names the app may choose, or that others made. */
const givenNames: Readonly<Record<string, GivenName>> = {
  aws_cloudwatch_log_group: {
    service: 'logs',
    argument: 'name',
    usual: ({ name, path }) => [`/${path}/`, `/aws/ecs/containerinsights/${name}/`],
    arns: (name, { account }) => ['', ':*'].map((rest) => account.arn('logs', `log-group:${name}${rest}`)),
  },
  aws_dynamodb_table: {
    service: 'dynamodb',
    argument: 'name',
    usual: ({ name }) => [`${name}-`],
    arns: (name, { account }) => ['', '/index/*'].map((rest) => account.arn('dynamodb', `table/${name}${rest}`)),
  },
  aws_lb_target_group: {
    service: 'elasticloadbalancing',
    argument: 'name',
    usual: ({ name }) => [name],
    arns: (name, { account }) => [account.arn('elasticloadbalancing', `targetgroup/${name}/*`)],
  },
  aws_apigatewayv2_domain_name: {
    service: 'apigateway',
    argument: 'domain_name',
    usual: () => [],
    arns: (name, { account }) =>
      ['', '/*'].map(
        (rest) => text`arn:${account.partition}:apigateway:${account.region}::/domainnames/${name}${rest}`,
      ),
  },
  aws_sesv2_email_identity: {
    service: 'ses',
    argument: 'email_identity',
    usual: () => [],
    arns: (name, { account }) => [account.arn('ses', `identity/${name}`)],
  },
  'data.aws_secretsmanager_secret': {
    service: 'secretsmanager',
    argument: 'name',
    usual: () => [],
    // AWS adds six characters of its own.
    arns: (name, { account }) => [account.arn('secretsmanager', `secret:${name}-??????`)],
  },
  aws_rds_cluster: {
    service: 'secretsmanager',
    argument: 'cluster_identifier',
    usual: () => [],
    // Made by RDS for the master's password, with a name of its choice.
    arns: (_, { account }) => [account.arn('secretsmanager', 'secret:rds!cluster-*')],
  },
  aws_iam_openid_connect_provider: {
    service: 'iam',
    argument: 'url',
    usual: () => [],
    arns: (_, { account }) => [iamArn(account, `oidc-provider/${githubIssuer}`)],
  },
  aws_iam_policy: {
    service: 'iam',
    argument: 'name',
    usual: () => [],
    arns: (name, { account }) => [iamArn(account, `policy/${name}`)],
  },
};

function isGiven(name: Value, usual: GivenName['usual'], scope: Scope): boolean {
  return !usual(scope).some((begin) => {
    const [head = '', tail = ''] = begin.split('*');
    return String(name).startsWith(head) && String(name).includes(tail);
  });
}
