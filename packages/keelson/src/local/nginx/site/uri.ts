/** Path and query of a request, as nginx understands them. One character of `uri` is one byte. */
export interface Uri {
  /** Decoded, without `.`, `..` and doubled slashes. */
  readonly uri: string;
  /** After `?`; `undefined`: there is none. */
  readonly args: string | undefined;
}

/** @returns `undefined`: nginx answers 400 */
export function readUri(target: string): Uri | undefined {
  const [, host, path = '', args] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/is.exec(target) ?? [];
  const decoded = decode(host !== undefined && path === '' ? '/' : path);
  const uri = decoded === undefined ? undefined : tidy(decoded);
  return uri === undefined ? undefined : { uri, args };
}

function decode(path: string): string | undefined {
  if (/%(?![0-9a-f]{2})|%00/i.test(path)) return undefined;
  return path.replaceAll(/%(..)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function tidy(path: string): string | undefined {
  if (!path.startsWith('/')) return undefined;
  const kept: string[] = [];
  const parts = path.slice(1).split('/');
  for (const part of parts) {
    if (part === '..' && kept.pop() === undefined) return undefined;
    if (part !== '' && part !== '.' && part !== '..') kept.push(part);
  }
  const isFolder = kept.length > 0 && ['', '.', '..'].includes(parts.at(-1) ?? '');
  return `/${kept.join('/')}${isFolder ? '/' : ''}`;
}

/** For an address in an answer: what a path may not have is encoded. */
export function encodeUri(uri: string): string {
  return [...uri]
    .map((character) => (/[^\x21-\x7e]|[%?#"<>\\^`{|}]/.test(character) ? percent(character) : character))
    .join('');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
