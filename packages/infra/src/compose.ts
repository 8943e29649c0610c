import type { App, Environment, State } from '@keelson/contract';
import { createStack, type Stack } from './aws/index.ts';
import { account } from './parts/account.ts';
import { backend } from './parts/backend.ts';
import { cluster } from './parts/compute/cluster.ts';
import { codeBuild } from './parts/aws-delivery/build.ts';
import { codePipelines } from './parts/aws-delivery/pipeline.ts';
import { encryption } from './parts/secrets/encryption.ts';
import { expressService } from './parts/compute/express-service.ts';
import { fargateService } from './parts/compute/fargate-service.ts';
import { withBoundary } from './parts/github/boundary.ts';
import { githubDeploy } from './parts/github/deploy.ts';
import { isFromGitHub } from './parts/github/names.ts';
import { githubActions } from './parts/github/shared.ts';
import { ingresses } from './parts/ingress/ingresses.ts';
import { lambdaFunction } from './parts/compute/lambda-function.ts';
import { migrationTask } from './parts/compute/migration-task.ts';
import { networkOutputs } from './parts/network/network-outputs.ts';
import { network } from './parts/network/network.ts';
import { onceNeeded } from './parts/once-needed.ts';
import { outputs } from './parts/outputs.ts';
import { resources } from './parts/resources.ts';
import { serviceFile } from './parts/compute/service-file.ts';
import { imageParameters, registries } from './parts/shared.ts';
import { stateBucket } from './parts/state-bucket.ts';
import { tagsOf, versions } from './parts/versions.ts';
import { hostedZone, zones } from './parts/network/zones.ts';
import { runsTasks, siteOf } from './site/site.ts';

/** `infra/shared`: what all environments use, applied first. */
export function composeShared(app: App): Stack {
  const stack = createStack();
  versions(stack.file('versions.tf'), { region: app.region, hasExpress: false, tags: tagsOf(app.name, 'shared') });
  backend(stack.file('backend.tf'), { state: app.state, region: app.region, key: stateKey(app.name, 'shared') });
  const here = onceNeeded(() => account(stack.file('account.tf'), app.region));
  registries(stack.file('registry.tf'), app, here);
  imageParameters(stack.file('images.tf'), app);
  codePipelines(stack, app, here);
  zones(stack, app);
  githubActions(stack, app, {
    account: here,
    environments: () =>
      Object.entries(app.environments ?? {}).map(([name, settings]) => ({
        site: siteOf(app, name, settings),
        stack: composeEnvironment(app, name, settings),
        stateKey: stateKey(app.name, name),
      })),
  });
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
  const stack = withBoundary(createStack(), app);
  const uses = (compute: string) => site.services.some((service) => service.compute === compute);

  versions(stack.file('versions.tf'), {
    region: site.region,
    hasExpress: uses('express'),
    readsNoSecrets: isFromGitHub(app),
    tags: tagsOf(site.app, environment),
  });
  backend(stack.file('backend.tf'), { state: app.state, region: site.region, key: stateKey(site.app, environment) });
  const here = account(stack.file('account.tf'), site.region);
  const net = onceNeeded(() => network(stack.file('network.tf'), site, here));
  encryption(stack, site, here);
  const ecs = onceNeeded(() => cluster(stack.file('cluster.tf'), site));
  const zone = onceNeeded(() => hostedZone(stack.file('domain.tf'), site));
  const made = resources(stack, site, { account: here, network: net, cluster: ecs, zone });
  const ways = ingresses(stack, site, { account: here, network: net, tokens: made.tokens, zone });

  const services = site.services.flatMap((service) => {
    const file = stack.file(serviceFile(service.name));
    const common = { service, account: here, grant: made.grantFor(service) };
    const api = ways['http-api'];
    if (service.compute === 'lambda') return api ? [lambdaFunction(file, site, { ...common, network: net, api })] : [];
    const inside = { ...common, network: net(), cluster: ecs() };
    if (service.compute === 'express') return [expressService(file, site, inside)];
    const ingress = service.ingress === 'http-api' ? api?.balanced : ways['load-balancer'];
    return ingress ? [fargateService(file, site, { ...inside, ingress })] : [];
  });

  const migrations = new Map(
    made.databases.flatMap(({ resource, database }) => {
      const service = site.services.find(({ uses: used }) => used.some(({ name }) => name === resource.name));
      const image = services.find(({ name }) => name === service?.name)?.image;
      if (!service || !image) return [];
      const args = { resource, database, service, image, account: here, network: net(), cluster: ecs() };
      return [[resource.name, migrationTask(stack.file('migrate.tf'), site, args)] as const];
    }),
  );
  outputs(stack.file('outputs.tf'), site, { services, migrations, resources: made, ingresses: ways });
  const delivery = { account: here, migrations: [...migrations.keys()], stateKey: stateKey(site.app, environment) };
  githubDeploy(stack, app, site, { ...delivery, cluster: ecs });
  if (!runsTasks(site)) return stack;
  networkOutputs(stack.file('outputs.tf'), net(), ways['load-balancer']);
  codeBuild(stack, app, site, { ...delivery, cluster: ecs() });
  return stack;
}

function stateKey(app: string, environment: string): string {
  return `${app}/${environment}/terraform.tfstate`;
}
