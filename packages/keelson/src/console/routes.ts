import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalApp } from '../local/app.ts';
import { sendAsset } from './assets.ts';
import { streamEvents } from './events.ts';
import { layout } from './pages/layout.ts';
import { pages } from './pages/index.ts';
import { fromOwnPage, refuse } from './own-page.ts';

/** Headers of every answer: nothing from elsewhere runs, nobody frames it, nothing is kept. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** Answers a request to the console. The caller has checked `Host`. */
export function handleConsole(app: LocalApp, request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (request.method === 'POST') return post(app, path, request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Use GET or POST.');
  if (path === '/events') return streamEvents(app, request, response);
  if (path.startsWith('/assets/')) return sendAsset(path.slice('/assets/'.length), response);
  const page = pages.find((each) => each.path === path);
  if (!page) return refuse(response, 404, 'There is nothing here.');
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(layout(app, page, pages).text);
}

function post(app: LocalApp, path: string, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  if (!fromOwnPage(request)) return refuse(response, 403, 'Only pages of this console may do that.');
  const [, name] = /^\/services\/([^/]+)\/restart$/.exec(path) ?? [];
  const service = app.services.find((each) => each.name === name);
  if (!service) return refuse(response, 404, 'There is nothing here.');
  void service.supervisor.start();
  response.writeHead(303, { location: '/' });
  response.end();
}
