import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBootScope, type Env, runInBootScope } from '@keelson/runtime/config';
import { ConfigError } from '@keelson/runtime/errors';
import { type Table, type TableOptions, table } from '@keelson/runtime/table';
import { startDynamoDb } from '../../../keelson/src/local/dynamodb/index.ts';
import type { LocalTable } from '../../../keelson/src/local/dynamodb/tables.ts';

export interface Show {
  readonly slug: string;
  readonly title?: string;
  readonly drmKey?: number;
  readonly episodeCount?: number;
  readonly [attribute: string]: unknown;
}

const tables: readonly LocalTable[] = [
  {
    variable: 'SHOWS_TABLE',
    name: 'shows-local',
    key: { slug: 'string' },
    indexes: {
      gsi_drm_episode: { hash: { drmKey: 'number' }, range: { episodeCount: 'number' } },
      gsi_title: { hash: { title: 'string' } },
    },
  },
  { variable: 'EVENTS_TABLE', name: 'events-local', key: { pk: 'string', sk: 'number' } },
  { variable: 'BLOBS_TABLE', name: 'blobs-local', key: { id: 'binary', part: 'binary' } },
];

export interface TestDatabase {
  readonly env: Env;
  stop(): Promise<void>;
}

export async function startDatabase(): Promise<TestDatabase> {
  const root = await mkdtemp(join(tmpdir(), 'keelson-table-'));
  const app = { name: 'tables', region: 'eu-central-1', services: {} };
  const context = {
    root,
    stateDir: join(root, '.keelson'),
    app,
    env: {},
    publicUrl: 'http://localhost',
    log: () => {},
  };
  const part = await startDynamoDb(context, tables);
  return {
    env: part.env,
    stop: async () => {
      await part.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

export interface OpenTable<Item extends object, KeyName extends keyof Item> {
  readonly table: Table<Item, KeyName>;
  /** What `/ready` asks. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** A table as a service has it. @throws ConfigError */
export async function openTable<Item extends object, KeyName extends keyof Item & string>(
  env: Env,
  name: string,
  options: TableOptions<KeyName>,
): Promise<OpenTable<Item, KeyName>> {
  const scope = createBootScope(env);
  const opened = await runInBootScope(scope, async () => table<Item, KeyName>(name, options));
  const close = async () => {
    for (const closer of scope.closers) await closer();
  };
  if (scope.problems.length > 0) {
    await close();
    throw new ConfigError(scope.problems);
  }
  return { table: opened, ready: async () => scope.checks.get(name)?.(), close };
}

/** What happens to one request on its way. */
export type Fate =
  /** It arrives, and its answer does not. */
  | 'lose'
  /** The connection ends before anything arrives. */
  | 'cut'
  /** No answer, and no end. */
  | 'hang'
  | { readonly error: string; readonly status?: number; readonly more?: object };

export interface Interceptor {
  readonly url: string;
  /** Operations that were asked for, `PutItem` …, in order. */
  readonly seen: string[];
  /** Fates of the next requests; afterwards all arrive. */
  readonly fates: Fate[];
  /** Resets connections that nothing happens on, as a frozen machine's peers do. */
  killIdle(): number;
  close(): Promise<void>;
}

/** Stands between a client and DynamoDB. */
export async function startInterceptor(endpoint: string): Promise<Interceptor> {
  const fates: Fate[] = [];
  const seen: string[] = [];
  const sockets = new Set<{ resetAndDestroy(): unknown }>();
  const server: Server = createServer((incoming, outgoing) => {
    seen.push(String(incoming.headers['x-amz-target']).split('.')[1] ?? '');
    meet(fates.shift(), endpoint, incoming, outgoing);
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    fates,
    seen,
    killIdle: () => {
      const { size } = sockets;
      for (const socket of sockets) socket.resetAndDestroy();
      return size;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function meet(fate: Fate | undefined, endpoint: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (fate === 'cut') return void incoming.socket.destroy();
  if (fate === 'hang') return;
  if (typeof fate === 'object') {
    incoming.resume();
    outgoing.writeHead(fate.status ?? 400, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${fate.error}`, ...fate.more }));
    return;
  }
  const headers = { ...incoming.headers, host: new URL(endpoint).host };
  const onward = request(endpoint, { method: incoming.method ?? 'POST', headers }, (answer) => {
    answer.on('error', () => outgoing.destroy());
    if (fate === 'lose') {
      answer.resume();
      answer.on('end', () => incoming.socket.destroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
