import {
  type App,
  type Compute,
  type Environment,
  fillName,
  type Ingress,
  ingressOf,
  type PathRule,
  pathRules,
  type Resource,
  type RouteRule,
  type ServerKind,
  type Service,
} from '@keelson/contract';

/** One environment of an app, with every default filled in: what the parts are made from. */
export interface Site {
  readonly app: string;
  readonly environment: string;
  /** `<app>-<environment>`: begins the name of everything made for it. */
  readonly prefix: string;
  readonly region: string;
  readonly ephemeral: boolean;
  readonly logDays: number;
  readonly domain: string | undefined;
  readonly hostedZone: string | undefined;
  /** Whose key encrypts secrets, logs and data. */
  readonly encryption: 'aws' | 'kms';
  readonly network: SiteNetwork;
  readonly database: Readonly<Required<NonNullable<Environment['database']>>>;
  readonly services: readonly SiteService[];
  /** Which paths the public load balancer sends where; the first rule that matches decides. */
  readonly pathRules: readonly PathRule[];
}

export interface SiteNetwork {
  readonly cidr: string;
  readonly zones: number;
  readonly tasks: 'private' | 'public';
  readonly nat: 'none' | 'single' | 'per-zone';
}

export interface SiteService {
  readonly name: string;
  /** As Terraform would have it: `user_api`. */
  readonly id: string;
  readonly compute: Compute;
  readonly server: ServerKind;
  readonly health: string;
  readonly cpu: number;
  readonly memory: number;
  readonly tasks: number;
  readonly maxTasks: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly uses: readonly SiteResource[];
  readonly ingress: Ingress;
  /** What the HTTP API lets through: `GET /v1/shows` → rule. `undefined`: everything. */
  readonly routes: Readonly<Record<string, RouteRule>> | undefined;
  /** Requests per second at the HTTP API. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  readonly corsOrigins: readonly string[];
  readonly names: { readonly logGroup: string; readonly targetGroup: string };
  /** Which of `names` the config file gives. */
  readonly given: ReadonlySet<string>;
}

export interface SiteResource {
  readonly name: string;
  readonly id: string;
  readonly resource: Resource;
}

/** Port in the container: above 1024, because the process is not root. */
export const containerPort = 8080;

export function siteOf(app: App, environment: string, settings: Environment): Site {
  const ephemeral = settings.ephemeral ?? false;
  const services = Object.entries(app.services).map(([name, service]) =>
    siteService(app, environment, name, service, settings),
  );
  return {
    app: app.name,
    environment,
    prefix: `${app.name}-${environment}`,
    region: app.region,
    ephemeral,
    logDays: settings.logDays ?? 14,
    domain: settings.domain,
    hostedZone: hostedZoneOf(settings),
    encryption: settings.encryption ?? 'aws',
    network: networkOf(settings, services, ephemeral),
    database: {
      engine: 'aurora',
      minCapacity: 0,
      maxCapacity: 4,
      pauseAfter: ephemeral ? 300 : 1800,
      instances: 1,
      backupDays: ephemeral ? 1 : 14,
      ...settings.database,
    },
    services,
    pathRules: pathRules(app.services),
  };
}

function siteService(
  app: App,
  environment: string,
  name: string,
  service: Service,
  settings: Environment,
): SiteService {
  const names = { app: app.name, environment };
  const tasks = settings.tasks ?? 1;
  const uses = (service.uses ?? []).flatMap((used) => {
    const resource = app.resources?.[used];
    return resource ? [{ name: used, id: identifier(used), resource }] : [];
  });
  return {
    name,
    id: identifier(name),
    compute: service.compute,
    server: service.server ?? 'node',
    health: service.health ?? '/health',
    cpu: settings.cpu ?? service.cpu ?? 256,
    memory: settings.memory ?? service.memory ?? 512,
    tasks,
    maxTasks: settings.maxTasks ?? tasks * 4,
    architecture: settings.architecture ?? 'x86_64',
    uses,
    ingress: ingressOf(service),
    routes: service.routes,
    throttle: service.throttle ?? { rate: 100, burst: 200 },
    corsOrigins: service.corsOrigins ?? [],
    names: {
      logGroup: fillName(service.names?.logGroup ?? logGroupOf(service.compute, name), names),
      targetGroup: fillName(service.names?.targetGroup ?? `{app}-{env}-${name}`, names),
    },
    given: new Set(Object.keys(service.names ?? {})),
  };
}

/** Where Lambda itself would write, or beside the environment's other logs. */
function logGroupOf(compute: Compute, service: string): string {
  return compute === 'lambda' ? `/aws/lambda/{app}-{env}-${service}` : `/{app}/{env}/${service}`;
}

/** The services on Fargate that requests reach in this way. */
export function servicesBehind({ services }: Site, ingress: Ingress): SiteService[] {
  return services.filter((service) => service.compute === 'fargate' && service.ingress === ingress);
}

/** The services that the HTTP API stands in front of: functions, and those on Fargate that ask for it. */
export function servicesOfApi({ services }: Pick<Site, 'services'>): SiteService[] {
  return services.filter(({ compute, ingress }) => compute !== 'express' && ingress === 'http-api');
}

export function functionsOf({ services }: Pick<Site, 'services'>): SiteService[] {
  return services.filter(({ compute }) => compute === 'lambda');
}

/** Name of a service's function. */
export function functionName({ prefix }: Pick<Site, 'prefix'>, { name }: Pick<SiteService, 'name'>): string {
  return `${prefix}-${name}`;
}

/** Whether a service connects to something inside the network. */
export function needsDatabase({ uses }: Pick<SiteService, 'uses'>): boolean {
  return uses.some(({ resource }) => resource.kind === 'postgres');
}

/** Whether there is a network and a cluster: for tasks of services, or of a database's migrations. */
export function runsTasks({ services }: Pick<Site, 'services'>): boolean {
  return services.some((service) => service.compute !== 'lambda' || needsDatabase(service));
}

/** Name of the load balancer behind the HTTP API. */
export function internalName({ prefix }: Pick<Site, 'prefix'>): string {
  return `${prefix}-internal`;
}

/** Name of the DynamoDB table of a resource. */
export function tableName({ app, environment }: SiteNames, { name, resource }: SiteResource): string {
  const template = resource.kind === 'table' ? resource.name : undefined;
  return fillName(template ?? `{app}-{env}-${name}`, { app, environment });
}

/** What tokens are for: the resource server at Cognito, otherwise the audience. */
export function tokenIdentifier({ app, environment }: SiteNames, { resource }: SiteResource): string {
  const template = resource.kind === 'tokens' ? resource.identifier : undefined;
  return fillName(template ?? 'https://{app}-{env}.api', { app, environment });
}

/** Path at the HTTP API that gives tokens. */
export function tokenPath({ resource }: SiteResource): string {
  return (resource.kind === 'tokens' ? resource.tokenPath : undefined) ?? '/oauth/token';
}

/** Address that mail comes from, with `{app}` and `{domain}` filled in. */
export function mailSender({ app, domain }: Pick<Site, 'app' | 'domain'>, { resource }: SiteResource): string {
  const template = (resource.kind === 'mail' ? resource.from : undefined) ?? 'no-reply@{domain}';
  return template.replaceAll('{app}', app).replaceAll('{domain}', domain ?? '{domain}');
}

/** Name of the OpenSearch domain. */
export function searchDomainName({ prefix }: Pick<Site, 'prefix'>): string {
  return prefix;
}

type SiteNames = Pick<Site, 'app' | 'environment'>;

/** Each resource that a service uses, once, in the order in which services name them. */
export function usedResources({ services }: Pick<Site, 'services'>): SiteResource[] {
  const byName = new Map(services.flatMap(({ uses }) => uses.map((used) => [used.name, used])));
  return [...byName.values()];
}

function networkOf({ network }: Environment, services: readonly SiteService[], ephemeral: boolean): SiteNetwork {
  const tasks = network?.tasks ?? (services.some(({ compute }) => compute === 'express') ? 'public' : 'private');
  const nat = tasks === 'public' ? 'none' : ephemeral ? 'single' : 'per-zone';
  return { cidr: network?.cidr ?? '10.0.0.0/16', zones: network?.zones ?? 2, tasks, nat: network?.nat ?? nat };
}

/** The hosted zone that holds the environment's `domain`. */
export function hostedZoneOf({ domain, hostedZone }: Environment): string | undefined {
  return hostedZone ?? parentDomain(domain);
}

/** `app.example.com` → `example.com`; `example.com` is a zone itself. */
function parentDomain(domain: string | undefined): string | undefined {
  const labels = domain?.split('.') ?? [];
  return labels.length > 2 ? labels.slice(1).join('.') : domain;
}

/** `user-api` and `userApi` → `user_api`. */
export function identifier(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
