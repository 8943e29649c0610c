import { type Html, html } from '../../../html.ts';
import type { MailSummary } from '../../../local/mail/inbox.ts';
import { splitAtLinks } from '../../../local/mail/links.ts';
import type { ParsedMail } from '../../../local/mail/parsed-mail.ts';
import { localTime } from './list.ts';

export const views = ['html', 'text', 'source'] as const;
export type View = (typeof views)[number];

/** A mail as it is shown: where it is, what the envelope and the headers say, and what is in it. */
export interface ShownMail {
  /** Address of the mail in the console. */
  readonly path: string;
  readonly summary: MailSummary;
  readonly mail: ParsedMail;
  readonly raw: Buffer;
}

/** Characters that a page shows; the whole mail can be saved. */
const mostShown = 256 * 1024;
const titles: Readonly<Record<View, string>> = { html: 'HTML', text: 'Text', source: 'Source' };

export function firstView({ html, trouble }: ParsedMail): View {
  if (trouble !== undefined) return 'source';
  return html ? 'html' : 'text';
}

export function messagePage(shown: ShownMail, view: View): Html {
  const { path, summary, mail } = shown;
  return html`<article class="mail" data-mail="${summary.id}">
<p><a href="/inbox">← All mail</a></p>
<div class="heading"><h2>${summary.subject || '(no subject)'}</h2>
<form method="post" action="${path}/delete"><button>Delete</button></form></div>
<dl>
<dt>From</dt><dd>${mail.from || summary.from}</dd>
<dt>To</dt><dd>${mail.to || summary.to.join(', ')}${otherRecipients(shown)}</dd>
<dt>Time</dt><dd><time datetime="${summary.receivedAt}">${localTime(summary.receivedAt)}</time></dd>
${mail.attachments.length > 0 && html`<dt>Attached</dt><dd>${mail.attachments.join(', ')}</dd>`}
</dl>
<nav class="views" aria-label="Views">${views.map((each) => tab(path, each, view))}
<a href="${path}/message.eml" download>Save</a></nav>
${content(shown, view)}
</article>`;
}

/** Whom it was handed over for, where the headers say otherwise. */
function otherRecipients({ summary, mail }: ShownMail): Html | undefined {
  const hidden = summary.to.filter((address) => !mail.to.toLowerCase().includes(address.toLowerCase()));
  return hidden.length > 0 && mail.to
    ? html` <span class="muted">(delivered to ${hidden.join(', ')})</span>`
    : undefined;
}

function tab(path: string, view: View, current: View): Html {
  return view === current
    ? html`<a href="${path}/${view}" aria-current="page">${titles[view]}</a>`
    : html`<a href="${path}/${view}">${titles[view]}</a>`;
}

function content({ path, mail, raw }: ShownMail, view: View): Html {
  if (view === 'source') return html`<pre class="source" tabindex="0">${cut(raw.toString('utf8'))}</pre>`;
  if (mail.trouble !== undefined) return note(`This mail cannot be read (${mail.trouble}); see its source.`);
  if (view === 'text') return mail.text ? text(cut(mail.text)) : note('This mail has no text.');
  if (!mail.html) return note('This mail has no HTML.');
  // No script, no form, nothing of the console's: links open a tab of their own.
  return html`<iframe class="html" title="The mail as HTML" src="${path}/frame" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>`;
}

function note(words: string): Html {
  return html`<p class="lead">${words}</p>`;
}

function text(words: string): Html {
  return html`<pre class="text" tabindex="0">${splitAtLinks(words).map((piece, index) => (index % 2 === 1 ? link(piece) : html`${piece}`))}</pre>`;
}

function link(address: string): Html {
  return html`<a href="${address}" target="_blank" rel="noopener noreferrer">${address}</a>`;
}

function cut(words: string): string {
  return words.length > mostShown ? `${words.slice(0, mostShown)}\n\n[… more; save the mail to see all of it]` : words;
}
