/** RFC 5321, 4.5.3.1: octets of the part before the `@`, and of a whole path without its brackets. */
const longestLocalPart = 64;
const longestAddress = 254;

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const domain = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;
const sender = /^(?:(?<name>[^<>]*?)\s*<(?<bracketed>[^<>]*)>|(?<bare>[^<>]*))$/;
// oxlint-disable-next-line no-control-regex -- these are what it looks for
const unprintable = /[\0-\x1f\x7f-\x9f\u2028\u2029]/;

/**
 * Whether a text is one address of the plain kind: `Dot-string@Domain` of RFC 5321 in ASCII. Quoted local parts, address
 * literals, comments, lists and look-alikes of `@` are not; an international domain is written in its `xn--` form.
 */
export function isMailAddress(text: string): boolean {
  const at = text.indexOf('@');
  if (at < 1 || at > longestLocalPart || text.length > longestAddress) return false;
  return localPart.test(text.slice(0, at)) && domain.test(text.slice(at + 1));
}

export interface Sender {
  /** Display name; `''`: none. */
  readonly name: string;
  readonly address: string;
}

/** Reads `address` or `Name <address>`, the name with or without quotation marks. */
export function parseSender(text: string): Sender | undefined {
  if (unprintable.test(text)) return undefined;
  const { name = '', bracketed, bare = '' } = sender.exec(text.trim())?.groups ?? {};
  const address = bracketed ?? bare;
  return isMailAddress(address) ? { name: name.replace(/^"(.*)"$/, '$1'), address } : undefined;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
