import { decodeJwt, decodeProtectedHeader } from 'jose';
import { type Html, html } from '../../../html.ts';

/** Claims that are seconds since 1970. */
const times = new Set(['iat', 'exp', 'nbf', 'auth_time']);

/** What a token says, readable. */
export function claims(token: string): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Claim</th><th scope="col">Value</th></tr></thead>
${group('Header', decodeProtectedHeader(token))}
${group('Claims', decodeJwt(token))}
</table></div>`;
}

function group(title: string, values: Readonly<Record<string, unknown>>): Html {
  return html`<tbody>
<tr class="group"><th colspan="2" scope="rowgroup">${title}</th></tr>
${Object.entries(values).map(
  ([name, value]) =>
    html`<tr><th scope="row"><code>${name}</code></th><td><code>${shown(value)}</code> ${time(name, value)}</td></tr>`,
)}
</tbody>`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function time(name: string, value: unknown): Html | undefined {
  if (!times.has(name) || typeof value !== 'number') return undefined;
  return html`<span class="muted">${new Date(value * 1000).toISOString()}</span>`;
}
