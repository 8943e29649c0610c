/** An IPv4 block as a range of numbers. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
  readonly bits: number;
}

/** `undefined` when the text is not a block, or has bits set behind its length (`10.0.0.1/16`). */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || bits > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - bits);
  return first % size === 0 ? { first, last: first + size - 1, bits } : undefined;
}

export function overlap(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((text) => parseCidr(text) ?? []);

/** RFC 1918. */
export function isPrivate(cidr: Cidr): boolean {
  return privateBlocks.some((block) => block.first <= cidr.first && cidr.last <= block.last);
}
