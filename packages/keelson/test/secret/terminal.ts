import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/keelson.js', import.meta.url));

export interface AtTerminal {
  output(): string;
  printed(text: string): Promise<void>;
  type(keys: string): void;
  ended(): Promise<number | null>;
}

/** Whether `script` of util-linux is there, which gives a program a terminal. */
export function hasTerminal(): boolean {
  return spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;
}

/** Runs the command with a terminal as its standard input and output. */
export function keelsonAtTerminal(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): AtTerminal {
  const line = [process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qec', line, '/dev/null'], { cwd, env: { PATH: process.env['PATH'], ...env } });
  let text = '';
  child.stdout.on('data', (chunk) => void (text += String(chunk)));
  const closed = once(child, 'close');
  return {
    output: () => text,
    printed: async (wanted) => {
      while (!text.includes(wanted)) await once(child.stdout, 'data');
    },
    type: (keys) => void child.stdin.write(keys),
    ended: async () => {
      await closed;
      return child.exitCode;
    },
  };
}
