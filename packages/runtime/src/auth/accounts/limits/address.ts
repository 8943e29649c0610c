import { isIPv6 } from 'node:net';

/** What counts as one caller: an IPv4 address, or the /64 that an IPv6 address is in, because whoever has one has them all. */
export function callerNetwork(address: string): string {
  const plain = address.split('%')[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(plain)) return plain;
  return `${expand(plain).slice(0, 4).join(':')}::/64`;
}

function expand(address: string): string[] {
  // The dotted end of an address is its last two groups, which do not count here.
  const groups = (text: string) => (text === '' ? [] : text.replace(/[\d.]+\.\d+$/, '0:0').split(':'));
  const [head = '', tail] = address.split('::');
  const before = groups(head);
  const after = groups(tail ?? '');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16).toString(16));
}
