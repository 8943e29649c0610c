import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { matchesPath, type PathRule } from '@keelson/contract';
import type { Upstream } from './upstream.ts';

/** Chooses by the request's target as it was sent. `undefined`: it is nobody's. */
export type Route = (target: string) => Upstream | undefined;

/**
 * Chooses as the rules of the load balancer do: the first that matches the path, byte by byte as it was sent. AWS says that
 * it normalises addresses before, and not how; that is left out here, so no service should count on what never reaches it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions
 */
export function routeByPath(rules: readonly PathRule[], upstreamOf: (service: string) => Upstream | undefined): Route {
  return (target) => {
    const path = pathOf(target);
    const rule = rules.find(({ patterns }) => patterns.some((pattern) => matchesPath(pattern, path)));
    return rule && upstreamOf(rule.service);
  };
}

/** Before the query; of an absolute address (RFC 9112, 3.2.2) what follows the host. */
function pathOf(target: string): string {
  const [path = ''] = target.split('?', 1);
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(path)?.[0];
  return absolute === undefined ? path : path.slice(absolute.length) || '/';
}

/** What the load balancer answers by itself. */
const nothing = { status: 404, type: 'text/plain', text: 'There is nothing here.' };

export function answerNothing(request: IncomingMessage, response: ServerResponse): void {
  const { status, type, text } = nothing;
  response.writeHead(status, { 'content-type': type, 'content-length': text.length });
  response.end(request.method === 'HEAD' ? undefined : text);
  request.resume();
}

export function refuseNothing(socket: Duplex): void {
  const { status, type, text } = nothing;
  socket.on('error', () => socket.destroy());
  const head = `HTTP/1.1 ${status} Not Found\r\nContent-Type: ${type}\r\nContent-Length: ${text.length}\r\nConnection: close`;
  socket.end(`${head}\r\n\r\n${text}`);
}
