import { createHash } from 'node:crypto';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Markup that is safe as it is: made by `html` only. */
export interface Html {
  readonly markup: string;
}

/** Markup in which every value is escaped, unless it is markup itself. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const escaped = values.map((value) => (typeof value === 'string' ? escapeHtml(value) : value.markup));
  return { markup: String.raw({ raw: parts }, ...escaped) };
}

const style = `:root{color-scheme:light dark;--ink:#1c2330;--paper:#f6f7f9;--card:#fff;--line:#dfe3e8;--action:#1f5fbf;--on-action:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e7eaf0;--paper:#12161d;--card:#1a202a;--line:#2c3543;--action:#4d8df0;--on-action:#0b1526}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{box-sizing:border-box;width:min(28rem,calc(100vw - 2rem));padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
h1{margin:0 0 .5rem;font-size:1.35rem}p{margin:0 0 1rem}small{opacity:.75;overflow-wrap:anywhere}
a.action,button{display:inline-block;padding:.6rem 1.1rem;border:0;border-radius:8px;background:var(--action);color:var(--on-action);font:inherit;text-decoration:none;cursor:pointer}
a.action:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--action);outline-offset:2px}
a{color:var(--action)}form{display:inline}nav{display:flex;gap:1rem;align-items:center;flex-wrap:wrap}`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** A whole page. It loads nothing and runs no script. */
export function page(title: string, body: Html): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)}</title><style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>
${body.markup}</main></body></html>
`;
}

/** `Content-Security-Policy` of these pages; `formActions` are origins that a form's answer may redirect to. */
export function pagePolicy(formActions: readonly string[] = []): string {
  const actions = ["'self'", ...formActions].join(' ');
  return `default-src 'none'; style-src 'sha256-${styleHash}'; form-action ${actions}; object-src 'none'; base-uri 'none'; frame-ancestors 'none'`;
}
