import { isIP } from 'node:net';

const pair = /^[ \t]*([\w!#$%&'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s";,=]*))[ \t]*$/;
const port = /^(?::(?:\d{1,5}|_[\w.-]+))?$/;

/**
 * The address in the `for` of the last element of `Forwarded` (RFC 7239), the one that the nearest proxy added. `undefined`
 * when it names none: `unknown`, an obfuscated identifier, or what breaks the grammar.
 *
 * The element begins behind the last comma, quoted or not: what a client sent, an open quote for example, stands before it
 * and cannot reach into it.
 */
export function forwardedFor(header: string): string | undefined {
  const element = header.slice(header.lastIndexOf(',') + 1);
  let found: string | undefined;
  for (const part of element.split(';')) {
    const [, name, quoted, plain] = pair.exec(part) ?? [];
    if (name === undefined) return undefined;
    if (name.toLowerCase() !== 'for') continue;
    if (found !== undefined) return undefined;
    found = quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1');
  }
  return found === undefined ? undefined : addressOf(found);
}

/** RFC 7239, section 6: `192.0.2.1:8080`, `[2001:db8::1]:8080`; also an IPv6 address without brackets. */
function addressOf(node: string): string | undefined {
  if (node.includes('%')) return undefined;
  if (isIP(node) === 6) return node;
  const [, address = '', rest = ''] = /^\[([^\]]*)\](.*)$/.exec(node) ?? /^([^:]*)(.*)$/.exec(node) ?? [];
  const family = node.startsWith('[') ? 6 : 4;
  return isIP(address) === family && port.test(rest) ? address : undefined;
}
