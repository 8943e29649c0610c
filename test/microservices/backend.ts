import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from '../support/imports.ts';
import { plainEnv } from '../support/run.ts';

export interface Program {
  readonly port: number;
  /** Ends it at once, as a crash does. */
  stop(): Promise<void>;
}

const root = join(repository, 'templates/microservices');
const run = join(repository, 'packages/runtime/src/run.ts');

/** The backend as an image runs it, with exactly these variables beside those of the operating system. */
export async function startProgram(env: Readonly<Record<string, string>>): Promise<Program> {
  const args = ['--conditions=keelson-source', '--import', 'tsx', run, join(root, 'backend/main.ts')];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...plainEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const closed = once(child, 'close');
  const port = await readyPort(child);
  return {
    port,
    stop: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** The backend behind a name server's name: at this address of the machine, as a container has one of its own. */
export function startBackend(host: string, port: number): Promise<Program> {
  return startProgram({ PUBLIC_URL: 'http://localhost', HOST: host, PORT: String(port) });
}

function readyPort(child: ChildProcess): Promise<number> {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && 'port' in message) resolve(Number(message.port));
    });
    child.once('close', (code) => reject(new Error(`the backend ended with ${code}:\n${text}`)));
  });
}
