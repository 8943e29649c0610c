import type { ServerResponse } from 'node:http';

export function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(page);
}

export function redirect(response: ServerResponse, address: string): void {
  response.writeHead(303, { location: address, 'content-length': 0 });
  response.end();
}
