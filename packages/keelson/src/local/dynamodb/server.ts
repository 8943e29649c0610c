import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdir } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { checkHost, closeServer } from '../loopback.ts';
import { isApiError } from './api-error.ts';
import { internals, type Members, openLevel } from './dynalite.ts';
import { forgetFinished } from './idempotency.ts';
import { createOperations, type Operations } from './operations.ts';
import { removeBrokenIndexes } from './index-checks.ts';
import { checkDepth } from './request-depth.ts';
import { removeExpired } from './time-to-live.ts';

export interface DynamoDbServer {
  /** Not listening yet. */
  readonly server: Server;
  close(): Promise<void>;
}

/** What DynamoDB itself takes at most, in bytes. */
const largestBody = 16 * 1024 * 1024;
/** Milliseconds between two clean-ups. */
const cleanInterval = 10 * 60_000;

/**
 * A server that speaks DynamoDB: the operations of dynalite, with transactions, changes of indexes and TTL.
 * @param folder where tables are kept; absent: in memory
 */
export function createDynamoDbServer(folder: string | undefined): DynamoDbServer {
  const times = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 };
  const store = internals().create({ ...(folder && { path: folder }), ...times });
  const operations = createOperations(store);
  const clean = () => operations.exclusively(() => Promise.all([forgetFinished(store), removeExpired(store)]));
  const cleaning = setInterval(() => void clean().catch(() => {}), cleanInterval).unref();
  const server = createServer((request, response) => {
    const { port } = server.address() as { port: number };
    if (!checkHost(request, response, [`127.0.0.1:${port}`, `localhost:${port}`])) return;
    if (refuseBrowser(request, response)) return;
    answer(operations, opened, request, response).catch(() => response.destroy());
  });
  // Before the first request: what would break it, and what has expired while nothing ran.
  const opened = store.db
    .open()
    .then(() => removeBrokenIndexes(store))
    .then(clean)
    .catch(() => {});
  return {
    server,
    close: async () => {
      clearInterval(cleaning);
      if (server.listening) await closeServer(server);
      await opened;
      await operations.exclusively(() => store.db.close());
    },
  };
}

/** Whether tables can be kept in `folder`; otherwise why not. */
export async function probeFolder(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const database = openLevel(folder);
    await database.open();
    await database.close();
    return undefined;
  } catch (error) {
    return reason(error);
  }
}

/** No page has business here; the SDK sends no `Origin`. */
function refuseBrowser(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.headers.origin === undefined && request.headers['sec-fetch-site'] === undefined) return false;
  request.resume();
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end('The local DynamoDB is not for browsers.\n');
  return true;
}

async function answer(
  operations: Operations,
  opened: Promise<unknown>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readWhole(request);
  await opened;
  const [status, members] = await result(operations, request, body);
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(members));
}

async function result(operations: Operations, request: IncomingMessage, body: Buffer): Promise<[number, Members]> {
  if (request.method === 'GET') return [200, { healthy: 'dynamodb' }];
  try {
    const operation = /^DynamoDB_20120810\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1] ?? '';
    return [200, await operations.run(operation, parse(body))];
  } catch (error) {
    if (isApiError(error)) return [error.statusCode, error.body];
    // What it says may name files of this machine.
    const message = 'The local DynamoDB could not do this.';
    return [500, { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message }];
  }
}

function parse(body: Buffer): Members {
  const value = readJson(body);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    checkDepth(value);
    return value as Members;
  }
  const error = { __type: 'com.amazon.coral.service#SerializationException' };
  throw Object.assign(new Error('not JSON'), { statusCode: 400, body: error });
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

async function readWhole(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reason(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  if (cause?.code === 'LEVEL_LOCKED') return 'another process uses it';
  return cause?.message ?? (error instanceof Error ? error.message : String(error));
}
