import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds. @default 300 000 */
  readonly timeout?: number;
}

/** Runs a command to its end. Nothing is read from standard input. */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env, timeout = 300_000 }: RunOptions,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: env ?? process.env, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The same for a command that must succeed; answers its standard output. */
export async function mustRun(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
  return stdout;
}

/** The environment of this process without what npm and vitest put there, for a command that must not notice either. */
export function plainEnv(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const foreign =
    /^(npm_(?!config_(cache|registry|userconfig))|VITEST|NODE_ENV$|NODE_OPTIONS$|NODE_PATH$|INIT_CWD$|TEST$|DEV$|PROD$|MODE$|SSR$|BASE_URL$|FORCE_COLOR$)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1', ...more };
}
