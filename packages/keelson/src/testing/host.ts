import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadedApp, loadApp } from '../config/load.ts';
import { type LocalApp, startLocalApp } from '../local/app.ts';
import type { LocalService } from '../local/services/index.ts';
import { loginPathOf } from '../local/login/path.ts';
import type { ServiceState } from '../local/services/supervisor.ts';
import { basicVariables } from '../local/services/environment.ts';
import { emptyStateDir } from '../local/state-dir.ts';
import { followMails } from './mail.ts';
import type { FromHost, StartedApp, ToHost } from './messages.ts';

/**
 * Runs one app for a test, in a process of its own: the test runner's way of loading modules does not reach it, and when
 * the runner is killed the channel closes, everything is stopped and removed.
 */
type Undo = () => Promise<void>;

let running: LocalApp | undefined;
let starting: Promise<Undo> | undefined;
let ended = false;

process.on('message', (message: ToHost) => {
  if (message.type === 'start') starting ??= start(message.root, message.env);
  else if (message.type === 'control') void control(message);
  else void end();
});
process.on('disconnect', () => void end());
// The channel decides, not the terminal's Ctrl-C.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

/** Milliseconds. A developer is not kept waiting for a service that takes long to serve; a test is, on a busy machine too. */
const patience = 120_000;

async function start(root: string, env: Readonly<Record<string, string>>): Promise<Undo> {
  const stateDir = await mkdtemp(join(tmpdir(), 'keelson-test-'));
  let loaded: LoadedApp | undefined;
  let app: LocalApp | undefined;
  const undo = async () => {
    await app?.stop();
    if (loaded) await emptyStateDir({ path: stateDir, release: () => {} }, loaded.app);
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    loaded = await loadApp(root);
    const given = { env: { ...basicVariables(process.env), ...env }, fileNames: new Set(Object.keys(env)) };
    app = await startLocalApp({ ...loaded, given, stateDir, port: 0, patience, log: () => {} });
    running = app;
    app.logs.follow((entry) => tell({ type: 'log', entry }));
    for (const entry of app.logs.since(0)) tell({ type: 'log', entry });
    followMails(app, (mail) => tell({ type: 'mail', mail }));
    tell(firstCrash(app) ?? { type: 'started', app: startedApp(app) });
  } catch (error) {
    tell({ type: 'failed', reason: reasonOf(error) });
  }
  return undo;
}

async function control({ id, service: name, action }: Extract<ToHost, { type: 'control' }>): Promise<void> {
  const supervisor = running?.services.find((service) => service.name === name)?.supervisor;
  await supervisor?.[action]();
  const crash = supervisor && action === 'start' ? crashOf(name, supervisor.state) : undefined;
  const problem = supervisor ? crash : `The app has no service ${name}.`;
  tell({ type: 'controlled', id, serviceUrls: serviceUrls(running), ...(problem !== undefined && { problem }) });
}

async function end(): Promise<void> {
  if (ended) return;
  ended = true;
  await (await starting)?.();
  if (process.connected) process.disconnect();
}

function tell(message: FromHost): void {
  if (process.connected) process.send?.(message);
}

function firstCrash({ services }: LocalApp): FromHost | undefined {
  for (const { name, supervisor } of services) {
    const reason = crashOf(name, supervisor.state);
    if (reason !== undefined) return { type: 'failed', reason };
  }
  return undefined;
}

function crashOf(name: string, state: ServiceState): string | undefined {
  return state.status === 'crashed' ? `${name} ${state.reason}\n${state.tail}` : undefined;
}

function startedApp(app: LocalApp): StartedApp {
  const { services, parts } = app;
  const tokens = [...parts.values()].find((part) => part.tokens)?.tokens;
  return {
    ...(tokens && { tokens }),
    url: services.find(({ isFront }) => isFront)?.url ?? '',
    urls: Object.fromEntries(services.map(({ name, url }) => [name, url])),
    serviceUrls: serviceUrls(app),
    env: services.find(({ isProgram }) => isProgram)?.environment() ?? {},
    people: [...parts.values()].flatMap((part) => part.people ?? []),
    loginPath: loginPathOf(app.app),
  };
}

function serviceUrls(app: LocalApp | undefined): Record<string, string> {
  return Object.fromEntries((app?.services ?? []).flatMap(serviceUrl));
}

function serviceUrl({ name, supervisor: { state } }: LocalService): [string, string][] {
  return state.status === 'ready' ? [[name, `http://127.0.0.1:${state.port}`]] : [];
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const problems = 'problems' in error && Array.isArray(error.problems) ? error.problems : [];
  const lines = problems.map(({ path, message, hint }) => `  ${path}: ${message} ${hint}`);
  return [error.message, ...lines].join('\n');
}
