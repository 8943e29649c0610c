import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the server itself writes into its data directory while it runs. */
export interface Orphan {
  readonly pid: number;
  readonly port: number;
}

/** Lines of postmaster.pid: process id, data directory, start time, port, … */
export function readPidFile(dataDir: string): Orphan | undefined {
  try {
    const lines = readFileSync(pidFile(dataDir), 'utf8').split('\n');
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    return pid > 0 ? { pid, port: port || 1 } : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function pidFile(dataDir: string): string {
  return join(dataDir, 'postmaster.pid');
}
