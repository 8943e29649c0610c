import type { App } from '../app.ts';
import { ingressOf } from '../ingress.ts';
import { matchesPath, pathRules } from '../paths.ts';
import type { Problem } from '../problem.ts';

type Services = App['services'];

/** What the load balancer cannot do with the services' paths. */
export function checkPaths(services: Services): Problem[] {
  return [...onlyAtLoadBalancer(services), ...reachable(services)];
}

function onlyAtLoadBalancer(services: Services): Problem[] {
  return Object.entries(services)
    .filter(([, service]) => service.paths !== undefined)
    .filter(([, service]) => service.compute !== 'fargate' || ingressOf(service) !== 'load-balancer')
    .map(([name, { compute }]) => ({
      path: `services.${name}.paths`,
      message: 'means something to a load balancer that several services on Fargate share, and this service has none',
      hint:
        compute === 'fargate'
          ? "Write `routes` for the HTTP API, or `ingress: 'load-balancer'`."
          : "Leave it out, or write `compute: 'fargate'`.",
    }));
}

/** A pattern that an earlier rule takes whole gets no request. */
function reachable(services: Services): Problem[] {
  const earlier: { service: string; pattern: string }[] = [];
  return pathRules(services).flatMap(({ service, patterns }) =>
    patterns.flatMap((pattern) => {
      const first = earlier.find((each) => covers(each.pattern, pattern));
      earlier.push({ service, pattern });
      if (!first || services[service]?.paths === undefined) return [];
      // The other way round nothing would be gained where each takes whatever the other does.
      const isSame = covers(pattern, first.pattern) || pattern === first.pattern;
      const hint =
        first.service === service
          ? 'Remove one.'
          : isSame
            ? `Remove it here or from \`${first.service}\`.`
            : `Write \`${service}\` before \`${first.service}\`.`;
      const message = `\`${pattern}\` gets no request: \`${first.pattern}\` of \`${first.service}\` takes them all`;
      return [{ path: `services.${service}.paths`, message, hint }];
    }),
  );
}

/** Whether whatever matches `inner` matches `outer` too: a `*` of `inner` is a character like any other to `outer`'s. */
function covers(outer: string, inner: string): boolean {
  return !outer.includes('?') && matchesPath(outer, inner);
}
