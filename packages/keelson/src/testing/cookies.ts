interface Cookie {
  readonly value: string;
  readonly path: string;
}

/** Cookies as a browser keeps them for localhost: by host, across ports (RFC 6265, 8.5). */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const separator = pair.indexOf('=');
      const name = pair.slice(0, separator);
      if (isExpired(attributes)) this.#cookies.delete(name);
      else this.#cookies.set(name, { value: pair.slice(separator + 1), path: attribute(attributes, 'path') ?? '/' });
    }
  }

  /** Value of the `Cookie` header. */
  header(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => covers(cookie.path, path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }
}

function covers(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function isExpired(attributes: readonly string[]): boolean {
  const maxAge = attribute(attributes, 'max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = attribute(attributes, 'expires');
  return expires !== undefined && Date.parse(expires) <= Date.now();
}

function attribute(attributes: readonly string[], name: string): string | undefined {
  const found = attributes.find((each) => each.toLowerCase().startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}
