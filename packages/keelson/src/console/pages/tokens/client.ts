import type { LocalApp } from '../../../local/app.ts';
import type { LocalMachine, LocalTokens } from '../../../local/part.ts';
import { shortScope } from '../../../local/tokens/ask.ts';
import { type Html, html } from '../../../html.ts';
import { requestCommand, tokenCommand } from './commands.ts';
import { claims } from './claims.ts';

/** What somebody has just asked to see of a client. */
export interface Opened {
  readonly secret?: string;
  readonly token?: string;
  /** Why there is no token. */
  readonly failure?: string;
}

export interface ClientView {
  readonly app: LocalApp;
  readonly resource: string;
  readonly tokens: LocalTokens | undefined;
  readonly machine: LocalMachine;
}

/** A machine: its id and secret, how to get a token by hand, and a form that gets one. */
export function clientSection(view: ClientView, { secret, token, failure }: Opened): Html {
  const { resource, machine } = view;
  const { name, id } = machine;
  const place = `/tokens/${resource}/${name}`;
  const heading = `client-${resource}-${name}`;
  return html`<section class="client" aria-labelledby="${heading}">
<h3 id="${heading}">${name}</h3>
<dl>
<dt>Client id</dt><dd>${copyable(id, 'client id')}</dd>
<dt>Client secret</dt><dd>${secret === undefined ? reveal(place, name) : copyable(secret, 'client secret')}</dd>
<dt>A token</dt><dd>${copyable(tokenCommand(view, secret), 'command')}</dd>
<dt>A request</dt><dd>${copyable(requestCommand(view), 'command')}</dd>
</dl>
${tokenForm(place, machine)}
${failure !== undefined && html`<p class="bad" role="alert">${failure}</p>`}
${token !== undefined && issued(token)}
</section>`;
}

function reveal(place: string, name: string): Html {
  return html`<form method="post" action="${place}/secret"><span class="secret" aria-hidden="true">••••••••</span>
<button>Show<span class="hidden"> the secret of ${name}</span></button></form>`;
}

function tokenForm(place: string, { name, scopes }: LocalMachine): Html {
  return html`<form method="post" action="${place}/token" class="filters">
${scopes.map(
  (scope) =>
    html`<label title="${scope}"><input type="checkbox" name="scope" value="${scope}" checked> ${shortScope(scope)}</label>`,
)}
<button>Get a token<span class="hidden"> for ${name}</span></button>
</form>`;
}

function issued(token: string): Html {
  return html`<div role="status"><p>${copyable(token, 'token')}</p>
${claims(token)}</div>`;
}

/** The button works where there is JavaScript; the text can be selected anyway. */
function copyable(text: string, what: string): Html {
  return html`<code tabindex="0">${text}</code> <button type="button" data-copy hidden>Copy<span class="hidden"> ${what}</span></button>`;
}
