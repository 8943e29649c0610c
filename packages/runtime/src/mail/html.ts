const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe as it is: made by `html` only. */
export interface MailHtml {
  readonly markup: string;
}

class Markup implements MailHtml {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/**
 * Markup of a mail in which every value is escaped, unless this tag made it. Values belong between tags and into quoted
 * attributes; an address that somebody else gave is no `href`.
 *
 * @example
 * const confirm = (name: string, link: string) => ({
 *   subject: 'Confirm your address',
 *   text: `Hello ${name}, open ${link}`,
 *   html: html`<p>Hello ${name}, <a href="${link}">confirm your address</a>.</p>`,
 * });
 */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | MailHtml | readonly MailHtml[])[]
): MailHtml {
  // The cooked parts: a template's own `\u00a0` is meant.
  return new Markup(parts.reduce((markup, part, index) => `${markup}${rendered(values[index - 1] ?? '')}${part}`));
}

function rendered(value: string | number | MailHtml | readonly MailHtml[]): string {
  if (value instanceof Markup) return value.markup;
  if (Array.isArray(value)) return value.map(rendered).join('');
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
