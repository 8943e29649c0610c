import { escapeHtml, Html, html } from '../../../html.ts';
import { layout } from './layout.ts';

export { peoplePage } from './people-page.ts';
export { styleSource } from './style.ts';

export function errorPage(vendorTitle: string, error: string, description = ''): string {
  return layout(
    'This sign-in cannot go on',
    vendorTitle,
    html`<h1>This sign-in cannot go on</h1>
<p><code>${error}</code></p>
<p>${description}</p>
<p>Go back to the app and start again.</p>`,
  );
}

/** `form` is the library's own, with id `op.logoutForm`. */
export function logoutPage(appName: string, vendorTitle: string, form: string): string {
  return layout(
    'Sign out?',
    vendorTitle,
    html`<h1>Sign out of ${vendorTitle} too?</h1>
<p>Otherwise the next sign-in to ${appName} needs no click.</p>
${new Html(form)}
<div class="row">
<button class="primary" autofocus type="submit" form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>
<button type="submit" form="op.logoutForm">No, stay signed in</button>
</div>`,
  );
}

export function signedOutPage(vendorTitle: string): string {
  return layout('Signed out', vendorTitle, html`<h1>You are signed out</h1><p>You can close this page.</p>`);
}

export function homePage(appName: string, vendorTitle: string, issuer: string, appUrl: string): string {
  return layout(
    `Local login of ${appName}`,
    vendorTitle,
    html`<h1>Login of ${appName}</h1>
<p>Sign-in starts at the app: <a href="${appUrl}">${appUrl}</a></p>
<p>Issuer: <code>${issuer}</code></p>`,
  );
}

export function avatar(letters: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96"><circle cx="48" cy="48" r="48" fill="#2450c8"/><text x="48" y="50" fill="#fff" font-family="sans-serif" font-size="38" text-anchor="middle" dominant-baseline="middle">${escapeHtml(letters)}</text></svg>`;
}
