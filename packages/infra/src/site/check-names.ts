import type { Problem } from '@keelson/contract';
import {
  functionName,
  internalName,
  runsTasks,
  searchDomainName,
  servicesBehind,
  type Site,
  tableName,
  usedResources,
} from './site.ts';

interface Name {
  readonly kind: string;
  readonly name: string;
  /** Characters at most. */
  readonly limit: number;
  /** Where it comes from. */
  readonly path: string;
  /** It was written as it is, in the config file. */
  readonly isGiven?: boolean;
}

/** Names that AWS refuses, and names that two things would have. */
export function checkNames(site: Site): Problem[] {
  const names = [...balancerNames(site), ...serviceNames(site), ...resourceNames(site)];
  return [...tooLong(names), ...unfilled(names), ...malformed(names), ...taken(names)];
}

function balancerNames(site: Site): Name[] {
  const at = `environments.${site.environment}`;
  const [hasPublic, hasInternal] = [servicesBehind(site, 'load-balancer'), servicesBehind(site, 'http-api')].map(
    (services) => services.length > 0,
  );
  return [
    ...(hasPublic ? [{ kind: 'load balancer', name: site.prefix, limit: 32, path: at }] : []),
    ...(hasInternal ? [{ kind: 'internal load balancer', name: internalName(site), limit: 32, path: at }] : []),
    ...(hasPublic || hasInternal
      ? [{ kind: 'log bucket', name: `${site.prefix}-load-balancer-logs-000000000000`, limit: 63, path: at }]
      : []),
    ...(runsTasks(site) ? [{ kind: 'role', name: `${site.prefix}-flow-logs`, limit: 64, path: at }] : []),
  ];
}

function serviceNames(site: Site): Name[] {
  const { prefix, services } = site;
  return services.flatMap((service) => {
    const { name, compute, names, given } = service;
    const path = `services.${name}`;
    const group = { kind: 'target group', name: names.targetGroup, limit: 32 };
    const logs = { kind: 'log group', name: names.logGroup, limit: 512 };
    const named = (each: Omit<Name, 'path'>, key: 'targetGroup' | 'logGroup') =>
      given.has(key) ? { ...each, path: `${path}.names.${key}`, isGiven: true } : { ...each, path };
    return [
      ...(compute === 'fargate' ? [named(group, 'targetGroup')] : []),
      ...(compute === 'lambda' ? [{ kind: 'function', name: functionName(site, service), limit: 64, path }] : []),
      named(logs, 'logGroup'),
      {
        kind: 'role',
        name: `${prefix}-${name}-${compute === 'express' ? 'infrastructure' : 'execution'}`,
        limit: 64,
        path,
      },
    ];
  });
}

function resourceNames(site: Site): Name[] {
  return usedResources(site).flatMap((used): Name[] => {
    const { name, resource } = used;
    const path = `resources.${name}`;
    switch (resource.kind) {
      case 'postgres':
        return [
          { kind: 'database instance', name: `${site.prefix}-${name}-00`, limit: 63, path },
          { kind: 'role', name: `${site.prefix}-${name}-migrate-execution`, limit: 64, path },
        ];
      case 'table': {
        const table = { kind: 'table', name: tableName(site, used), limit: 255 };
        return [resource.name === undefined ? { ...table, path } : { ...table, path: `${path}.name`, isGiven: true }];
      }
      case 'tokens':
        return resource.provider === 'cognito'
          ? [{ kind: 'Cognito domain', name: `${site.prefix}-${name}-000000000000`, limit: 63, path }]
          : [];
      case 'log-search': {
        const bucket = `${site.prefix}-${name}-000000000000`;
        return [
          { kind: 'search domain', name: searchDomainName(site), limit: 28, path: `environments.${site.environment}` },
          { kind: 'log bucket', name: bucket, limit: 63, path },
        ];
      }
      default:
        return [];
    }
  });
}

function tooLong(names: readonly Name[]): Problem[] {
  return names
    .filter(({ name, limit }) => name.length > limit)
    .map(({ kind, name, limit, path, isGiven }) => ({
      path,
      message: `the name of the ${kind}, \`${name}\`, is longer than ${limit} characters`,
      hint: isGiven
        ? `Shorten it by ${name.length - limit}.`
        : `Shorten the app, environment or service by ${name.length - limit}.`,
    }));
}

function unfilled(names: readonly Name[]): Problem[] {
  return names
    .filter(({ name }) => /[{}]/.test(name))
    .map(({ name, path }) => ({
      path,
      message: `\`${name}\` has braces left`,
      hint: '`{app}` and `{env}` are filled in, nothing else.',
    }));
}

/** What AWS refuses of names that are written as they are in the config file. */
function malformed(names: readonly Name[]): Problem[] {
  const refused = (kind: string, name: string): string | undefined => {
    if (kind === 'target group' && /^-|-$/.test(name)) return 'begins or ends with a hyphen, and AWS takes none there';
    if (kind === 'log group' && name.startsWith('aws/')) return 'begins with `aws/`, which AWS keeps for itself';
    return undefined;
  };
  return names.flatMap(({ kind, name, path, isGiven }) => {
    const reason = isGiven ? refused(kind, name) : undefined;
    return reason === undefined ? [] : [{ path, message: `\`${name}\` ${reason}`, hint: 'Write another name.' }];
  });
}

function taken(names: readonly Name[]): Problem[] {
  const owners = new Map<string, Name>();
  return names.flatMap((each) => {
    const key = `${each.kind} ${each.name}`;
    const owner = owners.get(key);
    if (!owner) owners.set(key, each);
    if (!owner || owner.path === each.path) return [];
    const message = `\`${each.name}\` is the ${each.kind} of \`${owner.path}\` already`;
    return [{ path: each.path, message, hint: 'Give it a name of its own.' }];
  });
}
