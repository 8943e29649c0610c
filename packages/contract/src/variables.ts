import type { App } from './app.ts';
import { type ResourceKind, resourceKinds } from './resources/index.ts';
import { type Variable, variable } from './resources/kind.ts';

export type { Variable } from './resources/kind.ts';

/** The variables that every service sees, whatever it uses. */
export const serviceVariables: readonly Variable[] = [
  variable('NODE_ENV', '`production` in AWS, `development` locally'),
  variable('PORT', 'Port the service listens on'),
  variable(
    'PUBLIC_URL',
    "The service's own address, without a path; on ECS Express without a domain `PUBLIC_URL_PARAMETER` names the SSM parameter that holds it",
  ),
  variable(
    'PUBLIC_URL_INSECURE',
    '`1` lets `PUBLIC_URL` start with `http://`: for an ephemeral environment without a domain. Cookies and sign-ins can then be read on the way',
    { optional: true },
  ),
  variable('KEELSON_SERVICE', 'Name of the service in the app'),
  variable('KEELSON_ENVIRONMENT', 'Name of the environment; `local` under `keelson dev`'),
  variable('LOG_LEVEL', 'pino level', { optional: true }),
  variable(
    'TRUSTED_PROXIES',
    'Comma-separated CIDR blocks whose `X-Forwarded-For` entry is believed (the load balancer); absent: none',
    { optional: true },
  ),
  variable(
    'CLIENT_ADDRESS_HEADER',
    "Header in which a trusted proxy tells the caller's address: `x-forwarded-for` (absent: this), `forwarded` (HTTP API) or `x-amzn-request-context` (Lambda)",
    { optional: true },
  ),
  variable('CORS_ORIGINS', 'Comma-separated origins of sites whose pages may call the service; absent: none', {
    optional: true,
  }),
  variable('HOST', 'Address the service listens on; absent: `0.0.0.0` in production, `127.0.0.1` otherwise', {
    optional: true,
  }),
  variable('DOCS', '`1` serves `/openapi.json` and `/docs` in production, `0` hides them anywhere', { optional: true }),
  variable('KEELSON_PRETTY_LOGS', '`1` writes log lines for people instead of JSON; not in production', {
    optional: true,
  }),
];

export interface ResourceContract {
  readonly resource: string;
  readonly kind: ResourceKind;
  /** Alternative sets; exactly one whole set is given. */
  readonly forms: readonly (readonly Variable[])[];
}

export interface ServiceContract {
  readonly service: readonly Variable[];
  readonly resources: readonly ResourceContract[];
}

/** The environment variables that `service` sees: what local and AWS provide and the runtime consumes. */
export function contractOf(app: Pick<App, 'services' | 'resources'>, service: string): ServiceContract {
  const used = (app.services[service]?.uses ?? []).flatMap((name) => {
    const resource = app.resources?.[name];
    return resource ? [{ name, resource }] : [];
  });
  const usedKinds = new Set<string>(used.map(({ resource }) => resource.kind));
  return {
    service: serviceVariables,
    resources: used.map(({ name, resource }) => ({
      resource: name,
      kind: resource.kind,
      forms: resourceKinds[resource.kind].forms({ name: variableName(name, resource), usedKinds }),
    })),
  };
}

function variableName(name: string, resource: { kind: string; variable?: string }): string {
  return resource.variable ?? name;
}
