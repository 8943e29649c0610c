import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Html } from '../html.ts';
import type { LocalApp } from '../local/app.ts';
import { HttpError, readForm } from '../local/login/form.ts';
import { ownDocs } from '../local/services/docs.ts';
import { sendAsset } from './assets.ts';
import { streamEvents } from './events.ts';
import { layout } from './pages/layout.ts';
import { pages } from './pages/index.ts';
import { notFound } from './pages/not-found.ts';
import type { ConsolePage } from './pages/page.ts';
import { fromOwnPage, refuse } from './own-page.ts';

/** Headers of every answer: nothing from elsewhere runs, nobody frames it, nothing is kept. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: browsers would then post our own forms with `Origin: null`.
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Answers a request to the console. The caller has checked `Host`. */
export function handleConsole(app: LocalApp, request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const [path = '/', query] = (request.url ?? '/').split('?');
  if (request.method === 'POST') return post(app, path, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Use GET or POST.');
  if (path === '/events') return streamEvents(app, request, response);
  if (path.startsWith('/assets/')) return sendAsset(path.slice('/assets/'.length), response);
  const documented = /^\/services\/([^/]+)\/docs$/.exec(path)?.[1];
  if (documented !== undefined) return leadToDocs(app, documented, response);
  const page = pagesOf(app).find((each) => each.path === path);
  if (page) return render(app, page, new URLSearchParams(query), response);
  if (below(app, path, request, response)) return;
  response.statusCode = 404;
  render(app, notFound, new URLSearchParams(query), response);
}

function render(app: LocalApp, page: ConsolePage, query: URLSearchParams, response: ServerResponse): void {
  Promise.resolve(page.render(app, query)).then(
    (content) => sendPage(app, page, content, response),
    (error: unknown) => refuse(response, 500, error instanceof Error ? error.message : 'That went wrong.'),
  );
}

/** One address for a page that moves with each restart of its service. */
function leadToDocs(app: LocalApp, name: string, response: ServerResponse): void {
  const service = app.services.find((each) => each.name === name);
  const location = service && ownDocs(service);
  if (!location)
    return refuse(response, service ? 503 : 404, service ? `${name} is not running.` : 'There is nothing here.');
  response.writeHead(302, { location }).end();
}

/** Those that have something to show for the app; the overview first. */
export function pagesOf(app: LocalApp): ConsolePage[] {
  return pages.filter((page) => page.shown?.(app) ?? true);
}

function sendPage(app: LocalApp, page: ConsolePage, content: Html, response: ServerResponse): void {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(layout(app, page, pagesOf(app), content).text);
}

/** Lets the page answer whose address this is below. @returns whether there is one */
function below(app: LocalApp, path: string, request: IncomingMessage, response: ServerResponse): boolean {
  const page = pagesOf(app).find((each) => each.below && path.startsWith(`${each.path}/`));
  if (!page?.below) return false;
  const own = path.slice(page.path.length);
  const answer = page.below({
    app,
    path: own,
    request,
    response,
    page: (content) => sendPage(app, page, content, response),
  });
  Promise.resolve(answer).catch(() => {
    if (response.headersSent) response.destroy();
    else refuse(response, 500, 'This could not be shown.');
  });
  return true;
}

function post(app: LocalApp, path: string, request: IncomingMessage, response: ServerResponse): void {
  if (!fromOwnPage(request)) {
    request.resume();
    return refuse(response, 403, 'Only pages of this console may do that.');
  }
  const page = pagesOf(app).find((each) => each.submit && path.startsWith(`${each.path}/`));
  if (!page) return restart(app, path, request, response);
  submit(app, page, path.slice(page.path.length + 1), request, response).catch((error: unknown) => {
    request.resume();
    if (response.headersSent) return void response.destroy();
    const status = error instanceof HttpError ? error.status : 500;
    refuse(response, status, error instanceof Error ? error.message : 'That went wrong.');
  });
}

async function submit(
  app: LocalApp,
  page: ConsolePage,
  rest: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const content = await page.submit?.(app, rest, await readForm(request));
  if (!content) return refuse(response, 404, 'There is nothing here.');
  sendPage(app, page, content, response);
}

function restart(app: LocalApp, path: string, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const [, name] = /^\/services\/([^/]+)\/restart$/.exec(path) ?? [];
  const service = app.services.find((each) => each.name === name);
  if (!service && below(app, path, request, response)) return;
  if (!service) return refuse(response, 404, 'There is nothing here.');
  void service.supervisor.start();
  response.writeHead(303, { location: '/' });
  response.end();
}
