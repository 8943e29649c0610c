import type { App } from '../app.ts';
import type { Problem } from '../problem.ts';
import { contractOf } from '../variables.ts';
import { checkAccounts } from './accounts.ts';
import { checkLogin } from './login.ts';
import { checkOrigins } from './origins.ts';
import { checkPaths } from './paths.ts';
import { checkScopes } from './scopes.ts';
import { checkServers } from './servers.ts';
import type { Soundness } from './sound.ts';
import { checkTables } from './tables.ts';
import { didYouMean } from './words.ts';

/** The port a service is reached on locally when it names none. */
export const defaultPort = 8000;

/** Environment names that already mean something: `keelson dev` itself, and the folders infra/shared and infra/state. */
const reservedEnvironments = new Set(['local', 'shared', 'state']);

type Parts = Pick<App, 'services' | 'resources'>;

/** An app of which parts may have the wrong shape. */
export interface CheckedParts {
  /** Those whose named settings have the right shape. */
  readonly services: (...settings: (keyof App['services'][string])[]) => App['services'];
  /** Those of the right shape. */
  readonly resources: NonNullable<App['resources']>;
  /** Every resource and every environment that was named, those of the wrong shape too. */
  readonly resourceNames: readonly string[];
  readonly environments: readonly string[];
  readonly sound: Soundness;
}

/** What a schema cannot say: names that must exist, and things that must differ. */
export function checkReferences({ services, resources, resourceNames, environments, sound }: CheckedParts): Problem[] {
  const users = { services: services('uses'), resources };
  return [
    ...knownResources(users, resourceNames),
    ...differentPorts(services('port')),
    ...differentVariables(users),
    ...checkAccounts(users, resourceNames),
    ...checkLogin(loginParts(services, resources)),
    ...checkOrigins(services('corsOrigins')),
    ...checkPaths(services('compute', 'ingress', 'paths')),
    ...checkScopes({ services: services('uses', 'compute', 'ingress'), resources }, sound),
    ...checkServers(services('uses', 'server', 'compute', 'ingress')),
    ...checkTables(resources),
    ...freeEnvironmentNames(environments),
  ];
}

/** Any service may be the one that gets a path: where one has the wrong shape, no way is judged. */
function loginParts(services: CheckedParts['services'], resources: CheckedParts['resources']) {
  const sound = services('uses', 'routes', 'paths', 'compute', 'ingress');
  const isComplete = Object.keys(sound).length === Object.keys(services()).length;
  return { services: isComplete ? sound : {}, resources };
}

function knownResources(app: Parts, names: readonly string[]): Problem[] {
  return Object.entries(app.services).flatMap(([service, { uses = [] }]) =>
    uses.flatMap((name, index) => {
      const path = `services.${service}.uses.${index}`;
      if (!names.includes(name)) {
        const hint = didYouMean(name, names) || 'Add it under `resources`.';
        return [{ path, message: `there is no resource \`${name}\``, hint }];
      }
      return uses.indexOf(name) < index ? [{ path, message: `\`${name}\` is listed twice`, hint: 'Remove one.' }] : [];
    }),
  );
}

function differentPorts(services: App['services']): Problem[] {
  const owners = new Map<number, string>();
  return Object.entries(services).flatMap(([service, { port = defaultPort }]) => {
    const owner = owners.get(port);
    if (owner !== undefined) {
      const hint = `Give it a port of its own, for example ${port + owners.size}.`;
      return [{ path: `services.${service}.port`, message: `${port} is the port of \`${owner}\` already`, hint }];
    }
    owners.set(port, service);
    return [];
  });
}

/** Two resources that give a service the same variable would overwrite one another. */
function differentVariables(app: Parts): Problem[] {
  return Object.keys(app.services).flatMap((service) => {
    const contract = contractOf(app, service);
    const owners = new Map(contract.service.map(({ name }) => [name, 'Keelson itself']));
    const problems: Problem[] = [];
    for (const { resource, forms } of contract.resources) {
      // The AWS SDK's own variables (region, endpoint) are the same for every resource.
      const names = new Set(
        forms
          .flat()
          .map(({ name }) => name)
          .filter((name) => !name.startsWith('AWS_')),
      );
      const taken = [...names].find((name) => owners.has(name) && owners.get(name) !== resource);
      if (taken !== undefined) {
        const hint = 'Use one of them in this service, or split the service in two.';
        const message = `\`${resource}\` would set ${taken}, which comes from ${owner(owners.get(taken))} already`;
        problems.push({ path: `services.${service}.uses`, message, hint });
      }
      for (const name of names) if (!owners.has(name)) owners.set(name, resource);
    }
    return problems;
  });
}

function owner(name: string | undefined): string {
  return name === 'Keelson itself' ? name : `\`${name}\``;
}

function freeEnvironmentNames(environments: readonly string[]): Problem[] {
  return environments
    .filter((name) => reservedEnvironments.has(name))
    .map((name) => ({
      path: `environments.${name}`,
      message: `\`${name}\` is a name that Keelson uses itself`,
      hint: 'Choose another, for example `dev`.',
    }));
}
