import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface Program {
  readonly child: ChildProcess;
  output(): string;
  /** Resolves to the match; rejects when the program ends without one. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>;
  ended(): Promise<number | null>;
}

export interface ProgramArgs {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** As whom it runs; needs root. */
  readonly uid?: number;
}

/** Runs what an image runs, with these variables and no others. */
export function startProgram(command: readonly string[], { cwd, env, uid }: ProgramArgs): Program {
  const [file = '', ...args] = command;
  const user = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(file === 'node' ? process.execPath : file, args, { cwd, env, stdio: 'pipe', ...user });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const listener of listeners) listener();
    });
  }
  const closed = once(child, 'close');
  const ended = async () => {
    await closed;
    return child.exitCode;
  };
  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(text);
        if (match) resolve(match);
      };
      listeners.add(look);
      look();
      void closed.then(() => reject(new Error(`ended without printing ${pattern}:\n${text}`)));
    });
  const stop = () => {
    child.kill('SIGTERM');
    return ended();
  };
  return { child, output: () => text, printed, stop, ended };
}

/** Runs it to its end. */
export async function runProgram(
  command: readonly string[],
  args: ProgramArgs,
): Promise<{ code: number | null; output: string }> {
  const program = startProgram(command, args);
  return { code: await program.ended(), output: program.output() };
}

/** Address of a server that takes any free port and says which. */
export async function addressOf(program: Program): Promise<string> {
  const [, port = ''] = await program.printed(/is listening on port (\d+)/);
  return `http://127.0.0.1:${port}`;
}
