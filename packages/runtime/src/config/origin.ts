import type { Env } from './boot.ts';

const local = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The address as a URL, or why it cannot be the service's own address. */
export function parseOrigin(text: string, env: Env): URL | string {
  if (!URL.canParse(text)) return 'is not a URL.';
  const url = new URL(text);
  if (url.username || url.password) return 'must not contain a user name or password.';
  if (url.pathname !== '/' || url.search || url.hash) return 'must have no path, query or fragment.';
  if (url.protocol === 'https:') return url;
  if (url.protocol !== 'http:') return 'must start with https://.';
  if (env['PUBLIC_URL_INSECURE'] === '1') return url;
  if (!local.has(url.hostname)) return 'must start with https://; http:// is for localhost only.';
  if (env['NODE_ENV'] === 'production' && env['KEELSON_ENVIRONMENT'] !== 'local') {
    return 'must start with https:// when NODE_ENV is production.';
  }
  return url;
}
