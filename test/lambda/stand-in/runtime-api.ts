import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { HttpApiResult } from './adapter.ts';
import type { HttpApiEvent } from './event.ts';

/** Bytes of an event, and of an answer (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
export const payloadLimit = 6 * 1024 * 1024;

/** Why an invocation has no answer. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

interface Invocation {
  readonly id: string;
  readonly event: string;
  resolve(result: HttpApiResult): void;
  reject(error: Error): void;
}

export interface RuntimeApi {
  /** Host and port, as in `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Invocations that are being worked on: 0 or 1. */
  readonly running: number;
  /** Hands an event to the function when it asks for one. @throws FunctionError when it fails or there is none any more */
  invoke(event: HttpApiEvent): Promise<HttpApiResult>;
  /** Everything that waits or runs has failed. */
  failAll(reason: string): void;
  close(): Promise<void>;
}

export interface Phases {
  /** Before the function gets an invocation. */
  thaw(): void | Promise<void>;
  /** When it has answered and asks for the next one. */
  freeze(): void | Promise<void>;
  /** The function said that it cannot start. */
  initFailed(reason: string): void;
}

/** The Lambda service's side of the Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), for one environment. */
export async function startRuntimeApi(phases: Phases): Promise<RuntimeApi> {
  const waiting: Invocation[] = [];
  const running = new Map<string, Invocation>();
  let asking: ServerResponse | undefined;

  const hand = async (): Promise<void> => {
    const [invocation] = waiting;
    if (!asking || !invocation || running.size > 0) return;
    waiting.shift();
    running.set(invocation.id, invocation);
    await phases.thaw();
    asking.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(Date.now() + 30_000),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:quick-dev-api',
      'lambda-runtime-trace-id': 'Root=1-5e9f0c65-1de4d666d4dd26aced652b6c',
    });
    asking.end(invocation.event);
    asking = undefined;
  };

  const finish = (id: string, settle: (invocation: Invocation) => void): number => {
    const invocation = running.get(id);
    if (!invocation) return 400;
    running.delete(id);
    settle(invocation);
    return 202;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, what = '', id = '', outcome = ''] =
      /^\/2018-06-01\/runtime\/(invocation|init)\/([^/]+)(?:\/(response|error))?$/.exec(request.url ?? '') ?? [];
    if (what === 'invocation' && id === 'next') {
      asking = response;
      if (waiting.length === 0) await phases.freeze();
      return hand();
    }
    const body = await textOf(request);
    if (what === 'init' && id === 'error') {
      phases.initFailed(body);
      return void response.writeHead(202).end();
    }
    const tooLarge = outcome === 'response' && Buffer.byteLength(body) > payloadLimit;
    const status = finish(id, ({ resolve, reject }) => {
      if (outcome === 'error') reject(new FunctionError(body));
      else if (tooLarge) reject(new FunctionError('Function.ResponseSizeTooLarge'));
      else resolve(JSON.parse(body) as HttpApiResult);
    });
    response.writeHead(tooLarge ? 413 : status).end();
  };

  const server = createServer((request, response) => void handle(request, response));
  await listen(server);
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get running() {
      return running.size;
    },
    invoke: (value) =>
      new Promise((resolve, reject) => {
        const event = JSON.stringify(value);
        if (Buffer.byteLength(event) > payloadLimit) return reject(new FunctionError('RequestTooLargeException'));
        waiting.push({ id: crypto.randomUUID(), event, resolve, reject });
        void hand();
      }),
    failAll: (reason) => {
      asking?.destroy();
      asking = undefined;
      for (const { reject } of [...running.values(), ...waiting]) reject(new FunctionError(reason));
      running.clear();
      waiting.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
