import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from './imports.ts';
import { plainEnv } from './run.ts';

export interface ServiceProcess {
  readonly child: ChildProcess;
  /** Standard output and error so far. */
  output(): string;
  /** Resolves with the port when requests are taken; rejects when the process ends before. */
  listening(): Promise<number>;
  /** Resolves with the exit code. */
  exited(): Promise<number | null>;
}

/** A service as an image runs it, with exactly these variables beside those of the operating system. */
export function startService(template: string, env: Readonly<Record<string, string>>): ServiceProcess {
  const root = join(repository, 'templates', template);
  const run = join(repository, 'packages/runtime/src/run.ts');
  const child = spawn(
    process.execPath,
    ['--conditions=keelson-source', '--import', 'tsx', run, join(root, 'src/main.ts')],
    {
      cwd: root,
      env: { ...plainEnv(), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const closed = once(child, 'close');
  return {
    child,
    output: () => text,
    listening: () =>
      new Promise((resolve, reject) => {
        child.on('message', (message) => {
          if (isReady(message)) resolve(message.port);
        });
        child.on('close', (code) => reject(new Error(`the service ended with ${code}:\n${text}`)));
      }),
    exited: async () => {
      await closed;
      return child.exitCode;
    },
  };
}

function isReady(message: unknown): message is { port: number } {
  return typeof message === 'object' && message !== null && 'port' in message && typeof message.port === 'number';
}
