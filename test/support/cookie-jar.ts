/** Cookies of one host name; as in a browser, all ports share them (RFC 6265, 8.5). */
export class CookieJar {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  /** Takes over what an answer sets. */
  take(setCookie: readonly string[] = []): void {
    for (const line of setCookie) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      const path = attribute(attributes, 'path') ?? '/';
      if (isOver(attributes) || value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path });
    }
  }

  /** The `Cookie` header for a path; `undefined` when there is nothing to send. */
  header(path: string): string | undefined {
    const pairs = [...this.#cookies]
      .filter(([, cookie]) => covers(cookie.path, path))
      .map(([name, { value }]) => `${name}=${value}`);
    return pairs.length > 0 ? pairs.join('; ') : undefined;
  }

  get names(): string[] {
    return [...this.#cookies.keys()];
  }

  get(name: string): string | undefined {
    return this.#cookies.get(name)?.value;
  }

  set(name: string, value: string): void {
    this.#cookies.set(name, { value, path: '/' });
  }

  delete(name: string): void {
    this.#cookies.delete(name);
  }

  copy(): CookieJar {
    const jar = new CookieJar();
    for (const [name, cookie] of this.#cookies) jar.#cookies.set(name, cookie);
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
