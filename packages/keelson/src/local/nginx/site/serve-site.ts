import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeServer, listenOnLoopback } from '../../loopback.ts';
import type { HostedSite, Hosting } from '../hosted-site.ts';
import { plainPage } from './answer.ts';
import { follow } from './follow.ts';
import { askedOf } from './request.ts';
import { readRules, type Rules } from './rules.ts';
import { send } from './send.ts';
import { readUri } from './uri.ts';

/** Milliseconds; as nginx has them by default, or close. */
const limits = { headersTimeout: 60_000, requestTimeout: 0, keepAliveTimeout: 75_000 };

/** Serves a folder by the rules of its `nginx.conf`, without nginx. @returns the exit code, once it has ended */
export async function serveSite(
  { folder, conf }: HostedSite,
  { ready, log, complain, signal }: Hosting,
): Promise<number> {
  const { rules, problems } = readRules(readFileSync(join(folder, 'nginx.conf'), 'utf8'), join(folder, 'public'));
  if (problems.length > 0) {
    for (const { line, message } of problems) complain(`${conf}:${line}: ${message} without nginx`);
    complain('Install nginx: with it on PATH, keelson dev runs this very configuration. Or write it without these.');
    return 1;
  }
  const server = createServer(limits, (request, response) => {
    const begun = performance.now();
    answer(rules, request, response).then(
      (isLogged) => isLogged && log(logLine(request, response, performance.now() - begun)),
      (error: unknown) => {
        complain(String(error));
        response.destroy();
      },
    );
  });
  ready(await listenOnLoopback(server, 0, 1));
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await closeServer(server);
  return 0;
}

/** @returns whether the rules want it logged */
async function answer(rules: Rules, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  request.resume();
  const uri = readUri(request.url ?? '/');
  const asked = askedOf(request, rules, uri ?? { uri: '/', args: undefined });
  const found = uri ? await follow(asked) : { status: 400, type: 'text/html', headers: {}, body: plainPage(400) };
  await send(asked, found, response);
  return asked.settings.accessLog;
}

function logLine({ method, url = '' }: IncomingMessage, { statusCode }: ServerResponse, duration: number): string {
  const [path] = url.split('?', 1);
  return JSON.stringify({
    level: 'info',
    time: Date.now(),
    msg: 'request',
    method,
    path,
    status: statusCode,
    ms: Math.round(duration),
  });
}
