import { isDeepStrictEqual } from 'node:util';
import { KeelsonError } from '../../errors/index.ts';
import { isStorable } from './number.ts';

type KeyMap = Readonly<Record<string, unknown>>;

/** What a cursor of one query must hold. */
export interface CursorRules {
  /** Key attributes of the table and of the index that is read. */
  readonly attributes: readonly string[];
  /** Those that are sort keys: they hold less. */
  readonly sortKeys: readonly string[];
  /** The partition that is read: attribute and value. */
  readonly partition: readonly [attribute: string, value: unknown];
}

const longest = 32_768;
/** Bytes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const longestKey = 2048;
const longestSortKey = 1024;

/** The key where a page ended, as text for a client: base64url of JSON. It shows the key and is not signed. */
export function encodeCursor(key: KeyMap): string {
  const members = Object.entries(key).map(([name, value]) => [
    name,
    isBinary(value) ? { b: toBase64Url(value) } : value,
  ]);
  return toBase64Url(Buffer.from(JSON.stringify(Object.fromEntries(members))));
}

/**
 * The start key that a client sent back. It can only ever name a place in the partition that the query reads.
 * @throws KeelsonError `INVALID_REQUEST`
 */
export function decodeCursor(cursor: string, { attributes, sortKeys, partition: [hash, value] }: CursorRules): KeyMap {
  const members = readJson(cursor);
  if (!isDeepStrictEqual(Object.keys(members).sort(), [...attributes].sort())) throw badCursor();
  const key = Object.fromEntries(Object.entries(members).map(([name, member]) => [name, keyValue(member)]));
  for (const [name, member] of Object.entries(key)) {
    if (sizeOf(member) > (sortKeys.includes(name) ? longestSortKey : longestKey)) throw badCursor();
  }
  if (!isDeepStrictEqual(key[hash], isBinary(value) ? Buffer.from(value) : value)) throw badCursor();
  return key;
}

export function badCursor(cause?: unknown): KeelsonError {
  return new KeelsonError('INVALID_REQUEST', {
    detail: 'The cursor of a query is not valid.',
    cause,
    extensions: { errors: [{ path: 'cursor', message: 'is not a cursor of this list' }] },
  });
}

function readJson(cursor: string): Record<string, unknown> {
  if (typeof cursor !== 'string' || cursor.length > longest) throw badCursor();
  const bytes = Buffer.from(cursor, 'base64url');
  if (toBase64Url(bytes) !== cursor) throw badCursor();
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Not JSON: refused below like everything else that is no object.
  }
  throw badCursor();
}

function keyValue(member: unknown): string | number | Uint8Array {
  // Half a surrogate pair has no UTF-8: DynamoDB would be asked for another key.
  if (typeof member === 'string' && member !== '' && !/\p{Surrogate}/u.test(member)) return member;
  if (typeof member === 'number' && isStorable(member)) return member;
  if (typeof member === 'object' && member !== null && 'b' in member && Object.keys(member).length === 1) {
    const { b } = member;
    const bytes = Buffer.from(String(b), 'base64url');
    if (bytes.length > 0 && toBase64Url(bytes) === b) return bytes;
  }
  throw badCursor();
}

function sizeOf(member: string | number | Uint8Array): number {
  if (typeof member === 'number') return 0;
  return typeof member === 'string' ? Buffer.byteLength(member) : member.length;
}

const isBinary = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

const toBase64Url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
