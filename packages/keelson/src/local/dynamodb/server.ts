import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { checkHost } from '../loopback.ts';

interface Level {
  open(): Promise<void>;
  close(): Promise<void>;
}

type Dynalite = (options: {
  path?: string;
  createTableMs: number;
  deleteTableMs: number;
  updateTableMs: number;
}) => Server;

/** What DynamoDB itself takes at most, in bytes. */
const largestBody = 16 * 1024 * 1024;

/**
 * A server that speaks DynamoDB, not listening yet.
 * @param folder where tables are kept; absent: in memory
 */
export function createDynamoDbServer(folder: string | undefined): Server {
  const dynalite = createRequire(import.meta.url)('dynalite') as Dynalite;
  const server = dynalite({ ...(folder && { path: folder }), createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const [answer] = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { port } = server.address() as { port: number };
    if (!checkHost(request, response, [`127.0.0.1:${port}`, `localhost:${port}`])) return;
    if (refuseBrowser(request, response)) return;
    // dynalite throws out of its listeners when a client goes away in mid-request; it only gets whole ones.
    readWhole(request).then(
      (body) => answer?.(replay(request, body), response),
      () => response.destroy(),
    );
  });
  return server;
}

/** Whether tables can be kept in `folder`; otherwise why not. */
export async function probeFolder(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const nearDynalite = createRequire(createRequire(import.meta.url).resolve('dynalite'));
    const { Level } = nearDynalite('level') as { Level: new (path: string) => Level };
    const database = new Level(folder);
    await database.open();
    await database.close();
    return undefined;
  } catch (error) {
    return reason(error);
  }
}

/** dynalite lets every site read its answers (CORS `*`). No page has business here; the SDK sends no `Origin`. */
function refuseBrowser(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.headers.origin === undefined && request.headers['sec-fetch-site'] === undefined) return false;
  request.resume();
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end('The local DynamoDB is not for browsers.\n');
  return true;
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

function replay({ method, url, headers }: IncomingMessage, body: Buffer): IncomingMessage {
  const stream = Readable.from(body.length > 0 ? [body] : []);
  return Object.assign(stream, { method, url, headers }) as unknown as IncomingMessage;
}

function reason(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  if (cause?.code === 'LEVEL_LOCKED') return 'another process uses it';
  return cause?.message ?? (error instanceof Error ? error.message : String(error));
}
