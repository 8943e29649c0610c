import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromSource } from '../from-source.ts';
import type { LogEntry } from '../local/services/log-line.ts';
import { conditions, newBuildFolder } from '../build-folder.ts';
import { bundleSources } from '../source-bundle.ts';
import { createControls, type ServiceControl } from './control.ts';
import { Mails } from './mail.ts';
import type { FromHost, StartedApp, ToHost } from './messages.ts';

export interface Host {
  readonly app: StartedApp;
  logs(): readonly LogEntry[];
  readonly mails: Mails;
  /** Those of now: a service that was started again has another one. */
  serviceUrls(): Readonly<Record<string, string>>;
  control(service: string): ServiceControl;
  stop(): Promise<void>;
}

/** Starts the process that runs the app. @throws Error with the reason when the app does not start */
export async function startHost(root: string, env: Readonly<Record<string, string>>): Promise<Host> {
  const { file, clean } = await hostFile();
  // Own process group: Ctrl-C reaches the test runner, and its end reaches us.
  const detached = process.platform !== 'win32';
  const child = spawn(process.execPath, ['--enable-source-maps', file], {
    detached,
    env: withoutRunner(process.env),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    if (child.connected) send(child, { type: 'stop' });
    await exited;
    clean();
  };
  const entries: LogEntry[] = [];
  const mails = new Mails();
  child.on('message', (message: FromHost) => {
    if (message.type === 'log') entries.push(message.entry);
    if (message.type === 'mail') mails.add(message.mail);
  });
  let serviceUrls: Readonly<Record<string, string>> | undefined;
  const control = createControls(child, (urls) => {
    serviceUrls = urls;
  });
  const answer = firstAnswer(child, exited);
  send(child, { type: 'start', root, env });
  const message = await answer;
  if (message.type === 'started') {
    const { app } = message;
    return { app, logs: () => entries, mails, serviceUrls: () => serviceUrls ?? app.serviceUrls, control, stop };
  }
  await stop();
  throw new Error(message.reason);
}

/** The built file; in a clone it is compiled first. */
async function hostFile(): Promise<{ file: string; clean: () => void }> {
  if (!fromSource) return { file: fileURLToPath(new URL('./host.js', import.meta.url)), clean: () => {} };
  const source = fileURLToPath(new URL('./host.ts', import.meta.url));
  const outdir = newBuildFolder(dirname(source));
  const bundle = await bundleSources({ entries: { host: source }, outdir, conditions });
  return { file: bundle.file('host'), clean: () => rmSync(outdir, { recursive: true, force: true }) };
}

function firstAnswer(child: ChildProcess, exited: Promise<void>) {
  return new Promise<Extract<FromHost, { type: 'started' | 'failed' }>>((resolve) => {
    child.on('message', (message: FromHost) => {
      if (message.type === 'started' || message.type === 'failed') resolve(message);
    });
    void exited.then(() =>
      resolve({ type: 'failed', reason: 'The process that runs the app ended before it was ready.' }),
    );
  });
}

function send(child: ChildProcess, message: ToHost): void {
  child.send(message, () => {});
}

/** The runner's own settings (vitest sets NODE_ENV=test and more) are not the app's. */
function withoutRunner(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VITEST|NODE_ENV$|NODE_OPTIONS$|DEV$|PROD$|MODE$|TEST$)/.test(name)),
  );
}
