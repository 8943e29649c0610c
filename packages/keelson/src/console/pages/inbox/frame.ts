import type { ServerResponse } from 'node:http';

/** Of a mail's own HTML, beside the frame's `sandbox`: nothing is loaded, run or sent, whoever opens this address. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

/**
 * Elements that reach out before any policy is asked (`preconnect`, `dns-prefetch`; Chromium connects to where a frame leads,
 * and then refuses to load it), or speak for the whole page.
 */
const reaching = /<(?=\/?(?:link|meta|base|i?frame|frameset|object|embed)\b)/gi;
const largest = 2 * 1024 * 1024;

export function sendFrame(markup: string, response: ServerResponse): void {
  response.setHeader('content-security-policy', policy);
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('x-dns-prefetch-control', 'off');
  response.end(
    `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light"><base target="_blank">${quiet(markup)}`,
  );
}

function quiet(markup: string): string {
  if (markup.length > largest) return '<p>This mail is too large to be shown; save it to see all of it.</p>';
  return markup.replace(reaching, '<x-');
}
