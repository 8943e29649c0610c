import type { Stack } from '../aws/index.ts';
import { isList, isValueObject, text, type Value } from '../hcl/index.ts';
import { accessTo, ownIn, resourcesIn, serviceOf, sorted, wordOf } from './github-own.ts';
import { readsIn, readStatements } from './github-read-statements.ts';
import type { Scope } from './github-services.ts';
import { everything, type Statement } from './policy.ts';

/** What making something in one service takes of another one. */
const together: Readonly<Record<string, readonly string[]>> = {
  // Scaling watches alarms of its own.
  'application-autoscaling': ['cloudwatch'],
  // Functions have images.
  lambda: ['ecr'],
  // A namespace is a hosted zone.
  servicediscovery: ['route53'],
};

/** Terraform itself: makes, changes and removes what is in the environment, but no roles; what it does not make it reads. */
export function manageStatements(stack: Stack, scope: Scope): Statement[] {
  const made = madeServices(stack);
  return [
    ...made.flatMap((service) => {
      const { manage = ['*'] } = accessTo(service);
      if (manage.length === 0) return [];
      const actions = manage.map((action) => `${service}:${action}`);
      return [{ sid: `Manage${wordOf(service)}`, actions, resources: ownIn(service, scope, [stack]) }];
    }),
    ...throughServices(made, scope),
    ...(made.includes('servicediscovery') ? [privateZone(scope)] : []),
    ...readsBeside(made, stack, scope),
    withoutNames(made, stack),
  ];
}

/** The most that anything in the environment can be given: all of the services that it uses, where its own things are. */
export function ceilingStatements(stack: Stack, scope: Scope): Statement[] {
  const used = sorted([...madeServices(stack), ...runningServices(stack)]);
  const byId = used.filter((service) => accessTo(service).ids === 'all' && accessTo(service).manage?.length !== 0);
  // Roles have statements of their own.
  const named = used.filter((service) => service !== 'iam' && accessTo(service).ids !== 'all');
  return [
    {
      // One statement for all: a policy that limits has 6,144 characters at most.
      sid: 'UseOwnThings',
      actions: named.flatMap((service) => (accessTo(service).most ?? ['*']).map((action) => `${service}:${action}`)),
      resources: named.flatMap((service) => ownIn(service, scope, [stack])),
    },
    ...readsBeside([...used, 'iam'], stack, scope),
    withoutNames(
      used,
      stack,
      byId.map((service) => `${service}:*`),
    ),
  ];
}

/** Whoever writes a secret uses its key, through Secrets Manager; nothing is decrypted in another way. */
function throughServices(made: readonly string[], { account }: Scope): Statement[] {
  if (!made.includes('kms')) return [];
  return [
    {
      sid: 'UseKeyThroughServices',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: [account.arn('kms', 'key/*')],
      condition: { StringLike: { 'kms:ViaService': `*.${account.region}.amazonaws.com` } },
    },
  ];
}

/** Cloud Map makes the hosted zone of a namespace for whoever makes the namespace. */
function privateZone({ account }: Scope): Statement {
  return {
    sid: 'KeepPrivateZone',
    actions: ['route53:AssociateVPCWithHostedZone', 'route53:DeleteHostedZone'],
    resources: [text`arn:${account.partition}:route53:::hostedzone/*`],
  };
}

/** What is only read there: an image's parameter, a secret that others made. */
function readsBeside(made: readonly string[], stack: Stack, scope: Scope): Statement[] {
  return readStatements([stack], scope).filter(
    ({ actions, resources }) =>
      !('reason' in resources) && !actions.every((action) => made.includes(serviceOf(action))),
  );
}

function withoutNames(used: readonly string[], stack: Stack, whole: readonly string[] = []): Statement {
  const listed = readsIn([stack]).flatMap(({ anywhere = [] }) => anywhere);
  const more = used.flatMap((service) =>
    (accessTo(service).anywhere ?? []).map((action) => (action.includes(':') ? action : `${service}:${action}`)),
  );
  const all = sorted([...listed, ...more, ...whole]);
  return {
    sid: 'WithoutNames',
    actions: all.filter((action) => !all.some((other) => other !== action && isCovered(action, other))),
    resources: everything('AWS has no resource level for them, or makes the ids itself.'),
  };
}

/** `ec2:*Vpc*` has `ec2:DescribeVpcs` in it. */
function isCovered(action: string, pattern: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return false;
  const [head = '', ...rest] = parts;
  return action.startsWith(head) && rest.every((part) => action.slice(head.length).includes(part));
}

/** Services of AWS in which the directory makes something. */
export function madeServices(stack: Stack): string[] {
  const made = resourcesIn([stack])
    .filter(({ kind }) => kind === 'resource')
    .flatMap((resource) => {
      const [{ own = [], anywhere = [] } = {}] = readsIn([{ declarations: [resource] }]);
      // The first is of the service that the thing belongs to.
      return [...own, ...anywhere].slice(0, 1).map(serviceOf);
    });
  return sorted(made.flatMap((service) => [service, ...(together[service] ?? [])]));
}

/** Services that its roles use while the app runs, or is delivered. */
function runningServices(stack: Stack): string[] {
  return resourcesIn([stack])
    .filter(({ kind, type }) => kind === 'resource' && type === 'aws_iam_role_policy')
    .flatMap(({ args }) => actionsIn(args['policy']).map(serviceOf));
}

function actionsIn(policy: Value | undefined): string[] {
  const [document = null] = (policy as unknown as { readonly args: readonly Value[] }).args;
  const statements = isValueObject(document) ? document['Statement'] : undefined;
  const list = statements !== undefined && isList(statements) ? statements : [];
  return list.flatMap((statement) => (statement as { Action: string | string[] }).Action);
}
