/// <reference types="@fastify/swagger" preserve="true" />
// Its types are those of every route schema; its code is loaded with the documentation alone.
import type { Problem } from '@keelson/contract';
import { guard } from '../auth/guard.ts';
import { type BootScope, createBootScope, type Env, runInBootScope } from '../config/boot.ts';
import { fromKitNames } from '../config/kit-names.ts';
import { publicUrl } from '../config/public-url.ts';
import { readServiceConfig } from '../config/service-config.ts';
import { ConfigError } from '../errors/index.ts';
import { serviceLogger } from '../log/service-logger.ts';
import { errors } from './errors/index.ts';
import type { Keelson } from './keelson.ts';
import { connections } from './lifecycle/connections.ts';
import { health } from './lifecycle/health.ts';
import { overload } from './lifecycle/overload.ts';
import { docs } from './openapi/docs.ts';
import { openApi } from './openapi/index.ts';
import { collectUndeclaredResponses } from './openapi/response-schemas.ts';
import type { BuildOptions, ServiceOptions } from './options.ts';
import { cors } from './requests/cors.ts';
import { crossSiteGuard } from './requests/cross-site.ts';
import { securityHeaders } from './requests/security-headers.ts';
import { strictRequests } from './requests/strict-requests.ts';
import { type App, createServer, httpsNow } from './server.ts';

/** Registers the service's routes and plugins. Clients made in it (`postgres('db')`, `login`) report to the same boot. */
export type Setup = (app: App) => void | Promise<void>;

/** A service that can be built as often as needed; an entry file's default export. */
export interface Service {
  readonly options: ServiceOptions;
  /**
   * The service, ready for requests but not listening. `app.inject()` calls it, `app.close()` ends it with its clients.
   * @param env @default process.env
   * @throws ConfigError with every problem of the environment and the routes
   */
  build(env?: Env, options?: BuildOptions): Promise<App>;
}

/**
 * Declares a service: Fastify with logs, problem documents, strict requests, health, OpenAPI and graceful stop.
 * Every route needs a signed-in person unless it says otherwise with `auth`.
 *
 * @example
 * export default createService(async (app) => {
 *   app.get('/hello', { auth: 'public', schema: { response: { 200: Type.Object({ hello: Type.String() }) } } },
 *     async () => ({ hello: 'world' }));
 * });
 */
export function createService(setup: Setup, options: ServiceOptions = {}): Service {
  return Object.freeze({
    options,
    build: (env: Env = process.env, build: BuildOptions = {}) => buildService(setup, options, env, build),
  });
}

async function buildService(setup: Setup, options: ServiceOptions, given: Env, build: BuildOptions): Promise<App> {
  const { scope, keelson, logger } = await readBoot(given, build);
  const app = createServer(keelson, logger, options);
  // Registered first, so that it runs last: after the server has answered its last request.
  app.addHook('onClose', () => closeClients(scope));
  try {
    await runInBootScope(scope, () => assemble(app, scope, setup, options));
    failOnProblems(scope);
    for (const start of scope.starters) await start();
    return app;
  } catch (error) {
    await app.close().catch(() => {});
    throw withEveryProblem(error, scope);
  }
}

async function readBoot(given: Env, build: BuildOptions) {
  const { env, problems } = fromKitNames(given);
  const early = createBootScope(env);
  const config = readServiceConfig(early);
  const logger = await serviceLogger(config, env, build.logger);
  const scope = createBootScope(env, logger);
  scope.problems.push(...problems, ...early.problems);
  const keelson: Keelson = { config, publicUrl: publicUrl(scope), lifecycle: { stopping: false } };
  return { scope, keelson, logger };
}

async function assemble(app: App, scope: BootScope, setup: Setup, options: ServiceOptions): Promise<void> {
  const { config, publicUrl: address, lifecycle } = app.keelson;
  const origins = [...new Set([...(options.cors?.origins ?? []), ...config.corsOrigins])];
  const undeclaredResponses = collectUndeclaredResponses(app);

  await app.register(securityHeaders, { https: httpsNow(app.keelson) });
  await app.register(errors);
  await app.register(connections, { lifecycle });
  await app.register(
    overload,
    options.maxEventLoopDelay === undefined ? {} : { maxDelayMs: options.maxEventLoopDelay },
  );
  await app.register(strictRequests);
  await app.register(crossSiteGuard, { origin: () => address.peek()?.origin, allowedOrigins: origins });
  if (origins.length > 0) await app.register(cors, { origins });
  const documented = options.docs ?? config.docs ?? !config.production;
  if (documented)
    await app.register(openApi, { ...apiInfo(options, config.service), origin: () => address.peek()?.origin });
  await app.register(guard);

  await setup(app);
  // After the service's own plugins, whose routes of the same name win.
  await app.register(health, { lifecycle, checks: scope.checks });
  if (documented) await app.register(docs);
  scope.problems.push(...(await problemsOfStart(app)), ...undeclaredResponses());
}

/** Plugins check themselves when everything is registered: what they find is named with the rest. */
async function problemsOfStart(app: App): Promise<readonly Problem[]> {
  try {
    await app.ready();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

function apiInfo({ title, version, description }: ServiceOptions, service: string) {
  return { title: title ?? service, ...(version ? { version } : {}), ...(description ? { description } : {}) };
}

function failOnProblems({ problems }: BootScope): void {
  if (problems.length > 0) throw new ConfigError(problems);
}

/** A client that could not cope with a placeholder value must not hide why there was one. */
function withEveryProblem(error: unknown, { problems }: BootScope): unknown {
  if (problems.length === 0) return error;
  const more = error instanceof ConfigError ? error.problems.filter((problem) => !problems.includes(problem)) : [];
  return new ConfigError([...problems, ...more]);
}

async function closeClients({ closers }: BootScope): Promise<void> {
  for (const close of closers.toReversed()) await close();
}
