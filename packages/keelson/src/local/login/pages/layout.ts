import { Html, html } from '../../../html.ts';
import { style } from './style.ts';

/** A whole page. It says on every one that this is not the vendor. */
export function layout(title: string, vendorTitle: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<strong class="standin">Local stand-in for ${vendorTitle}: it runs on this machine only and asks for no password.</strong>
${content}
</main>
</body>
</html>
`.text;
}
