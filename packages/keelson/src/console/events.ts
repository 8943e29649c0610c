import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalApp } from '../local/app.ts';
import { fromOwnPage, refuse } from './own-page.ts';
import { inboxesOf } from './inboxes.ts';
import { serviceView } from './view.ts';

const keepAlive = 15_000;

/**
 * Log lines and states of services as they come (server-sent events). A browser that comes back says with `Last-Event-ID`
 * which line it saw last.
 */
export function streamEvents(app: LocalApp, request: IncomingMessage, response: ServerResponse): void {
  if (!fromOwnPage(request)) return refuse(response, 403, 'Only pages of this console may read this.');
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const send = (event: string, value: unknown, id?: number) => {
    response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
  };
  for (const entry of app.logs.since(Number(request.headers['last-event-id'] ?? 0) || 0)) send('log', entry, entry.id);
  const stops = [
    ...inboxesOf(app).map(({ inbox }) => inbox.follow((mail) => send('mail', { id: mail?.id ?? '' }))),
    app.logs.follow((entry) => send('log', entry, entry.id)),
    ...app.services.map((service) => {
      const tell = () => send('service', serviceView(service));
      tell();
      service.supervisor.on('state', tell);
      return () => void service.supervisor.off('state', tell);
    }),
  ];
  const timer = setInterval(() => response.write(': still here\n\n'), keepAlive).unref();
  response.once('close', () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  });
}
