import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Provider } from 'oidc-provider';
import { checkHost } from '../loopback.ts';
import type { TokensProviderOptions } from './provider.ts';

export interface TokensHandler {
  readonly provider: Provider;
  readonly options: TokensProviderOptions;
}

const largestBody = 56 * 1024;

/** A server that can be bound before the provider is made: the issuer contains the port. */
export function createTokensServer(handler: () => TokensHandler | undefined): Server {
  return createServer((request, response) => {
    const ready = handler();
    if (!ready) return void response.writeHead(503, { 'retry-after': '1' }).end();
    const { host, port } = new URL(ready.options.origin);
    if (!checkHost(request, response, [host, `127.0.0.1:${port}`])) return;
    handle(ready, request, response).catch((error: unknown) => {
      ready.options.log(`tokens: ${error instanceof Error ? error.message : String(error)}`);
      if (response.headersSent) response.destroy();
      else sendError(response, 500, 'server_error');
    });
  });
}

async function handle({ provider, options }: TokensHandler, request: IncomingMessage, response: ServerResponse) {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  // The rest of what the library has (authorization, userinfo) is not for machines.
  const path = pathBelowIssuer(options, request.url ?? '/');
  const known = [options.form.tokenPath, options.form.jwksPath, '/.well-known/openid-configuration'];
  if (!known.includes(path.split('?', 1)[0] ?? '')) {
    request.resume();
    return sendError(response, 404, 'not_found');
  }
  request.url = path;
  const incoming = options.form.json && isJson(request) ? await asForm(request) : request;
  await provider.callback()(incoming, response);
}

/** Discovery and keys of an issuer with a path are found below it. */
function pathBelowIssuer({ issuer }: TokensProviderOptions, url: string): string {
  const prefix = new URL(issuer).pathname;
  return prefix !== '/' && url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : url;
}

function isJson({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

/** Auth0 takes the parameters as JSON too, which the library does not: it is given the same request with a form. */
async function asForm(request: IncomingMessage): Promise<IncomingMessage> {
  const form = new URLSearchParams(textMembers(await readText(request))).toString();
  const { method, url, socket, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const headers = {
    ...request.headers,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(form)),
  };
  delete headers['transfer-encoding'];
  const stream = Readable.from([Buffer.from(form)], { objectMode: false });
  const same = { method, url, headers, socket, httpVersion, httpVersionMajor, httpVersionMinor };
  return Object.assign(stream, same) as unknown as IncomingMessage;
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    text += chunk;
    if (text.length > largestBody) return '';
  }
  return text;
}

/** What is no JSON object has no parameters: the library then says what is missing. */
function textMembers(text: string): [string, string][] {
  try {
    const value: unknown = JSON.parse(text);
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  } catch {
    return [];
  }
}

function sendError(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
}
