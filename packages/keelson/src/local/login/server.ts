import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { checkHost } from '../loopback.ts';
import { HttpError } from './form.ts';
import { interact } from './interaction.ts';
import { vendorLogout } from './logout.ts';
import { avatar, errorPage, homePage, styleSource } from './pages/index.ts';
import type { ProviderOptions } from './provider.ts';
import { sendPage } from './reply.ts';

export interface Handler {
  readonly provider: Provider;
  readonly options: ProviderOptions;
}

/** A server that can be bound before the provider is made: the issuer contains the port. */
export function createLoginServer(handler: () => Handler | undefined): Server {
  return createServer((request, response) => {
    const ready = handler();
    if (!ready) {
      response.writeHead(503, { 'retry-after': '1' }).end();
      return;
    }
    if (!checkHost(request, response, [new URL(ready.options.origin).host])) return;
    handle(ready, request, response).catch((error: unknown) => fail(ready.options, request, response, error));
  });
}

async function handle(
  { provider, options }: Handler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  setHeaders(options, response);
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const { vendor } = options;
  if (path === '/')
    return sendPage(
      response,
      200,
      homePage(options.appName, vendor.title, vendor.issuer(options.origin), options.appOrigin),
    );
  if (path === '/favicon.ico') return void response.writeHead(204).end();
  if (path.startsWith('/avatar/')) return sendAvatar(path, response);
  if (path.startsWith('/people/')) {
    refuseOtherSites(options, request);
    return interact(provider, options, request, response);
  }
  if (path === vendor.logout?.path && request.method === 'GET') {
    return vendorLogout(provider, options, vendor.logout, request, response);
  }
  withoutIssuerPath(options, request);
  await provider.callback()(request, response);
}

function setHeaders({ appOrigin }: ProviderOptions, response: ServerResponse): void {
  const policy = [
    "default-src 'none'",
    // Empty, so nothing; the library adds the hash of its one script (a form that posts itself) when it sends it.
    'script-src',
    `style-src ${styleSource}`,
    "img-src 'self'",
    // Chromium checks the redirects after a form too: the last one leads back to the app.
    `form-action 'self' ${appOrigin}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  response.setHeader('content-security-policy', policy.join('; '));
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'same-origin');
}

/** The app's pages are on the same site (localhost), so that SameSite does not keep them from posting here. */
function refuseOtherSites({ origin }: ProviderOptions, request: IncomingMessage): void {
  if (request.method !== 'POST') return;
  const site = request.headers['sec-fetch-site'];
  const from = request.headers.origin;
  const foreign = site === undefined ? from !== undefined && from !== origin : site !== 'same-origin';
  if (foreign) throw new HttpError(403, 'Another site may not choose who signs in.');
}

/** Discovery and keys of an issuer with a path are found below it. */
function withoutIssuerPath({ vendor, origin }: ProviderOptions, request: IncomingMessage): void {
  const prefix = new URL(vendor.issuer(origin)).pathname;
  if (prefix !== '/' && request.url?.startsWith(`${prefix}/`)) request.url = request.url.slice(prefix.length);
}

function sendAvatar(path: string, response: ServerResponse): void {
  const name = /^\/avatar\/([^/]{1,40})\.svg$/.exec(path)?.[1] ?? '';
  const letters = decode(name);
  if (!/^[\p{L}?]{1,4}$/u.test(letters)) throw new HttpError(404, 'There is nothing here.');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  response.setHeader('cache-control', 'public, max-age=86400');
  response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(avatar(letters));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function fail(
  { vendor, log }: ProviderOptions,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  request.resume();
  if (response.headersSent) return void response.destroy();
  if (error instanceof HttpError)
    return sendPage(response, error.status, errorPage(vendor.title, 'refused', error.message));
  if (isExpired(error)) {
    return sendPage(
      response,
      400,
      errorPage(vendor.title, 'expired', 'This sign-in is over, or belongs to another browser.'),
    );
  }
  log(`login: ${error instanceof Error ? error.message : String(error)}`);
  sendPage(response, 500, errorPage(vendor.title, 'server_error', 'The terminal shows why.'));
}

function isExpired(error: unknown): boolean {
  return error instanceof Error && error.name === 'SessionNotFound';
}
