import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LocalApp } from '../local/app.ts';
export function handleConsole(app: LocalApp, port: number, request: IncomingMessage, response: ServerResponse): void {
  response.end(`${app.app.name} ${port} ${request.url}`);
}
