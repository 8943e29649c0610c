/**
 * A stand-in for the AWS Lambda Web Adapter, written for these tests after its documentation and that of the Lambda Runtime
 * API. It proves nothing about the adapter itself: what a test with it shows is that the service copes with requests of the
 * form that the adapter is known to make, and that its answers survive the form that the adapter is known to give them.
 *
 * Unlike the adapter it runs in the process of the test, is not frozen with the service, and knows HTTP API events alone.
 */
import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpApiEvent } from './event.ts';

export interface AdapterOptions {
  /** `AWS_LAMBDA_RUNTIME_API`: host and port. */
  readonly runtimeApi: string;
  /** `AWS_LWA_PORT` */
  readonly port: number;
  /** `AWS_LWA_READINESS_CHECK_PATH` */
  readonly readinessPath: string;
  /** Milliseconds that an unused connection to the service is kept. @default 4000, the adapter's own */
  readonly idleTimeout?: number;
}

export interface Adapter {
  /** Connections to the service that it opened so far. */
  readonly connections: number;
  stop(): Promise<void>;
}

/** An answer in the form of payload format 2.0. */
export interface HttpApiResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const api = '2018-06-01/runtime';
const readinessPause = 10;

/** Waits until the service is ready, then takes one invocation after the other. */
export function startAdapter({ runtimeApi, port, readinessPath, idleTimeout = 4_000 }: AdapterOptions): Adapter {
  const agent = new Agent({ keepAlive: true, timeout: idleTimeout });
  const ended = new AbortController();
  const { signal } = ended;
  let connections = 0;

  const send = async (options: Sent): Promise<{ message: IncomingMessage; body: Buffer }> => {
    const sent = httpRequest({ host: '127.0.0.1', port, agent, signal, setHost: false, ...options });
    sent.on('socket', (socket) => void (socket.connecting && socket.once('connect', () => connections++)));
    sent.end(options.body);
    const [message] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
    return { message, body: Buffer.concat(chunks) };
  };

  const isReady = async (): Promise<boolean> => {
    const answer = await send({ path: readinessPath, method: 'GET', headers: { host: `127.0.0.1:${port}` } }).catch(
      () => undefined,
    );
    const status = answer?.message.statusCode ?? 0;
    return status >= 100 && status < 500;
  };

  const serve = async (event: HttpApiEvent, context: Readonly<Record<string, unknown>>): Promise<HttpApiResult> => {
    const { message, body } = await send(requestOf(event, context));
    return resultOf(message, body);
  };

  const run = async (): Promise<void> => {
    while (!(await isReady())) await wait(readinessPause, undefined, { signal });
    for (;;) {
      const next = await fetch(`http://${runtimeApi}/${api}/invocation/next`, { signal });
      const id = next.headers.get('lambda-runtime-aws-request-id') ?? '';
      const context = {
        request_id: id,
        deadline: Number(next.headers.get('lambda-runtime-deadline-ms')),
        invoked_function_arn: next.headers.get('lambda-runtime-invoked-function-arn'),
        xray_trace_id: next.headers.get('lambda-runtime-trace-id'),
      };
      const event = (await next.json()) as HttpApiEvent;
      const [where, answer] = await serve(event, context).then(
        (result) => ['response', result] as const,
        (error: Error) => ['error', { errorType: error.name, errorMessage: error.message }] as const,
      );
      const body = JSON.stringify(answer);
      const taken = await fetch(`http://${runtimeApi}/${api}/invocation/${id}/${where}`, {
        method: 'POST',
        body,
        signal,
      });
      await taken.arrayBuffer();
    }
  };

  const running = run().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return {
    get connections() {
      return connections;
    },
    stop: async () => {
      ended.abort();
      agent.destroy();
      await running;
    },
  };
}

interface Sent {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

function requestOf(event: HttpApiEvent, lambdaContext: object): Sent {
  const { rawPath, rawQueryString, requestContext, headers, cookies, body = '', isBase64Encoded } = event;
  return {
    method: requestContext.http.method,
    path: rawQueryString === '' ? rawPath : `${rawPath}?${rawQueryString}`,
    headers: {
      ...headers,
      ...(cookies && { cookie: cookies.join(';') }),
      'x-amzn-request-context': headerText(requestContext),
      'x-amzn-lambda-context': headerText(lambdaContext),
    },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

/** JSON as the bytes of a header: Node writes one byte for each character. */
function headerText(value: object): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('latin1');
}

const textStart = /^(?:text|application\/(?:json|javascript|xml|yaml))/;
const textEnd = /\+(?:xml|yaml|json)$/;

function resultOf({ statusCode = 0, headersDistinct }: IncomingMessage, body: Buffer): HttpApiResult {
  const { 'set-cookie': cookies = [], 'transfer-encoding': _left, ...rest } = headersDistinct;
  // Of a header that the service sent several times the adapter writes the first value alone.
  const headers = Object.fromEntries(Object.entries(rest).map(([name, values]) => [name, values?.[0] ?? '']));
  const text = isText(headers['content-type'], headers['content-encoding']);
  return {
    statusCode,
    headers,
    cookies,
    body: body.toString(text ? 'utf8' : 'base64'),
    isBase64Encoded: !text && body.length > 0,
  };
}

function isText(type: string | undefined, encoding: string | undefined): boolean {
  if (encoding !== undefined) return false;
  if (type === undefined) return true;
  return textStart.test(type) || textEnd.test(type.split(';')[0]?.trim() ?? '');
}
