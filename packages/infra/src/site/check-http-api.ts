import type { Problem } from '@keelson/contract';
import { zonesForLinks } from './link-zones.ts';
import { preflights, routeShape } from './preflights.ts';
import { type Site, type SiteService, servicesBehind, servicesOfApi, tokenPath, usedResources } from './site.ts';

/** Routes of an HTTP API. Source: AWS, Quotas for HTTP APIs. */
const maxRoutes = 300;

/** What API Gateway cannot do: one HTTP API stands in front of all services that ask for one. */
export function checkHttpApi(site: Site): Problem[] {
  const services = servicesOfApi(site);
  return [
    ...site.services.flatMap(notInFrontOfExpress),
    ...differentRoutes(services),
    ...fewRoutes(services),
    ...sameOrigins(services),
    ...(servicesBehind(site, 'http-api').length === 0 ? [] : enoughZones(site)),
  ];
}

function notInFrontOfExpress({ name, compute, ingress }: SiteService): Problem[] {
  if (compute !== 'express' || ingress !== 'http-api') return [];
  return [
    {
      path: `services.${name}.ingress`,
      message: 'Express Mode brings its own load balancer, which no HTTP API can stand in front of',
      hint: "Write `compute: 'fargate'`, or leave `ingress` out.",
    },
  ];
}

function differentRoutes(services: readonly SiteService[]): Problem[] {
  const owners = new Map(tokenRoutes(services).map(([route, resource]) => [route, `the tokens \`${resource}\``]));
  return services.flatMap((service) =>
    Object.keys(service.routes ?? { $default: 'public' }).flatMap((route) => {
      const shape = routeShape(route);
      const owner = owners.get(shape);
      if (owner === undefined) {
        owners.set(shape, `\`${service.name}\``);
        return [];
      }
      if (route === '$default') {
        const hint = 'Give it `routes`: one service alone can have everything.';
        const message = `everything goes to ${owner} already, which has no \`routes\` either`;
        return [{ path: `services.${service.name}.routes`, message, hint }];
      }
      const message = `is a route of ${owner} already, and there is one HTTP API`;
      return [{ path: `services.${service.name}.routes.${route}`, message, hint: 'Give it another path.' }];
    }),
  );
}

function tokenRoutes(services: readonly SiteService[]): [route: string, resource: string][] {
  return usedResources({ services }).flatMap((used): [string, string][] =>
    used.resource.kind === 'tokens' && used.resource.provider === 'cognito'
      ? [[`POST ${tokenPath(used)}`, used.name]]
      : [],
  );
}

function fewRoutes(services: readonly SiteService[]): Problem[] {
  const own = services.flatMap((service) => [...Object.keys(service.routes ?? {}), ...preflights(service, services)]);
  const count = own.length + tokenRoutes(services).length;
  const [first] = services;
  if (!first || count <= maxRoutes) return [];
  const hint = 'Join some: `{name}` stands for a part of a path, `{name+}` for the rest, `ANY` for every method.';
  const message = `an HTTP API has ${maxRoutes} routes at most; these are ${count}`;
  return [{ path: `services.${first.name}.routes`, message, hint }];
}

function enoughZones({ environment, region, network }: Site): Problem[] {
  const zones = zonesForLinks(region);
  if (network.zones <= zones) return [];
  const message = `API Gateway reaches only ${zones} zones of ${region}`;
  return [{ path: `environments.${environment}.network.zones`, message, hint: `Write ${zones}, or leave it out.` }];
}

/** CORS is a setting of the whole API: a site that one service trusts would be let through to the others. */
function sameOrigins(services: readonly SiteService[]): Problem[] {
  const [first, ...others] = services;
  const originsOf = (service: SiteService) => service.corsOrigins.toSorted().join(' ');
  return others
    .filter((service) => first && originsOf(service) !== originsOf(first))
    .map(({ name }) => ({
      path: `services.${name}.corsOrigins`,
      message: `differ from those of \`${first?.name}\`, and the HTTP API has one list for all`,
      hint: 'Write the same list for both.',
    }));
}
