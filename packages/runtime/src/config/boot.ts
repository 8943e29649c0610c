import { AsyncLocalStorage } from 'node:async_hooks';
import type { Problem } from '@keelson/contract';
import { ConfigError } from '../errors/index.ts';
import type { Log } from '../log/log.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * What a resource client needs while a service boots. Inside `createService(setup)` one scope collects the problems of
 * every client, so that all missing variables are named at once; outside, a client reads `process.env` and throws its own.
 */
export interface Boot {
  readonly env: Env;
  /** Where a client writes what happens outside a request: a failed refresh, a lost connection. */
  readonly log: Log;
  /** Reports an unusable variable. Inside `createService` boot goes on, to find the others. */
  problem(problem: Problem): void;
  /** Runs before the first request is taken; a rejection fails the boot. */
  onReady(start: () => Promise<void>): void;
  /** Runs after the last request has ended, in reverse order. */
  onClose(close: () => Promise<void>): void;
  /** Adds a dependency to `/ready`. Rejects when it cannot be used. */
  readiness(name: string, check: () => Promise<void>): void;
}

export interface BootScope extends Boot {
  readonly problems: Problem[];
  readonly starters: (() => Promise<void>)[];
  readonly closers: (() => Promise<void>)[];
  readonly checks: Map<string, () => Promise<void>>;
}

const scopes = new AsyncLocalStorage<BootScope>();

export function createBootScope(env: Env, log: Log = errorLog): BootScope {
  const problems: Problem[] = [];
  const starters: (() => Promise<void>)[] = [];
  const closers: (() => Promise<void>)[] = [];
  const checks = new Map<string, () => Promise<void>>();
  return {
    env,
    log,
    problems,
    starters,
    closers,
    checks,
    problem: (problem) => void problems.push(problem),
    onReady: (start) => void starters.push(start),
    onClose: (close) => void closers.push(close),
    readiness: (name, check) => void checks.set(name, check),
  };
}

let settingUp = 0;

/** Runs `setup` so that every client made in it reports to `scope`. */
export async function runInBootScope<T>(scope: BootScope, setup: () => Promise<T>): Promise<T> {
  settingUp++;
  try {
    return await scopes.run(scope, setup);
  } finally {
    // Up to Node 23 an enabled AsyncLocalStorage makes every promise of the process slower, in each request.
    if (--settingUp === 0) scopes.disable();
  }
}

/** The scope of the service that is being set up, or one of its own for a client used outside `createService`. */
export function currentBoot(): Boot {
  return scopes.getStore() ?? standalone(process.env);
}

function standalone(env: Env): Boot {
  return {
    env,
    log: errorLog,
    problem: (problem) => {
      throw new ConfigError([problem]);
    },
    onReady: () => {},
    onClose: () => {},
    readiness: () => {},
  };
}

/** Before there is a logger: warnings and errors as JSON lines on standard error. */
const errorLog: Log = {
  debug: () => {},
  info: () => {},
  warn: (fields, message) => console.error(JSON.stringify({ level: 'warn', msg: message, ...fields })),
  error: (fields, message) => console.error(JSON.stringify({ level: 'error', msg: message, ...fields })),
};
