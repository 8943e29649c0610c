import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Service } from '@keelson/contract';
import { authorize } from './authorizer.ts';
import { type Cors, createCors } from './cors.ts';
import { createDiscovery, type Discover } from './discovery.ts';
import { forwardedElement, sizeOfHead, valuesOf } from './request-head.ts';
import type { TokensAtGateway } from './issuers.ts';
import { answerMessage } from './message.ts';
import type { Passing } from './proxy.ts';
import { createRouter, type Route } from './routes.ts';
import { createThrottle } from './throttle.ts';
import { passTokenRequest } from './token-route.ts';

export interface HttpApiOptions {
  /** As in keelson.config.ts; absent: everything is let through. */
  readonly routes?: Service['routes'] | undefined;
  /** @default none: a local 429 would surprise whoever asked for no limit */
  readonly throttle?: Service['throttle'] | undefined;
  /** @default none: CORS is the service's own */
  readonly corsOrigins?: Service['corsOrigins'] | undefined;
  /** Path that gives tokens; absent: none does. */
  readonly tokenPath?: string | undefined;
  /** Whose tokens are taken; known once the resources run. `undefined`: nobody's. @throws when the signal is aborted before */
  tokens(signal: AbortSignal): Promise<TokensAtGateway | undefined>;
  /** Origins whose pages may ask for tokens: the service's own documentation, which is not behind the API. @default none */
  docsOrigins?(): readonly string[];
  /** Told of each request that did not go on, in a line without query, headers or body. @default nobody */
  refused?(line: string): void;
}

/** What stands before a service behind an HTTP API. */
export interface HttpApi {
  /** Answers what may not go on. @returns how to pass the request to the service; `undefined`: it has been answered */
  admit(request: IncomingMessage, response: ServerResponse): Promise<Passing | undefined>;
}

/** Bytes: request line and headers together, and the body. */
const largestHead = 10_240;
const largestBody = 10 * 1024 * 1024;

/** Milliseconds that a request waits for the resources to start. */
const holdTime = 10_000;

/** Characters of an address that are logged. */
const longestPath = 200;

/** What Swagger UI sends when it asks for a token. */
const docsHeaders = 'authorization,content-type,x-requested-with';

/** An answer of the HTTP API instead of the service's. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly challenge?: string;
  /** For the developer: the answer does not tell it. */
  readonly reason: string;
}

type Refuse = (refusal: Refusal) => undefined;

/**
 * The rules of an API Gateway HTTP API, before the service, which checks tokens again.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
 */
export function createHttpApi(options: HttpApiOptions): HttpApi {
  const { throttle, corsOrigins = [], tokenPath } = options;
  const router = createRouter(options.routes);
  const cors = corsOrigins.length > 0 ? createCors(corsOrigins) : undefined;
  const mayEnter = throttle ? createThrottle(throttle) : () => true;
  const discover = createDiscovery();
  return {
    admit: async (request, response) => {
      const refuse = refuser(options, request, response, cors);
      if (sizeOfHead(request) > largestHead) return refuse(headTooLarge);
      const path = (request.url ?? '').split('?', 1)[0] ?? '';
      const forDocs = path === tokenPath ? createCors(options.docsOrigins?.() ?? [], docsHeaders) : undefined;
      for (const [name, value] of Object.entries(forDocs?.answer(request) ?? {})) response.setHeader(name, value);
      const fromDocs = forDocs?.preflight(request) ?? {};
      if ('access-control-allow-origin' in fromDocs) return answerPreflight(response, fromDocs);
      const preflight = cors?.preflight(request);
      if (preflight) return answerPreflight(response, preflight);
      const isTokens = request.method === 'POST' && path === tokenPath;
      const route = isTokens ? undefined : router(request.method ?? '', path);
      if (!isTokens && !route) return refuse(notFound);
      if (!mayEnter()) return refuse(tooMany);
      if (!route) return giveToken(options, request, response, cors, discover, refuse);
      const refusal = (await guard(options, route, request, discover)) ?? tooLong(request);
      return refusal ? refuse(refusal) : passing(request, cors, () => refuse(bodyTooLarge));
    },
  };
}

const notFound: Refusal = { status: 404, message: 'Not Found', reason: 'not in `routes` of keelson.config.ts' };
const tooMany: Refusal = { status: 429, message: 'Too Many Requests', reason: 'more than `throttle` allows' };
const headTooLarge: Refusal = {
  status: 431,
  message: 'Request Header Fields Too Large',
  reason: `the headers have more than ${largestHead} bytes`,
};
const bodyTooLarge: Refusal = {
  status: 413,
  message: 'Request Entity Too Large',
  reason: `the body has more than ${largestBody} bytes`,
};
const unavailable: Refusal = {
  status: 503,
  message: 'Service Unavailable',
  reason: 'no provider of tokens runs',
};

function refuser(
  { refused }: HttpApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
  cors: Cors | undefined,
): Refuse {
  return ({ status, message, challenge, reason }) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    refused?.(`${request.method} ${path.slice(0, longestPath)} ${status} at the gateway: ${reason}`);
    const headers = { ...cors?.answer(request), ...(challenge && { 'www-authenticate': challenge }) };
    answerMessage(request, response, status, message, headers);
  };
}

function answerPreflight(response: ServerResponse, headers: Readonly<Record<string, string>>): undefined {
  response.writeHead(204, headers).end();
}

async function giveToken(
  options: HttpApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
  cors: Cors | undefined,
  discover: Discover,
  refuse: Refuse,
): Promise<undefined> {
  const tokens = await tokensWithin(options);
  if (!tokens) return refuse(unavailable);
  for (const [name, value] of Object.entries(cors?.answer(request) ?? {})) response.setHeader(name, value);
  await passTokenRequest(request, response, tokens, discover, refuse);
}

async function guard(
  options: HttpApiOptions,
  { rule }: Route,
  request: IncomingMessage,
  discover: Discover,
): Promise<Refusal | undefined> {
  if (rule === 'public') return undefined;
  const tokens = await tokensWithin(options);
  return tokens ? authorize(valuesOf(request, 'authorization'), rule.scopes, tokens, discover) : unavailable;
}

function tooLong({ headers }: IncomingMessage): Refusal | undefined {
  return Number(headers['content-length'] ?? 0) > largestBody ? bodyTooLarge : undefined;
}

function passing(request: IncomingMessage, cors: Cors | undefined, tooLarge: () => void): Passing {
  return {
    header: forwardedElement(request),
    answerHeaders: (headers) => cors?.replace(request, headers) ?? headers,
    largestBody,
    tooLarge,
  };
}

async function tokensWithin({ tokens }: HttpApiOptions): Promise<TokensAtGateway | undefined> {
  try {
    return await tokens(AbortSignal.timeout(holdTime));
  } catch {
    return undefined;
  }
}
