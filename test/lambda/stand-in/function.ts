import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../support/free-port.ts';
import { type Adapter, type HttpApiResult, startAdapter } from './adapter.ts';
import type { HttpApiEvent } from './event.ts';
import { FunctionError, type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

export interface FunctionOptions {
  /** Folder of the bundle: `server.js` and what it needs. */
  readonly folder: string;
  /** The function's environment, without what Lambda itself adds. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the environment is frozen between invocations. @default true */
  readonly freezes?: boolean;
  /** Milliseconds that the adapter keeps an unused connection. @default 4000 */
  readonly idleTimeout?: number;
}

export interface LambdaFunction {
  /** Starts an environment where there is none, and waits for the answer. @throws FunctionError */
  invoke(event: HttpApiEvent): Promise<HttpApiResult>;
  /** The environment's process; absent: none has been started, or it has ended. */
  readonly child: ChildProcess | undefined;
  /** Environments started so far. */
  readonly coldStarts: number;
  readonly adapter: Adapter | undefined;
  /** Why the last environment ended that nobody ended. */
  readonly lastFailure: string | undefined;
  /** What the service printed, in all environments. */
  output(): string;
  /** Resolves when the process is frozen. */
  frozen(): Promise<void>;
  /** Ends the environment as Lambda does: SIGTERM, and SIGKILL after two seconds. Answers the exit code; `null`: it was killed. */
  shutDown(): Promise<number | null>;
  stop(): Promise<void>;
}

const killAfter = 2_000;

interface ExecutionEnvironment {
  readonly child: ChildProcess;
  readonly api: RuntimeApi;
  readonly adapter: Adapter;
  readonly exited: Promise<number | null>;
}

/** The emulated Lambda service with one function, of which there is one environment at most: it works on one request at a time. */
export function createFunction({ folder, env, freezes = true, idleTimeout }: FunctionOptions): LambdaFunction {
  let current: Promise<ExecutionEnvironment> | undefined;
  let known: ExecutionEnvironment | undefined;
  let coldStarts = 0;
  let ending = false;
  let output = '';
  let lastFailure: string | undefined;

  const start = async (): Promise<ExecutionEnvironment> => {
    coldStarts++;
    ending = false;
    const port = await freePort();
    const signal = (name: NodeJS.Signals) => () => void (freezes && !ending && child.kill(name));
    const api = await startRuntimeApi({
      thaw: signal('SIGCONT'),
      freeze: signal('SIGSTOP'),
      initFailed: (reason) => api.failAll(reason),
    });
    const given = { ...env, PORT: String(port), AWS_LWA_PORT: String(port) };
    const child = spawn(process.execPath, ['server.js'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...ownVariables, AWS_LAMBDA_RUNTIME_API: api.address, ...given },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const readinessPath = env['AWS_LWA_READINESS_CHECK_PATH'] ?? '/';
    const adapter = startAdapter({
      runtimeApi: api.address,
      port,
      readinessPath,
      ...(idleTimeout === undefined ? {} : { idleTimeout }),
    });
    const exited = once(child, 'close').then(async ([code]) => {
      current = undefined;
      known = undefined;
      await adapter.stop();
      lastFailure = `Runtime.ExitError: Runtime exited with error: ${child.signalCode ?? `exit status ${String(code)}`}`;
      api.failAll(lastFailure);
      await api.close();
      return code as number | null;
    });
    known = { child, api, adapter, exited };
    return known;
  };

  const shutDown = async (): Promise<number | null> => {
    const environment = await current;
    if (!environment) return null;
    const { child, exited } = environment;
    ending = true;
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), killAfter);
    const code = await exited;
    clearTimeout(late);
    return code;
  };

  return {
    invoke: async (event) => {
      current ??= start();
      return (await current).api.invoke(event);
    },
    get child() {
      return known?.child;
    },
    get adapter() {
      return known?.adapter;
    },
    get coldStarts() {
      return coldStarts;
    },
    get lastFailure() {
      return lastFailure;
    },
    output: () => output,
    frozen: async () => {
      while (stateOf(known?.child.pid) !== 'T') await wait(5);
    },
    shutDown,
    stop: async () => void (await shutDown()),
  };
}

/** Lambda's own (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). */
const ownVariables = {
  AWS_LAMBDA_FUNCTION_NAME: 'quick-dev-api',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_REGION: 'us-east-1',
  LAMBDA_TASK_ROOT: '/var/task',
  TZ: ':UTC',
};

/** One letter, `T` when it is stopped (proc(5)). */
function stateOf(pid: number | undefined): string | undefined {
  if (pid === undefined) throw new FunctionError('There is no environment.');
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0];
}
