import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadApp } from './config/load.ts';
import { type LocalApp, startLocalApp } from './local/app.ts';
import type { LocalPerson } from './local/part.ts';
import { basicVariables } from './local/services/environment.ts';
import type { LogEntry } from './local/services/log-line.ts';
import { emptyStateDir } from './local/state-dir.ts';
import { createHttpClient, type HttpClient } from './testing/client.ts';
import { signIn } from './testing/sign-in.ts';

export type { LocalPerson } from './local/part.ts';
export type { LogEntry } from './local/services/log-line.ts';
export type { HttpClient } from './testing/client.ts';

export interface StartAppOptions {
  /** Folder of keelson.config.ts. */
  readonly root: string;
  /** Variables as a `.env` would give them. The real `.env` and the shell's variables are left out: a test is its own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** An app with everything it needs, for one test file. */
export interface RunningApp {
  /** Address of the first service. */
  readonly url: string;
  /** Address of each service. */
  readonly urls: Readonly<Record<string, string>>;
  /** Variables that the first service was started with, e.g. `DATABASE_URL`. Holds secrets of the test's own parts. */
  readonly env: Readonly<Record<string, string>>;
  /** People one can sign in as. */
  readonly people: readonly LocalPerson[];
  /** What the services have logged so far. */
  logs(): readonly LogEntry[];
  /** Somebody with a browser of their own who is not signed in. */
  client(): HttpClient;
  /** Somebody who has signed in through the login page. @param person name, email address or subject @default the first of `people` */
  signIn(person?: string): Promise<HttpClient>;
  /** Ends every process and removes the state. */
  stop(): Promise<void>;
}

/**
 * Starts a template's app as `keelson dev` does: real resources and a real service process, on free ports, with state of
 * its own that is removed at the end.
 *
 * @throws when the app does not start, with what the service said
 */
export async function startApp({ root, env = {} }: StartAppOptions): Promise<RunningApp> {
  const loaded = await loadApp(root);
  const stateDir = await mkdtemp(join(tmpdir(), 'keelson-test-'));
  const given = { env: { ...basicVariables(process.env), ...env }, fileNames: new Set(Object.keys(env)) };
  const remove = async () => {
    await emptyStateDir({ path: stateDir, release: () => {} }, loaded.app);
    await rm(stateDir, { recursive: true, force: true });
  };
  try {
    const app = await startLocalApp({ ...loaded, given, stateDir, port: 0, log: () => {} });
    await failOnCrash(app);
    return runningApp(app, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function failOnCrash(app: LocalApp): Promise<void> {
  for (const { name, supervisor } of app.services) {
    if (supervisor.state.status !== 'crashed') continue;
    await app.stop();
    throw new Error(`${name} ${supervisor.state.reason}\n${supervisor.state.tail}`);
  }
}

function runningApp(app: LocalApp, remove: () => Promise<void>): RunningApp {
  const urls = Object.fromEntries(app.services.map(({ name, publicUrl }) => [name, publicUrl]));
  const url = app.services[0]?.publicUrl ?? '';
  const people = [...app.parts.values()].flatMap((part) => part.people ?? []);
  return {
    url,
    urls,
    env: app.services[0]?.environment() ?? {},
    people,
    logs: () => app.logs.since(0),
    client: () => createHttpClient(url),
    signIn: (person) => signIn(createHttpClient(url), people, person),
    stop: async () => {
      await app.stop();
      await remove();
    },
  };
}
