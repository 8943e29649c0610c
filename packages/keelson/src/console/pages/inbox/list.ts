import { type Html, html } from '../../../html.ts';
import type { MailSummary } from '../../../local/mail/inbox.ts';
import type { NamedInbox } from '../../inboxes.ts';

/** Newest first. The client script replaces it when something changes. */
export function mailList({ name, inbox }: NamedInbox): Html {
  const mails = inbox.list();
  return html`<section aria-labelledby="inbox-${name}">
<div class="heading"><h2 id="inbox-${name}">${name} <span class="muted" role="status">${count(mails.length)}</span></h2>
${mails.length > 0 && html`<form method="post" action="/inbox/${name}/delete"><button>Delete all</button></form>`}</div>
${mails.length === 0 ? nothing : table(name, mails)}
</section>`;
}

const nothing = html`<p class="lead">Nothing yet. Mail that the services send appears here; none of it leaves this machine.</p>`;

function count(mails: number): string {
  return mails === 1 ? '1 mail' : `${mails} mails`;
}

function table(name: string, mails: readonly MailSummary[]): Html {
  return html`<div class="scroll"><table class="mails">
<thead><tr><th scope="col">To</th><th scope="col">Subject</th><th scope="col">From</th><th scope="col">Time</th><th scope="col"><span class="hidden">Delete</span></th></tr></thead>
<tbody>${mails.map((mail) => row(name, mail))}</tbody>
</table></div>`;
}

function row(name: string, { id, to, subject, from, receivedAt }: MailSummary): Html {
  const shown = subject || '(no subject)';
  return html`<tr><td>${to.join(', ')}</td>
<th scope="row"><a href="/inbox/${name}/${id}">${shown}</a></th>
<td class="muted">${from || '(nobody)'}</td>
<td class="muted"><time datetime="${receivedAt}">${localTime(receivedAt)}</time></td>
<td><form method="post" action="/inbox/${name}/${id}/delete"><button>Delete<span class="hidden"> ${shown}</span></button></form></td></tr>`;
}

/** The console runs where it is read. */
export function localTime(iso: string): string {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  return today ? date.toLocaleTimeString('en-GB') : date.toLocaleString('en-GB');
}
