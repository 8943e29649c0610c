import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { plainEnv } from './run.ts';

export interface AppProcess {
  /** Address of the first service, e.g. `http://localhost:8000`. */
  readonly url: string;
  readonly consoleUrl: string;
  readonly child: ChildProcess;
  /** All that was printed so far. */
  output(): string;
  /** Resolves when something matching is printed. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** As Ctrl-C does; answers the exit code. */
  stop(): Promise<number | null>;
}

export interface StartOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

// oxlint-disable-next-line no-control-regex -- terminal colours start with this character
const colours = /\u001b\[[0-9;]*m/g;

/** The table of what runs where: a service first, the console last; then the line that all of it is up. */
const running = /^ {2}\S+ +(http:\/\/localhost:\d+)[\s\S]*?^ {2}console +(http:\/\/localhost:\d+)[\s\S]*?ready in/m;

/** Starts `keelson dev`, by whatever command, and waits until the service is reachable. */
export async function startCommand(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: StartOptions,
): Promise<AppProcess> {
  const child = spawn(command, args, {
    cwd,
    env: plainEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group, as a terminal gives it, so that a signal reaches npm and what npm started.
    detached: true,
  });
  const watch = watchOutput(child);
  try {
    const [, url = '', consoleUrl = ''] = await watch.printed(running);
    return { url, consoleUrl, child, output: watch.output, printed: watch.printed, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

function watchOutput(child: ChildProcess) {
  let text = '';
  const listeners = new Set<() => void>();
  const add = (chunk: string) => {
    text += chunk.replaceAll(colours, '');
    for (const listener of listeners) listener();
  };
  child.stdout?.setEncoding('utf8').on('data', add);
  child.stderr?.setEncoding('utf8').on('data', add);
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const end = () => settle(() => reject(new Error(`ended without printing ${pattern}:\n${text}`)));
      const look = () => {
        const found = pattern.exec(text);
        if (found) settle(() => resolve(found));
      };
      const settle = (finish: () => void) => {
        listeners.delete(look);
        child.off('close', end);
        finish();
      };
      listeners.add(look);
      child.on('close', end);
      look();
    });
  return { output: () => text, printed };
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const closed = once(child, 'close');
    process.kill(-child.pid, 'SIGINT');
    await closed;
  }
  return child.exitCode;
}
