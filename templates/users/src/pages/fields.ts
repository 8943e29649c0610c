import { type Html, html } from '../html.ts';

interface Field {
  readonly id: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password' | 'search';
  readonly autocomplete: string;
  readonly hint?: string;
}

/** A labelled input whose name is the API's name of the value: the last part of its id. */
export function field({ id, label, type = 'text', autocomplete, hint }: Field): Html {
  const name = id.slice(id.lastIndexOf('-') + 1);
  const hintId = `${id}-hint`;
  const described = hint === undefined ? undefined : html` aria-describedby="${hintId}"`;
  return html`
      <label for="${id}">${label}</label>
      <input id="${id}" name="${name}" type="${type}" required autocomplete="${autocomplete}"${described}>
      ${hint === undefined ? undefined : html`<p class="hint" id="${hintId}">${hint}</p>`}`;
}

export const newPassword = (prefix: string, label = 'Password') =>
  field({
    id: `${prefix}-password`,
    label,
    type: 'password',
    autocomplete: 'new-password',
    hint: '8 characters or more. A few words are easy to remember; common passwords are refused.',
  });
