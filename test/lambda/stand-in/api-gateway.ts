import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { HttpApiResult } from './adapter.ts';
import { eventOf, type HttpApiEvent } from './event.ts';

export interface ApiGateway {
  /** `http://localhost:<port>` */
  readonly url: string;
  /** The last event that was made. */
  readonly lastEvent: HttpApiEvent | undefined;
  /** Address that the next requests come from. @default '203.0.113.9' */
  sourceIp: string;
  close(): Promise<void>;
}

/** Bytes (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html). */
const headLimit = 10_240;

/** A stand-in for an HTTP API with one `$default` route to a function. */
export async function startApiGateway(invoke: (event: HttpApiEvent) => Promise<HttpApiResult>): Promise<ApiGateway> {
  let lastEvent: HttpApiEvent | undefined;
  const server = createServer({ maxHeaderSize: headLimit }, (request, response) => void handle(request, response));

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { method = 'GET', url: target = '/', rawHeaders } = request;
    lastEvent = eventOf({ method, target, rawHeaders, body: Buffer.concat(chunks), sourceIp: gateway.sourceIp });
    try {
      answer(response, await invoke(lastEvent));
    } catch {
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal Server Error"}');
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gateway: ApiGateway = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    get lastEvent() {
      return lastEvent;
    },
    sourceIp: '203.0.113.9',
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return gateway;
}

const ownHeaders = new Set(['connection', 'keep-alive', 'content-length', 'date', 'transfer-encoding']);

function answer(response: ServerResponse, { statusCode, headers, cookies, body, isBase64Encoded }: HttpApiResult) {
  for (const [name, value] of Object.entries(headers)) if (!ownHeaders.has(name)) response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader('set-cookie', [...cookies]);
  response.writeHead(statusCode).end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'));
}
