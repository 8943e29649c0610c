import type { Person } from '@keelson/runtime/session';
import { type Html, html } from './html.ts';

/** The start page. It works without JavaScript. */
export function homePage(person: Person | null, provider: string): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quick</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
  <img class="mark" src="/icon.svg" alt="" width="56" height="56">
  ${person ? welcome(person, provider) : invitation(provider)}
</main>
</body>
</html>
`;
  return page.text;
}

function invitation(provider: string): Html {
  const title = titleOf(provider);
  return html`<h1>Quick</h1>
  <p class="lead">One service, one <span class="whole">sign-in</span>, nothing to look after.</p>
  <a class="button" href="/auth/login">Sign in with ${title}</a>
  <p class="hint">${title} tells this service your name, picture and email address, nothing else.</p>`;
}

function welcome({ name, email, sub }: Person, provider: string): Html {
  const shown = name ?? email ?? sub;
  return html`<h1>Hello, ${shown}</h1>
  <dl>
    ${email === undefined ? undefined : html`<div><dt>Email</dt><dd>${email}</dd></div>`}
    <div><dt>Signed in with</dt><dd>${titleOf(provider)}</dd></div>
    <div><dt>The same as JSON</dt><dd><a href="/api/me">/api/me</a></dd></div>
  </dl>
  <form method="post" action="/auth/logout"><button>Sign out</button></form>
  ${provider === 'google' ? staysSignedIn : undefined}`;
}

/** Google offers no sign-out to other services. */
const staysSignedIn = html`<p class="hint">This ends your session here. Google itself keeps you signed in.</p>`;

const titles: Readonly<Record<string, string>> = { google: 'Google', auth0: 'Auth0', cognito: 'Amazon Cognito' };

function titleOf(provider: string): string {
  return titles[provider] ?? 'your organisation';
}
