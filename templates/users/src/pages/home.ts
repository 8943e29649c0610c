import { html } from '../html.ts';
import { layout } from './layout.ts';

/** @param documented whether the service serves its documentation; in production it does not by default */
export function homePage({ documented }: { readonly documented: boolean }): string {
  const docs = html`
    <li><a href="/docs">API documentation</a><p>Every route, to try out: sign in there, then press “Authorize”.</p></li>`;
  const body = html`<header><h1>User manager</h1></header>
<main>
  <section aria-labelledby="ways">
    <h2 id="ways">Where to?</h2>
    <ul class="ways">
    <li><a href="/admin">Administration</a><p>Register, sign in, and manage users.</p></li>${documented ? docs : undefined}
    </ul>
  </section>
</main>
`;
  return layout({ title: 'User manager', body });
}
