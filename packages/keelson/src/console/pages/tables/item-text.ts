import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type ItemMap = Readonly<Record<string, AttributeValue>>;

/** Characters of an item that are shown. */
const longest = 2_000;
/** Characters of one value that are shown. */
const longestValue = 120;

/** The key as one reads it: `show/a`, or `a, 7` for two attributes. */
export function keyText(item: ItemMap, key: readonly string[]): string {
  return key.map((name) => inWords(item[name])).join(', ');
}

/** Everything but the key, as JSON with numbers in full length and long texts cut. */
export function itemText(item: ItemMap, key: readonly string[]): string {
  const others = Object.entries(item).filter(([name]) => !key.includes(name));
  const text = others.map(([name, value]) => `${JSON.stringify(name)}: ${json(value)}`).join(', ');
  return text.length > longest ? `{ ${text.slice(0, longest)} … ` : `{ ${text} }`;
}

/** A key for an address. */
export function encodeKey(key: ItemMap): string {
  const members = Object.entries(key).map(([name, { S, N, B }]) => [name, { S, N, B: B && base64(B) }]);
  return Buffer.from(JSON.stringify(Object.fromEntries(members))).toString('base64url');
}

/** @throws Error when it is not what {@link encodeKey} made */
export function decodeKey(text: string): Record<string, AttributeValue> {
  try {
    const members = JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, Record<string, string>>;
    return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, keyValue(value)]));
  } catch {
    throw new Error('there is no such page.');
  }
}

function keyValue({ S, N, B }: Record<string, string>): AttributeValue {
  if (typeof S === 'string') return { S };
  if (typeof N === 'string') return { N };
  return { B: Buffer.from(String(B), 'base64') };
}

function inWords(value: AttributeValue | undefined): string {
  return value?.S === undefined ? (value ? json(value) : '') : short(value.S);
}

function json({ S, N, B, BOOL, NULL, SS, NS, BS, L, M }: AttributeValue): string {
  if (S !== undefined) return JSON.stringify(short(S));
  if (N !== undefined) return N;
  if (B) return `"${short(base64(B))}"`;
  if (BOOL !== undefined) return String(BOOL);
  if (NULL) return 'null';
  if (SS) return `[${SS.map((each) => JSON.stringify(short(each))).join(', ')}]`;
  if (NS) return `[${NS.join(', ')}]`;
  if (BS) return `[${BS.map((each) => `"${short(base64(each))}"`).join(', ')}]`;
  if (L) return `[${L.map(json).join(', ')}]`;
  const members = Object.entries(M ?? {}).map(([name, value]) => `${JSON.stringify(name)}: ${json(value)}`);
  return `{ ${members.join(', ')} }`;
}

function short(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
