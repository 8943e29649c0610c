import type { LocalApp } from '../../local/app.ts';
import { loginPathOf } from '../../local/login/path.ts';
import type { LocalPart, LocalPerson } from '../../local/part.ts';
import type { LocalService } from '../../local/services/index.ts';
import { hasHiddenDocs } from '../../local/services/docs.ts';
import { type Html, html } from '../../html.ts';
import { serviceView } from '../view.ts';
import { logPanel } from './log-panel.ts';
import type { ConsolePage } from './page.ts';

/** What runs where, who can sign in, and what is being logged. */
export const overview: ConsolePage = {
  path: '/',
  title: 'Overview',
  render: (app) => html`<div class="columns">
<section aria-labelledby="running">
<h2 id="running">Running</h2>
<ul class="rows">
${app.services.map((service) => serviceRow(app, service))}
${[...app.parts].map((part) => partRow(app, part))}
</ul>
</section>
${people(app)}
</div>
<section aria-labelledby="logs">
<h2 id="logs">Logs</h2>
${logPanel(app)}
</section>`,
};

function serviceRow(app: LocalApp, service: LocalService): Html {
  const { status, text } = serviceView(service);
  return html`<li data-service="${service.name}" data-status="${status}">
<span class="dot" aria-hidden="true"></span>
<span class="name">${service.name}</span>
<span class="where">${serviceAddress(app, service)}
<small class="muted">${about(service)} · <span data-state role="status">${text}</span></small></span>
<form method="post" action="/services/${service.name}/restart"><button>Restart<span class="hidden"> ${service.name}</span></button></form>
</li>`;
}

/** Where else it is found, and what serves it. */
function about({ source, server, paths, publicUrl }: LocalService): Html {
  return html`${source}${server !== undefined && html`, by ${server}`}${
    paths.length > 0 && html` · also at ${publicUrl} <code>${paths.join(' ')}</code>`
  }`;
}

/** Behind an HTTP API the address itself answers 404, and the documentation is at the service's own. */
function serviceAddress({ app }: LocalApp, service: LocalService): Html {
  const { name, url } = service;
  if (!hasHiddenDocs(app, service)) return html`<a href="${url}">${url}</a>`;
  return html`<code>${url}</code> <a href="/services/${name}/docs" title="At the service itself: the gateway does not pass /docs">docs<span class="hidden"> of ${name}</span></a>`;
}

/** Leads to where one sees what is in it: the addresses of tables and tokens are for programs. */
function partRow(app: LocalApp, [name, part]: [string, LocalPart]): Html {
  const kind = app.app.resources?.[name]?.kind;
  const pages = { tokens: '/tokens', table: `/tables?table=${encodeURIComponent(name)}` };
  const own = kind === 'tokens' || kind === 'table' ? pages[kind] : name === '' ? '/tables?table=sessions' : undefined;
  const href = own ?? part.address;
  const address =
    own || /^https?:/.test(href) ? html`<a href="${href}">${part.address}</a>` : html`<code>${href}</code>`;
  return html`<li data-status="ready">
<span class="dot" aria-hidden="true"></span>
<span class="name">${name || 'sessions'}</span>
<span class="where">${address}
<small class="muted">${part.title}</small></span>
</li>`;
}

function people(app: LocalApp): Html | undefined {
  const people = [...app.parts.values()].flatMap((part) => part.people ?? []);
  const [service] = app.services.filter(({ name }) => usesLogin(app, name));
  if (people.length === 0 || !service) return undefined;
  const login = `${service.publicUrl}${loginPathOf(app.app)}`;
  return html`<section aria-labelledby="people">
<div class="heading"><h2 id="people">People</h2> <a class="button" href="${login}">Sign in</a></div>
<ul class="people">
${people.map((person) => personRow(person, login))}
</ul>
</section>`;
}

/** The link leads to the login page with the person chosen; signing in is a click there. */
function personRow({ name, email, note }: LocalPerson, login: string): Html {
  return html`<li><a href="${login}?login_hint=${encodeURIComponent(email)}"><span class="hidden">Sign in as </span>${name}</a>
<span class="muted">${email}</span> <small class="note">${note}</small></li>`;
}

function usesLogin({ app }: LocalApp, service: string): boolean {
  return (app.services[service]?.uses ?? []).some((name) => app.resources?.[name]?.kind === 'login');
}
