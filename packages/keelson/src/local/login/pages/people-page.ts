import { initials } from '../claims.ts';
import type { Persona } from '../people.ts';
import { type Html, html } from '../../../html.ts';
import { layout } from './layout.ts';

interface PeoplePage {
  readonly appName: string;
  readonly vendorTitle: string;
  readonly people: readonly Persona[];
  /** Where the forms are posted to. */
  readonly action: string;
  /** Email address (`login_hint`) of whom the app expects. */
  readonly hint?: string;
  /** What is wrong with the address that was typed. */
  readonly problem?: string;
}

/** The page of people to click: one plain form each, so that it works without scripts and for a test without a browser. */
export function peoplePage(page: PeoplePage): string {
  const expected = page.people.find(({ email, sub }) => page.hint === email || page.hint === sub);
  const hint = expected ? '' : (page.hint ?? '');
  return layout(
    `Sign in to ${page.appName} — local people`,
    page.vendorTitle,
    html`<h1>Sign in to ${page.appName}</h1>
<p>Choose who you are.</p>
<ul>
${page.people.map((person) => personItem(person, page.action, person === (expected ?? page.people[0]) && hint === ''))}
</ul>
<form class="else" method="post" action="${page.action}" novalidate>
<label for="email">Or someone else, by email address</label>
<input id="email" name="email" type="email" autocomplete="off" spellcheck="false" required value="${hint}"${
      page.problem ? html` aria-invalid="true" aria-describedby="problem"` : ''
    }${hint !== '' && html` autofocus`}>
<button type="submit">Sign in</button>
${page.problem && html`<p id="problem" role="alert">${page.problem}</p>`}
</form>
<form class="row" method="post" action="${page.action}">
<input type="hidden" name="cancel" value="yes">
<button class="plain" type="submit">Cancel: refuse to sign in</button>
</form>`,
  );
}

function personItem(person: Persona, action: string, first: boolean): Html {
  return html`<li><form method="post" action="${action}">
<input type="hidden" name="person" value="${person.sub}">
<button class="person" type="submit"${first && html` autofocus`}>
<span class="avatar" aria-hidden="true">${initials(person.name)}</span>
<span><span class="name" dir="auto">${person.name}</span>
<span class="about">${person.email} · ${person.note}</span></span>
</button></form></li>
`;
}
