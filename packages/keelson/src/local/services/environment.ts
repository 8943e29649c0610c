import { type App, contractOf, ingressOf, serviceVariables } from '@keelson/contract';
import type { Environment } from '../../config/environment.ts';
import type { LocalPart } from '../part.ts';

/** What a process needs of the machine, whatever it does. The rest of the shell's variables stay out. */
const basics =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP|NODE_OPTIONS|NODE_EXTRA_CA_CERTS|NODE_V8_COVERAGE|SSL_CERT_(FILE|DIR)|HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy|AWS_.*|SystemRoot|SystemDrive|windir|ComSpec|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|ProgramData|ProgramFiles.*)$/;

/** Those of a shell's variables that every process needs. */
export function basicVariables(shell: Environment['env']): Record<string, string> {
  return picked(
    shell,
    Object.keys(shell).filter((name) => basics.test(name)),
  );
}

export interface ServiceEnvironmentOptions {
  readonly app: App;
  readonly service: string;
  readonly given: Environment;
  /** Running parts by resource name; `''` is what login brings itself. */
  readonly parts: ReadonlyMap<string, LocalPart>;
  readonly publicUrl: string;
}

/** Exactly the service's contract, the machine's basics, and what the user's `.env` has beyond the contract. */
export function serviceEnvironment(options: ServiceEnvironmentOptions): Record<string, string> {
  const { app, service, given, parts, publicUrl } = options;
  const extra = [...given.fileNames].filter((name) => !contractNames(app).has(name));
  return {
    ...basicVariables(given.env),
    ...origins(corsOriginsOf(app, service, given)),
    ...picked(given.env, [...extra, ...chosen(given)]),
    ...Object.assign({}, ...usedParts(app, service, parts).map((part) => part.env)),
    // The SDK would tell everyone on Node 20 which Node it wants in 2027; images run a newer one.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NODE_ENV: 'development',
    // Any free port; the service tells which, and the gateway finds it there.
    PORT: '0',
    PUBLIC_URL: publicUrl,
    KEELSON_SERVICE: service,
    KEELSON_ENVIRONMENT: 'local',
    TRUSTED_PROXIES: '127.0.0.1/32',
    ...clientAddress(app, service),
  };
}

/** Sites whose pages may call a service: what the config file says, unless the user's `.env` says something else. */
export function corsOriginsOf({ services }: App, service: string, { env, fileNames }: Environment): string[] {
  if (!fileNames.has('CORS_ORIGINS')) return services[service]?.corsOrigins ?? [];
  // In the spelling of browsers, as the service itself reads them.
  return (env['CORS_ORIGINS'] ?? '').split(',').flatMap((text) => {
    const origin = text.trim();
    return URL.canParse(origin) ? new URL(origin).origin : [];
  });
}

function origins(corsOrigins: readonly string[]): Record<string, string> {
  return corsOrigins.length > 0 ? { CORS_ORIGINS: corsOrigins.join(',') } : {};
}

/** An HTTP API tells the caller in `Forwarded`; what stands between it and the service appends itself to `X-Forwarded-For`. */
function clientAddress({ services }: App, service: string): Record<string, string> {
  const settings = services[service];
  return settings && ingressOf(settings) === 'http-api' ? { CLIENT_ADDRESS_HEADER: 'forwarded' } : {};
}

/** Whether the service keeps ended sessions in the table that `login` brings, for want of a database. */
export function needsSessionTable(app: App, service: string): boolean {
  const kinds = new Set(contractOf(app, service).resources.map(({ kind }) => kind));
  return kinds.has('login') && !kinds.has('postgres');
}

function usedParts(app: App, service: string, parts: ReadonlyMap<string, LocalPart>): LocalPart[] {
  const names = [...(app.services[service]?.uses ?? []), ...(needsSessionTable(app, service) ? [''] : [])];
  return names.flatMap((name) => parts.get(name) ?? []);
}

/** Settings of every service that are the user's to choose. `HOST` is not: the gateway stands in front. */
function chosen({ fileNames }: Environment): string[] {
  const optional = serviceVariables.filter((variable) => variable.optional).map(({ name }) => name);
  return ['LOG_LEVEL', 'DOCS', ...optional.filter((name) => fileNames.has(name) && name !== 'HOST')];
}

/** Every variable that some resource of the app or Keelson itself sets: a service gets these by its contract only. */
function contractNames(app: App): Set<string> {
  const names = Object.keys(app.services).flatMap((service) => {
    const contract = contractOf(app, service);
    return [...contract.service, ...contract.resources.flatMap(({ forms }) => forms.flat())].map(({ name }) => name);
  });
  return new Set(names.flatMap((name) => [name, `${name}_SECRET_ARN`]));
}

function picked(env: Environment['env'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
