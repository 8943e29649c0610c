export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface Form {
  readonly action: string;
  readonly method: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What a browser does, without one: keeps cookies (by host, as for localhost: across ports), follows redirects, submits forms. */
export class Browser {
  readonly cookies = new Map<string, { value: string; path: string }>();

  /** Follows redirects, but not to where `stopAt` leads. */
  async open(url: string, stopAt?: string, init: RequestInit = {}): Promise<Page> {
    let next = url;
    let request = init;
    for (let hops = 0; hops < 12; hops++) {
      if (stopAt && next.startsWith(stopAt)) return { url: next, status: 0, headers: new Headers(), body: '' };
      const response = await fetch(next, {
        ...request,
        redirect: 'manual',
        headers: { ...request.headers, cookie: this.#cookieHeader(new URL(next).pathname) },
      });
      this.#keep(response);
      const location = response.headers.get('location');
      const body = await response.text();
      if (!location) return { url: next, status: response.status, headers: response.headers, body };
      next = new URL(location, next).href;
      request = {};
    }
    throw new Error(`too many redirects from ${url}`);
  }

  submit(page: Page, form: Form, stopAt?: string, more: Record<string, string> = {}): Promise<Page> {
    return this.open(new URL(form.action, page.url).href, stopAt, {
      method: form.method,
      body: new URLSearchParams({ ...form.fields, ...more }),
    });
  }

  #keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; */);
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const;
      const path = attributes.find((attribute) => attribute.toLowerCase().startsWith('path='))?.slice(5) ?? '/';
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, { value, path });
    }
  }

  #cookieHeader(path: string): string {
    const matching = [...this.cookies].filter(([, cookie]) => path.startsWith(cookie.path));
    return matching.map(([name, { value }]) => `${name}=${value}`).join('; ');
  }
}

export function formsOf({ body }: Page): Form[] {
  return [...body.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', content = '']) => ({
    action: attribute(attributes, 'action') ?? '',
    method: attribute(attributes, 'method') ?? 'get',
    fields: Object.fromEntries(
      [...content.matchAll(/<input([^>]*)>/g)]
        .map(([, input = '']) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? ''] as const)
        .filter(([name]) => name !== ''),
    ),
    text: unescape(content.replace(/<[^>]*>/g, '')),
  }));
}

export function formWith(page: Page, text: string): Form {
  const form = formsOf(page).find((candidate) => candidate.text.includes(text));
  if (!form)
    throw new Error(
      `no form with “${text}” on ${page.url}: ${page.status} ${page.body.replace(/<style.*?<\/style>/s, '')}`,
    );
  return form;
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescape(value);
}

function unescape(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
