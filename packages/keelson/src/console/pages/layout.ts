import type { LocalApp } from '../../local/app.ts';
import { type Html, html } from '../../html.ts';
import type { ConsolePage } from './page.ts';

/** The frame around every page. */
export function layout(app: LocalApp, page: ConsolePage, pages: readonly ConsolePage[], content: Html): Html {
  const { name } = app.app;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · ${name}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M3 2v12M3 9l9-7M6 7l7 7' stroke='%230a7d78' stroke-width='2.4' fill='none'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/assets/console.css">
<script type="module" src="/assets/console.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<div class="bar">
<p class="brand"><span class="app">${name}</span> <span class="muted">on this machine</span></p>
<nav aria-label="Pages">${pages.map((each) => navLink(each, page))}</nav>
</div>
</header>
<main id="main">
<h1 class="hidden">${page.title}</h1>
${content}
</main>
</body>
</html>
`;
}

function navLink(each: ConsolePage, current: ConsolePage): Html {
  return each === current
    ? html`<a href="${each.path}" aria-current="page">${each.title}</a>`
    : html`<a href="${each.path}">${each.title}</a>`;
}
