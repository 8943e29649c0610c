import { join } from 'node:path';
import { listenOnLoopback } from '../loopback.ts';
import type { LocalContext } from '../part.ts';
import { createDynamoDbServer, probeFolder } from './server.ts';

export interface RunningServer {
  readonly address: string;
  /** The port that was wished for and in use; absent: it was free, or nobody looks for one. */
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
    const wished = portFor(context);
    const port = await listenOnLoopback(server, wished);
    const moved = wished === 0 || port === wished ? {} : { movedFrom: wished };
    return { address: `http://127.0.0.1:${port}`, ...moved, kept: folder !== undefined, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The table that login brings is the platform's own: it stays out of the way of what people know by its port. */
function portFor({ app }: LocalContext): number {
  return Object.values(app.resources ?? {}).some(({ kind }) => kind === 'table') ? firstPort : 0;
}

async function chooseFolder({ stateDir, log }: LocalContext): Promise<string | undefined> {
  const folder = join(stateDir, 'dynamodb');
  const obstacle = await probeFolder(folder);
  if (obstacle === undefined) return folder;
  log(`DynamoDB tables are kept in memory this time: ${folder} cannot be used (${obstacle}).`);
  return undefined;
}
