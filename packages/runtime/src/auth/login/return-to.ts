/** Bytes; it travels inside a cookie. */
const longest = 2048;

/**
 * The path to come back to after a login, when it certainly stays on this service; `fallback` otherwise.
 *
 * Browsers drop tabs and newlines, take `\` for `/` and resolve dot segments before they look at a `Location`, so the path
 * is resolved as they do and must come out as a path of this origin that does not begin with a second slash.
 */
export function parseReturnTo(wanted: unknown, origin: string, fallback: string): string {
  if (typeof wanted !== 'string' || wanted.length > longest) return fallback;
  if (!isPlainPath(wanted) || !URL.canParse(wanted, origin)) return fallback;
  const url = new URL(wanted, origin);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === origin && isPlainPath(path) && path.length <= longest ? path : fallback;
}

/** Whether the path of an address, as a router will read it, is one of `paths`. */
export function leadsTo(address: URL, paths: readonly string[]): boolean {
  try {
    return paths.includes(decodeURIComponent(address.pathname));
  } catch {
    return false;
  }
}

/** Begins with exactly one slash, with neither backslash nor anything outside printable ASCII that a browser might drop. */
function isPlainPath(path: string): boolean {
  return /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(path);
}
