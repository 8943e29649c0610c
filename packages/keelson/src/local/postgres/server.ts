import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { type Binaries, program } from './binaries.ts';
import { childOptions } from './child.ts';
import { connectWhenReady } from './database.ts';
import type { OsUser } from './os-user.ts';
import { LocalPostgresError } from './postgres-error.ts';

export interface Cluster {
  readonly binaries: Binaries;
  readonly dataDir: string;
  readonly stateDir: string;
  readonly password: string;
  readonly user: OsUser | undefined;
}

export interface Started {
  readonly pid: number;
  readonly port: number;
  /** A connection of the superuser; the caller ends it. */
  readonly client: pg.Client;
  /** Runs once, when the process has ended. */
  onExit(listener: () => void): void;
}

/** Crash recovery after many writes takes a while. */
const startTimeout = 120_000;
const attempts = 5;
const maximumLogSize = 1_000_000;

/**
 * Starts the server and waits until it takes connections. Tries again when its port was taken in between (another port), or
 * when children of a killed server still hold its memory (they notice its death by themselves).
 */
export async function startServer(cluster: Cluster, preferredPort: number | undefined): Promise<Started> {
  let port = await freePort(preferredPort);
  for (let attempt = 1; ; attempt++) {
    const logged = logSize(cluster);
    try {
      return await startOn(cluster, port);
    } catch (error) {
      const log = readLog(cluster, logged);
      const portTaken = /could not bind|Address already in use/.test(log);
      const childrenLeft = /pre-existing shared memory/.test(log);
      if (!(portTaken || childrenLeft) || attempt === attempts) throw failure(cluster, error, log);
      if (portTaken) port = await freePort(undefined);
      else await delay(attempt * 200);
    }
  }
}

async function startOn(cluster: Cluster, port: number): Promise<Started> {
  const child = spawnServer(cluster, port);
  const endWithUs = () => void child.kill('SIGQUIT');
  process.once('exit', endWithUs);
  try {
    return await connectTo(child, cluster, port);
  } finally {
    process.off('exit', endWithUs);
  }
}

async function connectTo(child: ChildProcess, cluster: Cluster, port: number): Promise<Started> {
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const gaveUp = giveUp(child);
  const connected = connectWhenReady({ port, password: cluster.password }, gaveUp);
  const client = await Promise.race([connected, failed]).catch(async (error: unknown) => {
    await endFailed(child);
    throw error;
  });
  child.unref();
  const listeners = new Set<() => void>();
  child.once('exit', () => listeners.forEach((listener) => listener()));
  const onExit = (listener: () => void) => void listeners.add(listener);
  return { pid: child.pid ?? 0, port, client, onExit };
}

async function endFailed(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const exit = once(child, 'exit');
  child.kill('SIGQUIT');
  await exit;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** `detached`: a session of its own, so that Ctrl-C in the terminal does not end it before the services are closed. */
function spawnServer(cluster: Cluster, port: number): ChildProcess {
  const log = openSync(logFile(cluster), logSize(cluster) > maximumLogSize ? 'w' : 'a', 0o600);
  try {
    return spawn(
      program(cluster.binaries.bin, 'postgres'),
      ['-D', cluster.dataDir, '-p', String(port), ...settings()],
      {
        ...childOptions(cluster.user),
        detached: true,
        windowsHide: true,
        stdio: ['ignore', log, log],
      },
    );
  } finally {
    closeSync(log);
  }
}

/** Small, reachable from this machine only, and durable: a committed row survives kill -9. */
function settings(): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '32MB',
    max_connections: '100',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    logging_collector: 'off',
    log_destination: 'stderr',
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function giveUp(child: ChildProcess): () => Error | undefined {
  const deadline = Date.now() + startTimeout;
  return () => {
    if (hasEnded(child)) return new Error('the server ended');
    if (Date.now() < deadline) return undefined;
    return new Error(`the server took no connections within ${startTimeout / 1000} s`);
  };
}

function failure(cluster: Cluster, cause: unknown, log: string): LocalPostgresError {
  const last = log.trim().split('\n').slice(-8).join('\n  ');
  return new LocalPostgresError(
    `PostgreSQL ${cluster.binaries.version} did not start: ${(cause as Error).message}${last ? `\n  ${last}` : ''}`,
    `The whole log is ${logFile(cluster)}. \`npx keelson dev --fresh\` begins with an empty database; DATABASE_URL uses a server you have.`,
    cause,
  );
}

function logFile(cluster: Cluster): string {
  return join(cluster.stateDir, 'server.log');
}

function logSize(cluster: Cluster): number {
  return statSync(logFile(cluster), { throwIfNoEntry: false })?.size ?? 0;
}

function readLog(cluster: Cluster, from: number): string {
  const text = readFileSync(logFile(cluster));
  return text.subarray(from > text.length ? 0 : from).toString('utf8');
}

/** Below the ports that systems hand out to whoever asks for any: while the server is down, nobody gets one of these. */
const ownPorts = [20_000, 32_000] as const;

/** `preferred` when nobody listens on it, else one that can be preferred the next time. */
async function freePort(preferred: number | undefined): Promise<number> {
  const wishes = [...(preferred ? [preferred] : []), randomInt(...ownPorts), randomInt(...ownPorts), 0];
  for (const wish of wishes) {
    const port = await tryListen(wish);
    if (port !== undefined) return port;
  }
  return 0;
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
