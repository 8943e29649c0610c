import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';

/** A browser's cookie jar and redirects, over `app.inject` for the service and real HTTP for the provider. */
export interface Browser {
  readonly jar: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Opens `/login`, goes to the provider, and gives the callback's path without opening it. */
  comeBack(returnTo?: string): Promise<string>;
  /** A whole login; the answer is the callback's. */
  signIn(returnTo?: string): Promise<LightMyRequestResponse>;
}

export const page = { accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate' };

export function createBrowser(app: FastifyInstance): Browser {
  const jar = new Map<string, string>();
  const send = async (options: InjectOptions) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await app.inject({ ...options, headers: { ...(cookie && { cookie }), ...options.headers } });
    for (const line of setCookies(response)) keep(jar, line);
    return response;
  };
  const browser: Browser = {
    jar,
    get: (url, headers = page) => send({ method: 'GET', url, headers }),
    post: (url, headers = { 'sec-fetch-site': 'same-origin', ...page }) => send({ method: 'POST', url, headers }),
    async comeBack(returnTo) {
      const query = returnTo === undefined ? '' : `?return_to=${encodeURIComponent(returnTo)}`;
      const start = await browser.get(`/login${query}`);
      if (start.statusCode !== 302) throw new Error(`/login answered ${start.statusCode}: ${start.body}`);
      const back = await fetch(String(start.headers.location), { redirect: 'manual' });
      const url = new URL(back.headers.get('location') ?? '');
      return url.pathname + url.search;
    },
    signIn: async (returnTo) => browser.get(await browser.comeBack(returnTo)),
  };
  return browser;
}

export function setCookies(response: LightMyRequestResponse): string[] {
  return [response.headers['set-cookie'] ?? []].flat();
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ');
  const name = pair.slice(0, pair.indexOf('='));
  if (attributes.includes('Max-Age=0')) jar.delete(name);
  else jar.set(name, pair.slice(name.length + 1));
}
