import type { App } from '../app.ts';
import { ingressOf } from '../ingress.ts';
import type { Problem } from '../problem.ts';
import type { Soundness } from './sound.ts';
import { didYouMean } from './words.ts';

type Parts = Pick<App, 'services' | 'resources'>;

/** Scopes that are named must be scopes that some tokens carry, at clients as at routes. */
export function checkScopes(app: Parts, sound: Soundness): Problem[] {
  return [...clientScopes(app), ...Object.keys(app.services).flatMap((service) => routes(app, service, sound))];
}

function clientScopes({ resources = {} }: Parts): Problem[] {
  return Object.entries(resources).flatMap(([name, resource]) =>
    resource.kind !== 'tokens'
      ? []
      : Object.entries(resource.clients ?? {}).flatMap(([client, scopes]) =>
          unknownScopes(scopes, Object.keys(resource.scopes), `resources.${name}.clients.${client}`),
        ),
  );
}

/** A route of the wrong shape is left out, and keeps no other from being looked at. */
function routes({ services, resources = {} }: Parts, name: string, sound: Soundness): Problem[] {
  const service = services[name];
  const path = `services.${name}.routes`;
  if (!service?.routes || !sound.itself(path)) return [];
  if (ingressOf(service) !== 'http-api') {
    const hint = "Add `ingress: 'http-api'`, or leave `routes` out: the service itself decides who may call what.";
    return [{ path, message: 'a load balancer looks at no tokens', hint }];
  }
  // One that is not there, or has the wrong shape, may be the tokens that are missed: its own problem comes first.
  if (service.uses?.some((used) => !resources[used])) return [];
  const tokens = (service.uses ?? []).flatMap((used) => {
    const resource = resources[used];
    return resource?.kind === 'tokens' ? [resource] : [];
  });
  const known = tokens.flatMap(({ scopes }) => Object.keys(scopes));
  return Object.entries(service.routes).flatMap(([route, rule]) => {
    if (rule === 'public' || !sound.whole(`${path}.${route}`)) return [];
    if (tokens.length > 0) return unknownScopes(rule.scopes, known, `${path}.${route}`);
    const hint = "Add a resource of the kind `tokens` to the service's `uses`, or write `'public'`.";
    return [{ path: `${path}.${route}`, message: 'nobody says whose tokens are taken', hint }];
  });
}

function unknownScopes(scopes: readonly string[], known: readonly string[], path: string): Problem[] {
  return scopes
    .filter((scope) => !known.includes(scope))
    .map((scope) => ({ path, message: `there is no scope \`${scope}\``, hint: didYouMean(scope, known) }));
}
