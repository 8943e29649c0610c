import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { contentSecurityPolicy } from '../requests/content-security-policy.ts';
import type { Fault } from './fault.ts';

const style = `
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.6 system-ui,sans-serif;background:Canvas;color:CanvasText}
main{max-width:32rem;padding:2rem}
p.status{margin:0;font-size:.9rem;letter-spacing:.04em;opacity:.65}
h1{margin:.25rem 0 1rem;font-size:1.6rem;line-height:1.25}
a{color:LinkText}
small{opacity:.65}
code{font:0.9em ui-monospace,monospace}
`;
const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

/** The page allows its own style and nothing else. */
export const errorPagePolicy = contentSecurityPolicy({ 'default-src': ["'none'"], 'style-src': [styleHash] });

/** The error for a person at a browser. */
export function errorPage(fault: Fault, requestId: string): string {
  const title = escapeHtml(STATUS_CODES[fault.status] ?? 'Error');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${style}</style></head>
<body><main>
<p class="status">${fault.status} ${title}</p>
<h1>${escapeHtml(fault.message)}</h1>
<p><a href="/">Go to the start page</a></p>
<p><small>Request <code>${escapeHtml(requestId)}</code></small></p>
</main></body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
