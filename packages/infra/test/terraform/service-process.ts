import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const run = fileURLToPath(new URL('../../../runtime/src/run.ts', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx');

export interface ServiceProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** Runs a service as its container would, with these variables and no others. */
export async function startService(
  entry: string,
  variables: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...variables };
  const args = ['--conditions=keelson-source', '--import', tsx, run, entry];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => said.push(text.toString()));
  const exited = once(child, 'exit');
  const port = await Promise.race([
    new Promise<number>((resolve) => {
      child.on('message', (message: { type?: unknown; port?: unknown }) => {
        if (message.type === 'keelson:ready' && typeof message.port === 'number') resolve(message.port);
      });
    }),
    exited.then(([code]) => Promise.reject(new Error(`the service ended with ${String(code)}: ${said.join('')}`))),
  ]);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
