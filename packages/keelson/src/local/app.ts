import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { acceptKitNames, type Environment } from '../config/environment.ts';
import type { LoadedApp } from '../config/load.ts';
import { checkEnvironment } from './check-environment.ts';
import type { LocalContext, LocalPart } from './part.ts';
import { type LocalParts, startParts } from './parts.ts';
import type { LocalService, OpenedService, Surroundings } from './services/index.ts';
import { LogBook } from './services/log-book.ts';
import { openServices } from './services/open-services.ts';
import { emptyStateDir, openStateDir, type StateDir } from './state-dir.ts';
import { once } from './once.ts';

export interface LocalAppOptions extends LoadedApp {
  /** @default `.keelson` beside keelson.config.ts */
  readonly stateDir?: string;
  /** What the user's environment gives. */
  readonly given: Environment;
  /** Port of the address that people use first, which must be free; `0` takes any free one for every service. */
  readonly port?: number | undefined;
  /** Empty the state first. @default false */
  readonly fresh?: boolean;
  /** Milliseconds after which a service that does not say it serves no longer holds up the rest. @default 15_000 */
  readonly patience?: number;
  /** Gives up starting. */
  readonly signal?: AbortSignal;
  /** Lines of the services. @default a book of its own */
  readonly logs?: LogBook;
  /** A line for the person at the terminal. */
  log(line: string): void;
}

/** The whole app, running on this machine. */
export interface LocalApp extends LoadedApp {
  /** In the order of the configuration. */
  readonly services: readonly LocalService[];
  /** Running resources by name; `''` is the table that `login` brings for want of a database. */
  readonly parts: ReadonlyMap<string, LocalPart>;
  readonly logs: LogBook;
  /** Stops the services, then their addresses, then what they used. */
  stop(): Promise<void>;
}

/** What is running so far, to be stopped when the next step fails. */
interface Running {
  stateDir?: StateDir;
  parts?: LocalParts;
  readonly services: OpenedService[];
}

/**
 * Starts the app: addresses first, then the resources side by side, then the services. A service that crashes is no error.
 * What it started ends with this process, however that comes to exit.
 * @throws when something else does not start, or on the signal; nothing is left running
 */
export async function startLocalApp(options: LocalAppOptions): Promise<LocalApp> {
  const { app, root, logs = new LogBook(), signal } = options;
  const running: Running = { services: [] };
  const stop = once(() => stopAll(running));
  try {
    checkEnvironment(options.given, options);
    const stateDir = await takeStateDir(options, running);
    await openServices({ ...options, logs }, (service) => running.services.push(service));
    running.services.sort(inOrderOf(Object.keys(app.services)));
    const surroundings = await startResources(options, running, stateDir);
    signal?.throwIfAborted();
    await startServices(running.services, surroundings, options);
    return {
      app,
      root,
      services: running.services,
      parts: surroundings.parts,
      logs,
      stop,
    };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

async function startServices(
  services: readonly OpenedService[],
  surroundings: Surroundings,
  { patience = 15_000, signal }: LocalAppOptions,
) {
  const all = Promise.all(services.map((service) => service.start(surroundings)));
  const enough = new AbortController();
  const limit = delay(patience, undefined, { signal: AbortSignal.any([enough.signal, ...(signal ? [signal] : [])]) });
  await Promise.race([all, limit]).finally(() => {
    limit.catch(() => {});
    enough.abort();
  });
}

async function takeStateDir(options: LocalAppOptions, running: Running): Promise<StateDir> {
  const stateDir = openStateDir(options.stateDir ?? join(options.root, '.keelson'));
  running.stateDir = stateDir;
  if (options.fresh) await emptyStateDir(stateDir, options.app);
  return stateDir;
}

function inOrderOf(names: readonly string[]) {
  return (one: OpenedService, other: OpenedService) => names.indexOf(one.name) - names.indexOf(other.name);
}

async function startResources(options: LocalAppOptions, running: Running, stateDir: StateDir): Promise<Surroundings> {
  const { app, root, log } = options;
  const publicUrl = running.services.find(({ isFront }) => isFront)?.publicUrl ?? '';
  const given = acceptKitNames(options.given, options, publicUrl);
  const context: LocalContext = { root, stateDir: stateDir.path, app, env: given.env, publicUrl, log };
  running.parts = await startParts(context);
  return { given, parts: running.parts.byName };
}

async function stopAll({ services, parts, stateDir }: Running): Promise<void> {
  try {
    await Promise.all(services.map(({ supervisor }) => supervisor.stop()));
    await Promise.all(services.map(({ gateway }) => gateway.close()));
    await parts?.stop();
  } finally {
    await Promise.all(services.map((service) => service.clean()));
    stateDir?.release();
  }
}
