import { readEnvironment } from '../config/environment.ts';
import { type LoadedApp, loadApp } from '../config/load.ts';
import type { Io } from '../io.ts';
import { style } from '../style.ts';
import { type LocalApp, startLocalApp } from './app.ts';
import { restartOnSave } from './restart-on-save.ts';
import { printLogs } from './terminal/logs.ts';
import { printRunning } from './terminal/running.ts';
import { type Stopping, untilStopped } from './until-stopped.ts';

export interface DevOptions {
  readonly port: number | undefined;
  /** `undefined`: no console. */
  readonly consolePort: number | undefined;
  /** The console's port must be free. */
  readonly consoleFixed: boolean;
  readonly fresh: boolean;
}

/** `keelson dev`: runs the app until it is told to stop. @returns the exit code */
export async function dev(options: DevOptions, io: Io): Promise<number> {
  // Until Ctrl-C is ours it ends the process, also in a configuration that never comes back.
  const loaded = await loadApp(io.cwd);
  const stopping = untilStopped(io);
  try {
    return await Promise.race([startAndServe(loaded, options, stopping, io), stopping.forced.then(() => forcedExit)]);
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    throw error;
  } finally {
    stopping.dispose();
  }
}

/** As a shell tells of a command that Ctrl-C ended. */
const forcedExit = 130;

async function startAndServe(loaded: LoadedApp, options: DevOptions, stopping: Stopping, io: Io): Promise<number> {
  const { port, fresh } = options;
  const { signal } = stopping;
  const given = readEnvironment(loaded.root, io.env);
  const app = await startLocalApp({ ...loaded, given, port, fresh, signal, log: logTo(io) });
  return serve(app, options, stopping, io);
}

async function serve(app: LocalApp, options: DevOptions, stopping: Stopping, io: Io): Promise<number> {
  const log = logTo(io);
  const names = app.services.map(({ name }) => name);
  let closeConsole = async () => {};
  try {
    const { startConsole } = await import('../console/index.ts');
    const console = options.consolePort === undefined ? undefined : await startConsole(app, consoleWish(options));
    closeConsole = console?.close ?? closeConsole;
    // Before anyone is told that it is ready: a save may follow at once.
    const watch = await restartOnSave(app, log);
    printRunning(app, console, io);
    const down = app.services.filter(({ supervisor }) => supervisor.state.status === 'crashed').map(({ name }) => name);
    const but = down.length > 0 ? `, but ${down.join(' and ')} crashed (see below)` : '';
    log(`ready in ${(performance.now() / 1000).toFixed(1)} s${but}; Ctrl-C stops everything\n`);
    const stopLogs = printLogs(app.logs, names, io);
    await aborted(stopping.signal);
    await watch.close();
    stopLogs();
  } finally {
    await Promise.all([closeConsole(), app.stop()]);
  }
  return 0;
}

function consoleWish({ consolePort = 0, consoleFixed }: DevOptions) {
  const why = 'Choose another with --console-port, or leave it out to get the next free one.';
  return { port: consolePort, ...(consoleFixed ? { fixed: { why } } : {}) };
}

function logTo(io: Io): (line: string) => void {
  const { dim } = style(io.stdout, io.env);
  return (line) => void io.stdout.write(`${dim(line)}\n`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
