import { type App, ingressOf } from '@keelson/contract';
import type { Io } from '../../io.ts';
import { style } from '../../style.ts';

/**
 * Says where a sign-in cannot work: Google sends people back to https alone, but to localhost, and a load balancer without a
 * domain has none.
 * @param only the only environment asked for
 */
export function notePlainHttp(io: Io, app: App, only: string | undefined): void {
  const service = googleAtLoadBalancer(app);
  const names = Object.entries(app.environments ?? {}).flatMap(([name, { domain }]) =>
    domain === undefined && (only === undefined || only === name) ? [name] : [],
  );
  if (service === undefined || names.length === 0) return;
  const { yellow } = style(io.stdout, io.env);
  const domains = names.map((name) => `environments.${name}.domain`).join(', ');
  io.stdout.write(
    `\n${yellow('note')} Nobody can sign in to ${names.join(', ')}: without a domain its load balancer is at http://, and Google sends people back to https:// alone.\n` +
      `     Give it one (${domains}), or give services.${service} \`ingress: 'http-api'\`, whose address is https://.\n`,
  );
}

/** Lambda, an HTTP API and ECS Express have an https address of their own. */
function googleAtLoadBalancer({ services, resources = {} }: App): string | undefined {
  const isGoogle = (name: string) => {
    const resource = resources[name];
    return resource?.kind === 'login' && resource.provider === 'google';
  };
  return Object.entries(services).find(
    ([, service]) =>
      service.compute === 'fargate' && ingressOf(service) === 'load-balancer' && (service.uses ?? []).some(isGoogle),
  )?.[0];
}
