import { type Html, html } from '../html.ts';

export interface Layout {
  readonly title: string;
  readonly body: Html;
  /** Path of the page's script. */
  readonly script?: string;
}

/** A whole page. Styles and scripts are files of their own: the content security policy allows none inside a page. */
export function layout({ title, body, script }: Layout): string {
  const code = script === undefined ? undefined : html`<script type="module" src="${script}"></script>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/style.css">
${code}
</head>
<body>
${body}
</body>
</html>
`.text;
}

/** What a page that lives on its script says without one. */
export const needsScript = html`<noscript><p class="message wrong">This page needs JavaScript: it keeps the access token in memory, and nowhere else.</p></noscript>`;
