interface Cookie {
  readonly name: string;
  readonly path: string;
  readonly value: string;
}

/** Cookies of one host name; as in a browser, all ports share them (RFC 6265, 8.5), and a name may come once per path. */
export class CookieJar {
  #cookies: Cookie[] = [];

  /** Takes over what an answer sets. */
  take(setCookie: readonly string[] = []): void {
    for (const line of setCookie) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      const path = attribute(attributes, 'path') ?? '/';
      this.#cookies = this.#cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
      if (!isOver(attributes) && value !== '') this.#cookies.push({ name, path, value });
    }
  }

  /** The `Cookie` header for a path; `undefined` when there is nothing to send. */
  header(path: string): string | undefined {
    const pairs = this.#cookies
      .filter((cookie) => covers(cookie.path, path))
      .map(({ name, value }) => `${name}=${value}`);
    return pairs.length > 0 ? pairs.join('; ') : undefined;
  }

  /** Names of the cookies for any path. */
  get names(): string[] {
    return this.#cookies.filter(({ path }) => path === '/').map(({ name }) => name);
  }

  get(name: string): string | undefined {
    return this.#cookies.find((cookie) => cookie.name === name)?.value;
  }

  set(name: string, value: string): void {
    this.#cookies = [...this.#cookies.filter((cookie) => cookie.name !== name), { name, path: '/', value }];
  }

  copy(): CookieJar {
    const jar = new CookieJar();
    jar.#cookies = [...this.#cookies];
    return jar;
  }
}

function attribute(attributes: readonly string[], name: string): string | undefined {
  return attributes.find((part) => part.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
}

function isOver(attributes: readonly string[]): boolean {
  const maxAge = attribute(attributes, 'max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = attribute(attributes, 'expires');
  return expires !== undefined && Date.parse(expires) <= Date.now();
}

function covers(cookiePath: string, path: string): boolean {
  return cookiePath === '/' || path === cookiePath || path.startsWith(`${cookiePath.replace(/\/$/, '')}/`);
}
