import type { App } from '../app.ts';
import { ingressOf } from '../ingress.ts';
import type { Problem } from '../problem.ts';

/** What the way in which a service runs does not go with. */
export function checkServers(services: App['services']): Problem[] {
  return Object.entries(services).flatMap(([name, service]) => [
    ...lambdaIsBehindHttpApi(name, service),
    ...filesNeedNothing(name, service),
  ]);
}

function lambdaIsBehindHttpApi(name: string, service: App['services'][string]): Problem[] {
  if (service.compute !== 'lambda' || ingressOf(service) === 'http-api') return [];
  const hint = "Leave `ingress` out, or write `compute: 'fargate'`.";
  return [{ path: `services.${name}.ingress`, message: 'a function is behind an HTTP API', hint }];
}

function filesNeedNothing(name: string, { server, uses = [], compute }: App['services'][string]): Problem[] {
  if (server !== 'nginx') return [];
  const path = `services.${name}`;
  return [
    ...(uses.length === 0
      ? []
      : [{ path: `${path}.uses`, message: 'nginx serves files: it uses no resources', hint: 'Leave it out.' }]),
    ...(compute === 'lambda'
      ? [
          {
            path: `${path}.compute`,
            message: 'nginx does not run on Lambda',
            hint: "Write `'fargate'` or `'express'`.",
          },
        ]
      : []),
  ];
}
