import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivately } from '../login/state.ts';
import type { LocalTokens } from '../part.ts';

/** What `keelson token` needs to know of a provider that runs in another process. */
export interface RunningTokens extends LocalTokens {
  readonly pid: number;
}

/** Tells other commands where the provider is. @returns how to take it back */
export async function tellRunning(stateDir: string, name: string, tokens: LocalTokens): Promise<() => Promise<void>> {
  const file = fileOf(stateDir, name);
  await writePrivately(file, { pid: process.pid, ...tokens });
  return () => rm(file, { force: true });
}

/** The provider that runs for this state folder; `undefined` when none does. */
export async function findRunning(stateDir: string, name: string): Promise<RunningTokens | undefined> {
  try {
    const running = JSON.parse(await readFile(fileOf(stateDir, name), 'utf8')) as RunningTokens;
    process.kill(running.pid, 0);
    return running;
  } catch (error) {
    // EPERM: it runs as another user, who alone could have made a file that we can read.
    if ((error as NodeJS.ErrnoException).code === 'EPERM') throw error;
    return undefined;
  }
}

function fileOf(stateDir: string, name: string): string {
  return join(stateDir, 'tokens', `${name}.running.json`);
}
