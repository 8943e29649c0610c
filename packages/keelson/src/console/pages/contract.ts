import type { LocalApp } from '../../local/app.ts';
import type { LocalService } from '../../local/services/index.ts';
import { type Html, html } from '../../html.ts';
import { type ContractView, contractView, type VariableView } from '../view.ts';
import type { ConsolePage } from './page.ts';

/** The environment variables each service was started with: the same names it gets in AWS. */
export const contract: ConsolePage = {
  path: '/contract',
  title: 'Contract',
  render: (
    app,
  ) => html`<p class="lead">The environment variables each service is given. In AWS it gets the same names.</p>
${app.services.filter(({ isProgram }) => isProgram).map((service) => serviceContract(app, service))}`,
};

function serviceContract(app: LocalApp, service: LocalService): Html {
  return html`<section aria-labelledby="contract-${service.name}">
<h2 id="contract-${service.name}">${service.name}</h2>
<div class="scroll"><table class="variables">
<thead><tr><th scope="col">Variable</th><th scope="col">Value</th><th scope="col">What it is</th></tr></thead>
${contractView(app, service).map(group)}
</table></div>
</section>`;
}

function group({ resource, kind, variables }: ContractView): Html {
  const title = resource === undefined ? html`Every service` : html`${resource} <span class="muted">${kind}</span>`;
  return html`<tbody>
<tr class="group"><th colspan="3" scope="rowgroup">${title}</th></tr>
${variables.map(row)}
</tbody>`;
}

function row(variable: VariableView): Html {
  return html`<tr><th scope="row"><code>${variable.name}</code></th><td>${value(variable)}</td><td class="muted">${inWords(variable.description)}</td></tr>`;
}

function value({ value, secret }: VariableView): Html {
  if (value === undefined) return html`<span class="muted">not set</span>`;
  if (secret) return html`<span class="secret" title="Secret">••••••••<span class="hidden">secret</span></span>`;
  return html`<code>${value}</code>`;
}

/** Descriptions are Markdown with code spans only. */
function inWords(description: string): readonly Html[] {
  return description.split('`').map((text, index) => (index % 2 === 1 ? html`<code>${text}</code>` : html`${text}`));
}
