import type { LoadedApp } from '../../config/load.ts';
import type { Environment } from '../../config/environment.ts';
import { type Gateway, startGateway, type Target, type Upstream } from '../gateway/index.ts';
import type { LocalPart } from '../part.ts';
import type { PortWish } from '../ports.ts';
import { serviceEnvironment } from './environment.ts';
import { httpApiOf } from './http-api.ts';
import type { LogBook } from './log-book.ts';
import { compiledService } from './compile.ts';
import { Supervisor } from './supervisor.ts';

/** A service behind its gateway. */
export interface LocalService {
  readonly name: string;
  readonly source: string;
  /** Address people reach it at. */
  readonly publicUrl: string;
  readonly gateway: Gateway;
  readonly supervisor: Supervisor;
  /** Whether a change of the file, relative to the app's folder, may matter to it. */
  reads(file: string): boolean;
  /** What it was last started with; empty before. */
  environment(): Readonly<Record<string, string>>;
}

export interface LocalServiceOptions extends LoadedApp {
  readonly name: string;
  readonly wish: PortWish;
  /** The user's own `PUBLIC_URL`. @default `http://localhost:<port>` */
  readonly publicUrl: string | undefined;
  readonly logs: LogBook;
  log(line: string): void;
}

/** What the service's environment is made of, known once the resources run. */
export interface Surroundings {
  readonly given: Environment;
  readonly parts: ReadonlyMap<string, LocalPart>;
}

export interface OpenedService extends LocalService {
  /** Removes what was compiled. */
  clean(): Promise<void>;
  /** Starts it. Resolves once it serves or has crashed. */
  start(surroundings: Surroundings): Promise<void>;
}

/** Opens the service's address, where requests wait until the service is started. */
export async function openService(options: LocalServiceOptions): Promise<OpenedService> {
  const { app, root, name, wish, logs, log } = options;
  const source = app.services[name]?.source ?? '';
  let environment: Record<string, string> = {};
  const compiled = compiledService(root, source);
  const supervisor = new Supervisor({
    name,
    launch: async () => ({ args: await compiled.build(), cwd: root, env: environment }),
    line: (text, stream) => logs.add(name, text, stream),
    note: log,
  });
  const httpApi = httpApiOf(
    app,
    name,
    (line) => logs.note(name, line),
    () => originsOf(supervisor),
  );
  const gateway = await startGateway(wish, upstreamOf(supervisor), httpApi?.api);
  compiled.ahead();
  const publicUrl = options.publicUrl ?? `http://localhost:${gateway.port}`;
  return {
    name,
    source,
    publicUrl,
    gateway,
    supervisor,
    reads: compiled.reads,
    environment: () => environment,
    clean: compiled.clean,
    start: async ({ given, parts }) => {
      httpApi?.know(parts);
      environment = serviceEnvironment({ app, service: name, given, parts, publicUrl });
      await supervisor.start();
    },
  };
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
