import type { Stack } from '../../aws/index.ts';
import { isList, isValueObject, type Value } from '../../hcl/index.ts';
import { dnsStatements } from './dns.ts';
import { keyStatements, keyUse, usesKey } from './keys.ts';
import { networkActions } from './network.ts';
import { accessTo, existingSecrets, madeIn, resourcesIn, serviceOf, sorted, wordOf } from './own.ts';
import { readsIn, readStatements } from './read-statements.ts';
import type { Scope } from './services.ts';
import { everything, type Statement } from '../access/policy.ts';

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
      const { manage = ['*'], defaults = () => [] } = accessTo(service);
      if (manage.length === 0) return [];
      const actions = manage.map((action) => `${service}:${action}`);
      const resources = [...madeIn(service, scope, [stack]), ...defaults(scope)];
      return [{ sid: `Manage${wordOf(service)}`, actions, resources }];
    }),
    ...keyStatements(made, scope),
    ...dnsStatements(stack, scope),
    ...readsBeside(made, stack, scope),
    withoutNames(made, stack),
  ];
}

/**
 * The most that what is made in the environment can be given: where things have names, the services in use on its own things; where
 * they have only ids, what its roles are given.
 */
export function ceilingStatements(stack: Stack, scope: Scope): Statement[] {
  const running = runningActions(stack);
  const used = usedServices(stack);
  const byId = used.filter((service) => accessTo(service).ids);
  // Roles have statements of their own.
  const named = used.filter((service) => service !== 'iam' && !accessTo(service).ids);
  return [
    {
      // One statement for all: a policy that limits has 6,144 characters at most.
      sid: 'UseOwnThings',
      actions: named.flatMap((service) => (accessTo(service).most ?? ['*']).map((action) => `${service}:${action}`)),
      resources: named.flatMap((service) => madeIn(service, scope, [stack])),
    },
    ...existingSecrets(stack, scope, ['secretsmanager:GetSecretValue']),
    ...keyUse(used, scope),
    withoutNames(
      named,
      stack,
      running.filter((action) => byId.includes(serviceOf(action)) && !usesKey(action)).map(inShort),
    ),
  ];
}

/** The services that Terraform is for: on what, its own policy says, which it cannot change. */
export function wholeServices(stack: Stack): Statement {
  const used = sorted([...usedServices(stack), 's3']).filter((service) => service !== 'iam' && service !== 'ec2');
  return {
    sid: 'ServicesInUse',
    actions: [...used.map((service) => `${service}:*`), ...networkActions().map((action) => `ec2:${action}`)],
    resources: everything('On what, the policy of the role says, which it cannot change.'),
  };
}

/** What is only read there: an image's parameter, a secret that others made. */
function readsBeside(made: readonly string[], stack: Stack, scope: Scope): Statement[] {
  const reads = readStatements([stack], scope).filter(
    ({ actions, resources }) =>
      !('reason' in resources) && !actions.every((action) => made.includes(serviceOf(action))),
  );
  return made.includes('secretsmanager') ? [...reads, ...existingSecrets(stack, scope)] : reads;
}

function withoutNames(used: readonly string[], stack: Stack, whole: readonly string[] = []): Statement {
  const listed = readsIn([stack]).flatMap(({ anywhere = [] }) => anywhere);
  const more = used.flatMap((service) =>
    (accessTo(service).anywhere ?? []).map((action) => (action.includes(':') ? action : `${service}:${action}`)),
  );
  const all = sorted([...(whole.length === 0 ? listed : listed.map(inShort)), ...more, ...whole]);
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

/** Of a limit, `acm:DescribeCertificate` is `acm:Describe*`. */
function inShort(action: string): string {
  return action.replace(/:(Describe|List)\w+$/, ':$1*');
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

/** Services of AWS in which the directory makes something, or that its roles use. */
export function usedServices(stack: Stack): string[] {
  return sorted([...madeServices(stack), ...runningActions(stack).map(serviceOf)]);
}

/** What its roles are given for running and delivering the app. */
function runningActions(stack: Stack): string[] {
  const policies = ['aws_iam_policy', 'aws_iam_role_policy'];
  return resourcesIn([stack])
    .filter(({ kind, type }) => kind === 'resource' && policies.includes(type))
    .flatMap(({ args }) => actionsIn(args['policy']));
}

function actionsIn(policy: Value | undefined): string[] {
  const [document = null] = (policy as unknown as { readonly args: readonly Value[] }).args;
  const statements = isValueObject(document) ? document['Statement'] : undefined;
  const list = statements !== undefined && isList(statements) ? statements : [];
  return list.flatMap((statement) => (statement as { Action: string | string[] }).Action);
}
