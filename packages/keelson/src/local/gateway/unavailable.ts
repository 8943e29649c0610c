import type { IncomingMessage, ServerResponse } from 'node:http';
import { escapeHtml } from '../../html.ts';

export interface Unavailable {
  readonly status: 502 | 503;
  readonly service: string;
  /** One sentence. */
  readonly reason: string;
  /** What the service wrote last; may be empty. */
  readonly tail: string;
}

/** Answers for a service that cannot: a page for a browser, a problem document (RFC 9457) otherwise. */
export function answerUnavailable(request: IncomingMessage, response: ServerResponse, problem: Unavailable): void {
  const page = request.headers.accept?.includes('text/html') ?? false;
  response.writeHead(problem.status, {
    'content-type': page ? 'text/html; charset=utf-8' : 'application/problem+json',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'retry-after': '1',
  });
  response.end(request.method === 'HEAD' ? undefined : page ? html(problem) : json(problem));
}

function json({ status, service, reason, tail }: Unavailable): string {
  const document = { type: 'about:blank', title: reason, status, code: 'SERVICE_UNAVAILABLE', service, detail: tail };
  return `${JSON.stringify(document)}\n`;
}

/** Asks again by itself: the next save brings the service back. */
function html({ service, reason, tail }: Unavailable): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="2">
<title>${escapeHtml(service)} is not running</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 4rem auto; padding: 0 1.5rem }
h1 { font-size: 1.4rem }
pre { overflow-x: auto; padding: 1rem; border: 1px solid #8886; border-radius: 6px; font: 13px/1.5 ui-monospace, monospace }
p { opacity: .75 }
</style>
<h1>${escapeHtml(reason)}</h1>
${tail ? `<pre>${escapeHtml(tail)}</pre>` : ''}
<p>Save a change and this page comes back by itself.</p>
</html>
`;
}
