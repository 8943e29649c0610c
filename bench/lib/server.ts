import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface BenchServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** Seconds of processor time it has used; `undefined` where the system does not tell (other than Linux). */
  cpuSeconds(): number | undefined;
  stop(): Promise<void>;
}

const startLimitMs = 20_000;

/**
 * Starts a Node program that listens on `PORT` and waits until it answers `/health`. Its log goes to the null device, so
 * that two servers pay the same for writing it; its errors to this terminal.
 */
export async function startServer(
  args: readonly string[],
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<BenchServer> {
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, args, {
    env: { ...env, PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await answers(`${url}/health`, child);
  } catch (error) {
    await end(child);
    throw error;
  }
  return { url, cpuSeconds: () => cpuSeconds(child.pid), stop: () => end(child) };
}

/** Waits for a 200 at `url` for as long as `child` lives, 20 seconds at most. */
async function answers(url: string, child: ChildProcess): Promise<void> {
  const giveUpAt = Date.now() + startLimitMs;
  while (Date.now() < giveUpAt) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with code ${child.exitCode}`);
    const response = await fetch(url).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) return;
    await wait(20);
  }
  throw new Error(`${url} did not answer within ${startLimitMs / 1000} s`);
}

/** Ends a child: SIGTERM, and SIGKILL when it has not gone 10 seconds later. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}

/** User and system time from `/proc/<pid>/stat`, in ticks of 10 ms (proc(5)). */
function cpuSeconds(pid: number | undefined): number | undefined {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(afterName[11]) + Number(afterName[12])) / 100;
  } catch {
    return undefined;
  }
}

/** A port of 127.0.0.1 that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
