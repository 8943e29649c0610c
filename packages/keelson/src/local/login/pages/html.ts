/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | false | undefined | readonly Html[];

/** Template of HTML: every value is escaped, but values that are `Html` themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((text, string, i) => text + render(parts[i - 1]) + string) };
}

export function raw(text: string): Html {
  return { html: text };
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string') return escape(part);
  return Array.isArray(part) ? part.map(({ html }) => html).join('') : (part as Html).html;
}
