import { html, page } from './html.ts';

/** Asks before anything happens: a link or an image on another site must not sign anybody out. */
export function logoutPage(action: string, name: string | undefined, back: string): string {
  const who = name ? html`<p>You are signed in as ${name}.</p>` : html``;
  return page(
    'Sign out?',
    html`${who}<nav><form method="post" action="${action}"><button type="submit">Sign out</button></form><a href="${back}">Stay signed in</a></nav>`,
  );
}

export function signedOutPage(loginPath: string): string {
  return page(
    'You are signed out',
    html`<p>Your session here has ended.</p><p><a class="action" href="${loginPath}">Sign in</a></p>`,
  );
}
