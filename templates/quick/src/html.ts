/** Text that is HTML already: the only thing `html` inserts as it is. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A template whose values are escaped, so that what a provider says of a person can never become markup. */
export function html(strings: TemplateStringsArray, ...values: (Html | string | undefined)[]): Html {
  return new Html(strings.reduce((text, part, index) => text + render(values[index - 1]) + part));
}

function render(value: Html | string | undefined): string {
  if (value === undefined) return '';
  return value instanceof Html ? value.text : escape(value);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
