import { CookieJar } from './cookies.ts';

/** What a person's browser does, without one: keeps cookies, follows redirects, says where a form was posted from. */
export interface HttpClient {
  /**
   * Requests a path of the app, or any address. `Accept` is `application/json` unless given.
   * @returns the answer after redirects, with the address it came from as `url`; `redirect: 'manual'` stops at the first
   */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The same as a browser opens a page: `Accept: text/html`, a navigation. */
  open(path: string, init?: RequestInit): Promise<Response>;
  /** Posts a form from a page of the same site. */
  submit(action: string, fields: Readonly<Record<string, string>>): Promise<Response>;
}

const maxRedirects = 20;
/** No `Sec-Fetch-*`: node's `fetch` writes its own, which with a browser's would be a request that no browser sends. */
const navigation = { accept: 'text/html,application/xhtml+xml' };

export function createHttpClient(base: string): HttpClient {
  const jar = new CookieJar();
  const fetch: HttpClient['fetch'] = (path, init = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has('accept')) headers.set('accept', 'application/json');
    return follow(jar, new URL(path, base), { ...init, headers });
  };
  const open: HttpClient['open'] = (path, init = {}) =>
    fetch(path, { ...init, headers: { ...navigation, ...Object.fromEntries(new Headers(init.headers)) } });
  const submit: HttpClient['submit'] = (action, fields) =>
    open(action, { method: 'POST', body: new URLSearchParams(fields) });
  return { fetch, open, submit };
}

async function follow(jar: CookieJar, start: URL, init: RequestInit): Promise<Response> {
  let url = start;
  let request = init;
  for (let count = 0; count <= maxRedirects; count++) {
    const response = await fetch(url, { ...request, headers: headersFor(jar, url, request), redirect: 'manual' });
    jar.keep(response);
    const location = response.headers.get('location');
    if (!location || response.status < 300 || response.status > 399 || init.redirect === 'manual') return response;
    await response.body?.cancel();
    url = new URL(location, url);
    request = redirected(request, response.status);
  }
  throw new Error(`${start.href} redirects more than ${maxRedirects} times`);
}

function headersFor(jar: CookieJar, url: URL, { method = 'GET', headers }: RequestInit): Headers {
  const all = new Headers(headers);
  const cookies = jar.header(url.pathname);
  if (cookies && !all.has('cookie')) all.set('cookie', cookies);
  if (!/^(GET|HEAD)$/i.test(method) && !all.has('origin')) all.set('origin', url.origin);
  return all;
}

/** 303, and by custom 301 and 302 after a POST, go on as GET (RFC 9110, 15.4). */
function redirected(request: RequestInit, status: number): RequestInit {
  const keeps = status === 307 || status === 308 || /^(GET|HEAD)$/i.test(request.method ?? 'GET');
  if (keeps) return request;
  const { body: _body, ...rest } = request;
  const headers = new Headers(rest.headers);
  headers.delete('content-type');
  return { ...rest, method: 'GET', headers };
}
