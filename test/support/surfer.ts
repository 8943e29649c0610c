import { type Answer, type Call, call } from './http.ts';
import { CookieJar } from './cookie-jar.ts';

export interface Page extends Answer {
  /** Where the redirects ended. */
  readonly url: string;
  /** Every address on the way, the first one included. */
  readonly visited: readonly string[];
}

const asBrowser = {
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'none',
  'sec-fetch-dest': 'document',
};

/** Whether a redirect to that address is followed. */
export type Follows = (address: string) => boolean;

/** A person with a browser without JavaScript: keeps cookies, follows redirects, submits forms. */
export class Surfer {
  readonly jar: CookieJar;

  constructor(jar = new CookieJar()) {
    this.jar = jar;
  }

  /** One request with this person's cookies; redirects are not followed. */
  async send(url: string, options: Call = {}): Promise<Answer> {
    const cookie = this.jar.header(new URL(url).pathname);
    const answer = await call(url, {
      ...options,
      headers: { ...(cookie === undefined ? {} : { cookie }), ...options.headers },
    });
    this.jar.take(answer.headers['set-cookie']);
    return answer;
  }

  /** Opens a page as a browser does, and follows where it leads, as far as `follows` allows. */
  async open(url: string, options: Call = {}, follows: Follows = () => true): Promise<Page> {
    let answer = await this.send(url, { ...options, headers: { ...asBrowser, ...options.headers } });
    const visited = [url];
    let here = url;
    while (answer.status >= 300 && answer.status < 400 && answer.headers.location !== undefined) {
      if (visited.length > 20) throw new Error(`redirected in circles: ${visited.join(' → ')}`);
      const next = new URL(answer.headers.location, here).href;
      if (!follows(next)) break;
      here = next;
      visited.push(here);
      answer = await this.send(here, { headers: asBrowser });
    }
    return { ...answer, url: here, visited };
  }

  /** Submits the form of `page` whose markup, with that of its buttons, contains `marker`. */
  async submit(page: Page, marker: string, values: Record<string, string> = {}, follows?: Follows): Promise<Page> {
    const form = formOf(page.body, marker);
    if (form === undefined) throw new Error(`no form with ${JSON.stringify(marker)} on ${page.url}:\n${page.body}`);
    const fields = new URLSearchParams({ ...form.fields, ...values });
    const action = new URL(form.action ?? page.url, page.url);
    if (form.method === 'get') {
      action.search = fields.toString();
      return this.open(action.href, {}, follows);
    }
    return this.open(
      action.href,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: new URL(page.url).origin,
          'sec-fetch-site': 'same-origin',
        },
        body: fields.toString(),
      },
      follows,
    );
  }
}

interface Form {
  readonly action: string | undefined;
  readonly method: string;
  readonly fields: Record<string, string>;
}

function formOf(page: string, marker: string): Form | undefined {
  const markup = [...page.matchAll(/<form\b[\s\S]*?<\/form>/gi)]
    .map(([form]) => form)
    .find((form) => unescape(form).includes(marker));
  if (markup === undefined) return undefined;
  const head = /<form\b[^>]*>/i.exec(markup)?.[0] ?? '';
  // The button that is clicked sends its own name and value: the one with the marker, or the only one.
  const buttons = [...markup.matchAll(/<button\b([^>]*)>[\s\S]*?<\/button>/gi)];
  const button =
    buttons.find(([text]) => unescape(text).includes(marker)) ?? (buttons.length === 1 ? buttons[0] : undefined);
  const inputs = [...markup.matchAll(/<input\b([^>]*)>/gi)].map(([, attributes = '']) => attributes);
  const named = [...inputs, button?.[1] ?? ''].flatMap((attributes) => {
    const name = attribute(attributes, 'name');
    return name === undefined ? [] : [[name, attribute(attributes, 'value') ?? ''] as const];
  });
  return {
    action: attribute(head, 'action'),
    method: (attribute(head, 'method') ?? 'get').toLowerCase(),
    fields: Object.fromEntries(named),
  };
}

function attribute(markup: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*("([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(markup);
  return found ? unescape(found[2] ?? found[3] ?? found[4] ?? '') : undefined;
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#(?:39|x27);/gi, "'")
    .replaceAll('&amp;', '&');
}
