import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const runFile = promisify(execFile);
const inOneProcess = fileURLToPath(new URL('aws-command-line.py', import.meta.url));

/** The AWS command line, `aws`. */
export interface CommandLine {
  /** Gives what it printed; rejects with what it complained of. */
  run(args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Where Python has the command line as a library, one process runs all of it. */
export async function startCommandLine(env: Variables): Promise<CommandLine> {
  return (await oneProcess(env)) ?? processEach(env);
}

/** A process for each command: starting one takes longer than what it does. */
export function processEach(env: Variables): CommandLine {
  // Never synchronously: a proxy in front of the emulator runs in this process.
  const run = async (args: readonly string[]) => (await runFile('aws', args, { env, encoding: 'utf8' })).stdout;
  return { run, stop: async () => undefined };
}

interface Outcome {
  readonly code: number;
  readonly printed: string;
  readonly complaint: string;
}

/** `undefined` where there is no such library. */
export async function oneProcess(env: Variables): Promise<CommandLine | undefined> {
  const child = spawn('python3', [inOneProcess], {
    env: { ...env, PYTHONUTF8: '1' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = new Promise<undefined>((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('close', () => resolve(undefined));
  });
  // What is written to a process that has ended is told by the answer that is missing.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  // Answers come in the order of the questions.
  const answer = () => Promise.race([lines.next().then(({ value }) => value as string | undefined), ended]);
  if ((await answer()) === undefined) return undefined;
  return {
    run: async (args) => {
      child.stdin.write(`${JSON.stringify(args)}\n`);
      const line = await answer();
      if (line === undefined) throw new Error(`the AWS command line ended before it answered: aws ${args.join(' ')}`);
      const { code, printed, complaint } = JSON.parse(line) as Outcome;
      if (code !== 0) throw new Error(`aws ${args.join(' ')} ended with ${code}: ${complaint.trim()}`);
      return printed;
    },
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
