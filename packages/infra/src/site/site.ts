import type { App, Compute, Environment, Resource, Service } from '@keelson/contract';

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
  readonly network: SiteNetwork;
  readonly database: Readonly<Required<NonNullable<Environment['database']>>>;
  readonly services: readonly SiteService[];
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
  readonly health: string;
  readonly cpu: number;
  readonly memory: number;
  readonly tasks: number;
  readonly maxTasks: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly uses: readonly SiteResource[];
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
  const services = Object.entries(app.services).map(([name, service]) => siteService(app, name, service, settings));
  return {
    app: app.name,
    environment,
    prefix: `${app.name}-${environment}`,
    region: app.region,
    ephemeral,
    logDays: settings.logDays ?? 14,
    domain: settings.domain,
    hostedZone: settings.hostedZone ?? parentDomain(settings.domain),
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
  };
}

function siteService(app: App, name: string, service: Service, settings: Environment): SiteService {
  const tasks = settings.tasks ?? 1;
  const uses = (service.uses ?? []).flatMap((used) => {
    const resource = app.resources?.[used];
    return resource ? [{ name: used, id: identifier(used), resource }] : [];
  });
  return {
    name,
    id: identifier(name),
    compute: service.compute,
    health: service.health ?? '/health',
    cpu: settings.cpu ?? service.cpu ?? 256,
    memory: settings.memory ?? service.memory ?? 512,
    tasks,
    maxTasks: settings.maxTasks ?? tasks * 4,
    architecture: settings.architecture ?? 'x86_64',
    uses,
  };
}

function networkOf({ network }: Environment, services: readonly SiteService[], ephemeral: boolean): SiteNetwork {
  const tasks = network?.tasks ?? (services.some(({ compute }) => compute === 'express') ? 'public' : 'private');
  const nat = tasks === 'public' ? 'none' : ephemeral ? 'single' : 'per-zone';
  return { cidr: network?.cidr ?? '10.0.0.0/16', zones: network?.zones ?? 2, tasks, nat: network?.nat ?? nat };
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
