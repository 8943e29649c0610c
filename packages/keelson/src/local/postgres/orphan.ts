import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { tryConnect } from './database.ts';
import { type Orphan, pidFile, readPidFile } from './pid-file.ts';
import { ended, isServerOf } from './processes.ts';
import type { Cluster, Started } from './server.ts';
import { stopServer } from './stop-server.ts';

/**
 * What a killed run left: its server, which goes on running, or the file that names it. A healthy server of the same
 * version is taken over; any other is stopped. Called with the lock held, so no living run owns it.
 */
export async function takeOverOrphan(cluster: Cluster): Promise<Started | undefined> {
  const orphan = readPidFile(cluster.dataDir);
  if (!orphan) return undefined;
  if (isServerOf(orphan.pid, cluster.dataDir)) {
    const adopted = await adopt(cluster, orphan);
    if (adopted) return adopted;
    await stopServer(cluster, orphan.pid);
  }
  if (process.platform !== 'win32') rmSync(pidFile(cluster.dataDir), { force: true });
  return undefined;
}

async function adopt(cluster: Cluster, { pid, port }: Orphan): Promise<Started | undefined> {
  const client = await tryConnect({ port, password: cluster.password }).catch(() => undefined);
  if (!client) return undefined;
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  if (rows[0]?.server_version.split(' ')[0] === cluster.binaries.version) {
    return { pid, port, client, onExit: (listener) => void watch(pid, listener) };
  }
  await client.end();
  return undefined;
}

/** It is nobody's child here, so its end is not told: look. The timer keeps no process alive. */
async function watch(pid: number, listener: () => void): Promise<void> {
  while (!(await ended(pid, 0))) await delay(1_000, undefined, { ref: false });
  listener();
}
