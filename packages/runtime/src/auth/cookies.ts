/** Every value that a `Cookie` header gives to `name`: several when cookies of other paths or domains share it. */
export function readCookies(header: string | undefined, name: string): string[] {
  if (!header?.includes(name)) return [];
  return cookiePairs(header).flatMap(([key, value]) => (key === name ? [value] : []));
}

/** The pairs of a `Cookie` header whose name starts with `prefix`. */
export function readCookiesByPrefix(header: string | undefined, prefix: string): [name: string, value: string][] {
  if (!header?.includes(prefix)) return [];
  return cookiePairs(header).filter(([name]) => name.startsWith(prefix));
}

function cookiePairs(header: string): [string, string][] {
  return header.split(';').flatMap((pair): [string, string][] => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [] : [[pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()]];
  });
}

export interface CookieScope {
  /** Sent over https only. */
  readonly secure: boolean;
  /** Seconds until the browser forgets it; 0 removes it. Absent: until the browser closes. */
  readonly maxAge?: number;
}

/** `Set-Cookie` for a cookie that no script reads and no other site's request but a plain navigation carries (RFC 6265bis). */
export function serializeCookie(name: string, value: string, { secure, maxAge }: CookieScope): string {
  const age = maxAge === undefined ? '' : `; Max-Age=${maxAge}`;
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${age}`;
}
