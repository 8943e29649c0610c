import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';

/** Last lines of standard error that are kept to explain a crash. */
const tailLines = 40;

export interface ServiceProcessOptions {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it started is ended when it ends, in whatever way. @default false */
  readonly withChildren?: boolean;
  line(text: string, stream: 'stdout' | 'stderr'): void;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to standard error. */
  readonly tail: string;
}

/**
 * One run of a service. It ends with us: killed when we exit. When we are killed ourselves the runtime exits as this
 * channel closes, unless the service never comes back to its event loop.
 */
export interface ServiceProcess {
  readonly pid: number | undefined;
  /** Resolves to its port once it serves; never when it ends before. */
  readonly ready: Promise<number>;
  readonly exited: Promise<Exit>;
  /** Asks it to stop, and insists after `grace` milliseconds. */
  stop(grace: number): Promise<void>;
  /** Ends it and what it started at once. */
  kill(): void;
}

// Its own process group: Ctrl-C in the terminal reaches us alone, and we stop things in order.
const detached = process.platform !== 'win32';

/** How to end what runs now. One listener: node warns of many. */
const living = new Set<() => void>();
process.once('exit', () => living.forEach((kill) => kill()));

export function startServiceProcess({ args, cwd, env, withChildren, line }: ServiceProcessOptions): ServiceProcess {
  const child = spawn(process.execPath, [...args], { cwd, env, detached, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const tail: string[] = [];
  const ended = [
    readLines(child.stdout, (text) => line(text, 'stdout')),
    readLines(child.stderr, (text) => {
      tail.push(text);
      if (tail.length > tailLines) tail.shift();
      line(text, 'stderr');
    }),
  ];
  const exited = exitOf(child).then(async ({ code, signal }) => {
    // A grandchild may hold the pipes open; what the service itself wrote has arrived by then.
    await Promise.race([Promise.all(ended), new Promise((resolve) => setTimeout(resolve, 200).unref())]);
    return { code, signal, tail: tail.join('\n') };
  });
  const kill = () => signalGroup(child, 'SIGKILL');
  living.add(kill);
  if (withChildren) child.once('exit', kill);
  void exited.then(() => living.delete(kill));
  return {
    pid: child.pid,
    ready: readyPort(child),
    exited,
    kill,
    stop: async (grace) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const insist = setTimeout(kill, grace);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(insist);
    },
  };
}

function readLines(stream: Readable | null, line: (text: string) => void): Promise<void> {
  if (!stream) return Promise.resolve();
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', line);
  return new Promise((resolve) => lines.once('close', resolve));
}

function readyPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.on('message', (message: { type?: unknown; port?: unknown } | null) => {
      if (message?.type === 'keelson:ready' && typeof message.port === 'number') resolve(message.port);
    });
  });
}

function exitOf(child: ChildProcess): Promise<Pick<Exit, 'code' | 'signal'>> {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: 1, signal: null }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(detached ? -child.pid : child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
