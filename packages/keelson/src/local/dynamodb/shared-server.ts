import { join } from 'node:path';
import { listenOnLoopback } from '../loopback.ts';
import type { LocalContext } from '../part.ts';
import { createDynamoDbServer, probeFolder } from './server.ts';

export interface RunningServer {
  readonly address: string;
  /** The port that was wished for and in use; absent: it was free. */
  readonly movedFrom?: number;
  /** Whether items outlive a run. */
  readonly kept: boolean;
  /** Stops it when nobody else of the app uses it. */
  release(): Promise<void>;
}

interface Shared {
  readonly server: Promise<Omit<RunningServer, 'release'> & { close(): Promise<void> }>;
  users: number;
}

/** DynamoDB Local's port, and the starter kit's. */
const firstPort = 8000;
const servers = new WeakMap<LocalContext, Shared>();

/** The one DynamoDB of a running app, for all of its tables; started by whoever asks first. */
export async function useServer(context: LocalContext): Promise<RunningServer> {
  const shared = servers.get(context) ?? { server: startServer(context), users: 0 };
  servers.set(context, shared);
  shared.users++;
  const release = async () => {
    if (--shared.users > 0) return;
    servers.delete(context);
    await (await shared.server).close();
  };
  const { close: _, ...running } = await shared.server;
  return { ...running, release };
}

async function startServer(context: LocalContext) {
  const folder = await chooseFolder(context);
  const { server, close } = createDynamoDbServer(folder);
  try {
    const port = await listenOnLoopback(server, firstPort);
    const moved = port === firstPort ? {} : { movedFrom: firstPort };
    return { address: `http://127.0.0.1:${port}`, ...moved, kept: folder !== undefined, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function chooseFolder({ stateDir, log }: LocalContext): Promise<string | undefined> {
  const folder = join(stateDir, 'dynamodb');
  const obstacle = await probeFolder(folder);
  if (obstacle === undefined) return folder;
  log(`DynamoDB tables are kept in memory this time: ${folder} cannot be used (${obstacle}).`);
  return undefined;
}
