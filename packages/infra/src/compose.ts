import type { App, Environment, State } from '@keelson/contract';
import { createStack, type Stack } from './aws/index.ts';
import { account } from './parts/account.ts';
import { aurora, type Aurora } from './parts/aurora.ts';
import { backend } from './parts/backend.ts';
import { cluster } from './parts/cluster.ts';
import { expressService } from './parts/express-service.ts';
import { fargateService } from './parts/fargate-service.ts';
import { type Grant, mergeGrants } from './parts/grant.ts';
import { loadBalancer } from './parts/load-balancer.ts';
import { login } from './parts/login.ts';
import { migrationTask } from './parts/migration-task.ts';
import { network } from './parts/network.ts';
import { operatorValue } from './parts/operator-value.ts';
import { outputs } from './parts/outputs.ts';
import { imageParameters, registries } from './parts/shared.ts';
import { stateBucket } from './parts/state-bucket.ts';
import { tagsOf, versions } from './parts/versions.ts';
import { type Site, type SiteResource, type SiteService, siteOf } from './site/site.ts';

/** `infra/shared`: what all environments use, applied first. */
export function composeShared(app: App): Stack {
  const stack = createStack();
  versions(stack.file('versions.tf'), { region: app.region, hasExpress: false, tags: tagsOf(app.name, 'shared') });
  backend(stack.file('backend.tf'), { state: app.state, region: app.region, key: stateKey(app.name, 'shared') });
  registries(stack.file('registry.tf'), app);
  imageParameters(stack.file('images.tf'), app);
  return stack;
}

/** `infra/state`: the bucket that the others keep their state in; its own state is a file. */
export function composeState(app: App, state: State): Stack {
  const stack = createStack();
  const region = state.region ?? app.region;
  versions(stack.file('versions.tf'), { region, hasExpress: false, tags: tagsOf(app.name, 'state') });
  stateBucket(stack.file('bucket.tf'), state);
  return stack;
}

/** `infra/<environment>`: everything that runs there. */
export function composeEnvironment(app: App, environment: string, settings: Environment): Stack {
  const site = siteOf(app, environment, settings);
  const stack = createStack();
  const uses = (compute: string) => site.services.some((service) => service.compute === compute);

  versions(stack.file('versions.tf'), {
    region: site.region,
    hasExpress: uses('express'),
    tags: tagsOf(site.app, environment),
  });
  backend(stack.file('backend.tf'), { state: app.state, region: site.region, key: stateKey(site.app, environment) });
  const here = account(stack.file('account.tf'), site.region);
  const net = network(stack.file('network.tf'), site, here);
  const ecs = cluster(stack.file('cluster.tf'), site);
  const balancer = uses('fargate') ? loadBalancer(stack.file('load-balancer.tf'), site, here, net) : undefined;

  const databases = new Map<string, { resource: SiteResource; aurora: Aurora }>();
  const grants = new Map<string, (service: SiteService) => Grant>();
  for (const used of usedResources(site)) {
    const { kind } = used.resource;
    if (kind === 'postgres') {
      const made = aurora(stack.file(databaseFile(site, used)), site, here, net, used);
      databases.set(used.name, { resource: used, aurora: made });
      grants.set(used.name, () => made.grant);
    } else if (kind === 'login') {
      grants.set(used.name, login(stack, site, used).grantFor);
    } else {
      const grant = operatorValue(stack, site, used);
      grants.set(used.name, () => grant);
    }
  }

  const services = site.services.flatMap((service) => {
    const grant = mergeGrants(service.uses.flatMap(({ name }) => grants.get(name)?.(service) ?? []));
    const file = stack.file(`${service.name}.tf`);
    const common = { service, account: here, network: net, cluster: ecs, grant };
    if (service.compute === 'express') return [expressService(file, site, common)];
    return balancer ? [fargateService(file, site, { ...common, loadBalancer: balancer })] : [];
  });

  const migrations = new Map(
    [...databases.values()].flatMap(({ resource, aurora: database }) => {
      const service = site.services.find(({ uses: used }) => used.some(({ name }) => name === resource.name));
      const made = services.find(({ name }) => name === service?.name);
      if (!service || !made) return [];
      const args = {
        database: resource,
        aurora: database,
        service,
        image: made.image,
        account: here,
        network: net,
        cluster: ecs,
      };
      return [[resource.name, migrationTask(stack.file('migrate.tf'), site, args)] as const];
    }),
  );
  outputs(stack.file('outputs.tf'), site, { services, migrations });
  return stack;
}

function stateKey(app: string, environment: string): string {
  return `${app}/${environment}/terraform.tfstate`;
}

/** Each resource once, in the order in which services name them. */
function usedResources(site: Site): SiteResource[] {
  const byName = new Map(site.services.flatMap(({ uses }) => uses.map((used) => [used.name, used])));
  return [...byName.values()];
}

function databaseFile(site: Site, { name }: SiteResource): string {
  const databases = usedResources(site).filter(({ resource }) => resource.kind === 'postgres');
  return databases.length === 1 ? 'database.tf' : `database-${name}.tf`;
}
