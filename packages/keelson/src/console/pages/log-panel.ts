import type { LocalApp } from '../../local/app.ts';
import { logLevels } from '../../local/services/log-line.ts';
import { type Html, html } from '../../html.ts';

/** Filters and the live list; the client script fills it. */
export function logPanel({ services }: LocalApp): Html {
  const names = services.map(({ name }) => name);
  return html`<div class="logs" data-logs data-services="${names.length}">
<div class="filters" role="search">
${names.length > 1 && select('service', 'Service', 'all services', names)}
${select(
  'level',
  'Level',
  'every level',
  logLevels.slice(1).map((level) => `${level}`),
)}
<label class="grow"><span class="hidden">Text</span><input type="search" name="text" placeholder="Filter by text  ( / )" autocomplete="off" spellcheck="false"></label>
<button type="button" data-pause aria-pressed="false" title="p">Pause</button>
<button type="button" data-clear>Clear</button>
</div>
<ol class="lines" tabindex="0" role="log" aria-label="Log lines" aria-live="off"></ol>
<p class="empty muted" data-empty>Nothing yet. Lines appear here as the services write them.</p>
</div>`;
}

function select(name: string, label: string, all: string, values: readonly string[]): Html {
  return html`<label><span class="hidden">${label}</span><select name="${name}"><option value="">${all}</option>${values.map(
    (value) => html`<option value="${value}">${name === 'level' ? `${value} and above` : value}</option>`,
  )}</select></label>`;
}
