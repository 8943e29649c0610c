import { type Html, html } from '../html.ts';
import { field, newPassword } from './fields.ts';
import { layout, needsScript } from './layout.ts';

interface LinkPage {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  readonly button: string;
  /** What it says when it is done. */
  readonly done: string;
  /** Where another link comes from. */
  readonly another: Html;
  readonly fields?: readonly Html[];
}

const linkPage: readonly LinkPage[] = [
  {
    path: '/auth/confirm',
    title: 'Confirm your address',
    text: 'Press the button if it was you who gave this address.',
    button: 'Confirm',
    done: 'Your address is confirmed.',
    another: html`<a href="/admin#resend">Get a new link</a>`,
  },
  {
    path: '/auth/reset',
    title: 'Choose a new password',
    text: 'It confirms your address, and ends every session of your account.',
    button: 'Save the password',
    done: 'Your password is changed.',
    another: html`<a href="/admin#forgot">Get a new link</a>`,
    fields: [newPassword('reset', 'New password')],
  },
  {
    path: '/auth/accept',
    title: 'Accept the invitation',
    text: 'Choose a name, which other administrators see, and a password.',
    button: 'Accept',
    done: 'Your account is ready.',
    another: html`Any administrator can invite you again.`,
    fields: [field({ id: 'accept-name', label: 'Name', autocomplete: 'name' }), newPassword('accept')],
  },
];

/**
 * The pages that mailed links lead to, by path. The token is in the fragment of the address, which a browser sends to no
 * server; loading a page does nothing, because mail scanners load links too: its button posts.
 */
export function linkPages(): Record<string, string> {
  return Object.fromEntries(linkPage.map((page) => [page.path, linkPageText(page)]));
}

function linkPageText({ path, title, text, button, done, another, fields = [] }: LinkPage): string {
  const body = html`<header><h1>${title}</h1></header>
<main class="narrow">
  <section>
    ${needsScript}
    <form id="link" method="post" action="${path}">
      <p>${text}</p>
      ${fields}
      <p class="message" role="status"></p>
      <p id="another" hidden>${another}</p>
      <div class="row"><button>${button}</button></div>
    </form>
    <div id="done" tabindex="-1" hidden>
      <p class="message right">${done}</p>
      <p><a href="/admin">Sign in</a></p>
    </div>
  </section>
</main>
`;
  return layout({ title, body, script: '/links.js' });
}
