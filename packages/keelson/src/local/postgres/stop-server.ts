import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Binaries, program } from './binaries.ts';
import { childOptions } from './child.ts';
import { ended, isServerOf } from './processes.ts';

const patience = 5_000;

export interface StopTarget {
  readonly dataDir: string;
  readonly binaries?: Binaries;
}

/** Fast shutdown (open transactions are rolled back, all is written), then immediate, then none at all. */
export async function stopServer(target: StopTarget, pid: number): Promise<void> {
  if (!isServerOf(pid, target.dataDir)) return;
  if (process.platform === 'win32' && target.binaries) return stopWithPgCtl(target.binaries, target.dataDir);
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    process.kill(pid, signal);
    if (await ended(pid, patience)) return;
  }
}

/** Windows knows no signals. */
async function stopWithPgCtl({ bin }: Binaries, dataDir: string): Promise<void> {
  const args = ['stop', '-D', dataDir, '-m', 'fast', '-w', '-t', '10'];
  await promisify(execFile)(program(bin, 'pg_ctl'), args, childOptions(undefined));
}
