import { type App, pathRules } from '@keelson/contract';
import type { LoadedApp } from '../../config/load.ts';
import type { Environment } from '../../config/environment.ts';
import { type Gateway, type Route, startGateway, type Target, type Upstream } from '../gateway/index.ts';
import type { LocalPart } from '../part.ts';
import type { PortWish } from '../ports.ts';
import { basicVariables, serviceEnvironment } from './environment.ts';
import { isBelow, servedFiles } from './files.ts';
import { httpApiOf } from './http-api.ts';
import type { LogBook } from './log-book.ts';
import { compiledService } from './compile.ts';
import { Supervisor } from './supervisor.ts';

/** A service behind its gateway. */
export interface LocalService {
  readonly name: string;
  readonly source: string;
  /** Own address: `http://localhost:8000`. */
  readonly url: string;
  /** Address people reach it at: its own, or that of the load balancer which it shares with others. */
  readonly publicUrl: string;
  /** Whether its address is the one that people use first. */
  readonly isFront: boolean;
  /** Paths that lead to it at the load balancer's address: `/api/*`; empty: all, or there is no other service. */
  readonly paths: readonly string[];
  /** Whether it is a program, with an environment; otherwise a folder is served. */
  readonly isProgram: boolean;
  /** What serves, where it is not the service itself: `nginx 1.22.1`. */
  readonly server: string | undefined;
  readonly gateway: Gateway;
  readonly supervisor: Supervisor;
  /** Whether a change of the file, relative to the app's folder, may matter to it. */
  reads(file: string): boolean;
  /** What it was last started with; empty before. */
  environment(): Readonly<Record<string, string>>;
}

export interface LocalServiceOptions extends LoadedApp {
  readonly name: string;
  readonly isFront: boolean;
  readonly given: Environment;
  readonly logs: LogBook;
  log(line: string): void;
}

export interface AddressOptions {
  readonly wish: PortWish;
  /** The user's own `PUBLIC_URL`. @default `http://localhost:<port>` */
  readonly given: string | undefined;
  /** The service at whose address people find this one by its paths; absent: at its own. */
  readonly behind: OpenedService | undefined;
  /** What its address leads to by path. @default to it alone */
  readonly route: Route | undefined;
}

/** What the service's environment is made of, known once the resources run. */
export interface Surroundings {
  readonly given: Environment;
  readonly parts: ReadonlyMap<string, LocalPart>;
}

/** A service that has no address yet. */
export interface PreparedService {
  readonly name: string;
  readonly upstream: Upstream;
  /** Opens its address, where requests wait until the service is started. */
  open(options: AddressOptions): Promise<OpenedService>;
}

export interface OpenedService extends LocalService {
  /** Removes what was compiled. */
  clean(): Promise<void>;
  /** Starts it. Resolves once it serves or has crashed. */
  start(surroundings: Surroundings): Promise<void>;
}

export function prepareService(options: LocalServiceOptions): PreparedService {
  const { app, root, name, isFront, logs, log } = options;
  const source = app.services[name]?.source ?? '';
  const isProgram = app.services[name]?.server !== 'nginx';
  let environment: Record<string, string> = {};
  let address = '';
  const runnable = isProgram ? compiledService(root, source) : servedFiles(root, source, options.given.env);
  const supervisor = new Supervisor({
    name,
    launch: async () => {
      const { withChildren = false } = runnable;
      const args = await runnable.build();
      return { args: isProgram ? [...args, address] : args, cwd: root, env: environment, withChildren };
    },
    line: (text, stream) => logs.add(name, text, stream),
    note: log,
  });
  const httpApi = httpApiOf(
    app,
    name,
    options.given,
    (line) => logs.note(name, line),
    () => originsOf(supervisor),
  );
  const upstream = upstreamOf(supervisor);
  const open = async ({ wish, given, behind, route }: AddressOptions): Promise<OpenedService> => {
    const gateway = await startGateway(wish, route ?? upstream, httpApi?.api);
    runnable.ahead();
    const url = given ?? `http://localhost:${gateway.port}`;
    const publicUrl = behind?.url ?? url;
    address = url;
    return {
      name,
      source,
      url,
      publicUrl,
      isFront,
      paths: behind ? pathsOf(app, name) : [],
      isProgram,
      server: runnable.server,
      gateway,
      supervisor,
      reads: isProgram ? (file) => !isOfSite(app, file) && runnable.reads(file) : runnable.reads,
      environment: () => environment,
      clean: runnable.clean,
      start: async ({ given, parts }) => {
        httpApi?.know(parts);
        environment = isProgram
          ? serviceEnvironment({ app, service: name, given, parts, publicUrl })
          : basicVariables(given.env);
        await supervisor.start();
      },
    };
  };
  return { name, upstream, open };
}

/** A folder that is served is read by what serves it alone. */
function isOfSite({ services }: App, file: string): boolean {
  return Object.values(services).some(({ server, source }) => server === 'nginx' && isBelow(source, file));
}

function pathsOf({ services }: App, name: string): readonly string[] {
  return pathRules(services).find(({ service }) => service === name)?.patterns ?? [];
}

/** Its own address, past the gateway. */
function originsOf({ state }: Supervisor): string[] {
  return state.status === 'ready' ? ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${state.port}`) : [];
}

function upstreamOf(supervisor: Supervisor): Upstream {
  return { name: supervisor.name, target: async (signal) => targetOf(supervisor, signal) };
}

async function targetOf(supervisor: Supervisor, signal: AbortSignal): Promise<Target> {
  const state = await supervisor.settled(signal);
  if (state.status === 'ready') return { port: state.port };
  if (state.status === 'crashed') return { reason: `${supervisor.name} ${state.reason}.`, tail: state.tail };
  return { reason: `${supervisor.name} is stopped.`, tail: '' };
}
