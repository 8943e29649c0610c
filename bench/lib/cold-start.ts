import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { end, freePort } from './server.ts';

/** A program as an image runs it. */
export interface Program {
  readonly folder: string;
  /** Arguments of node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Milliseconds. */
export interface ColdStart {
  readonly took: number;
  /** Processor time until then, of all threads: steady on a machine that does other things too. `undefined` where the system does not tell. */
  readonly cpu: number | undefined;
}

const limitMs = 20_000;

/**
 * From the start of the process to the first page: `/health` until it answers, as the Lambda Web Adapter asks, then
 * `/`. Between two questions it waits for less than the adapter's 10 ms.
 */
export async function toFirstPage({ folder, args, env }: Program): Promise<ColdStart> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await untilHealthy(url, child, began + limitMs);
    const page = await fetch(`${url}/`);
    const text = await page.text();
    const took = performance.now() - began;
    const cpu = cpuMs(child.pid);
    if (!page.ok || !text.includes('/auth/login')) throw new Error(`${url}/ answered ${page.status}`);
    return { took, cpu };
  } finally {
    await end(child);
  }
}

async function untilHealthy(url: string, child: ChildProcess, giveUpAt: number): Promise<void> {
  while (performance.now() < giveUpAt) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} ended with code ${child.exitCode}`);
    const response = await fetch(`${url}/health`).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) return;
    await wait(3);
  }
  throw new Error(`${url} did not answer within ${limitMs / 1000} s`);
}

/** The first number of `/proc/<pid>/task/<tid>/schedstat` is nanoseconds on a processor. */
function cpuMs(pid: number | undefined): number | undefined {
  try {
    const threads = `/proc/${pid}/task`;
    const spent = (thread: string) => Number(readFileSync(`${threads}/${thread}/schedstat`, 'utf8').split(' ')[0]);
    return readdirSync(threads).reduce((sum, thread) => sum + spent(thread), 0) / 1e6;
  } catch {
    return undefined;
  }
}
