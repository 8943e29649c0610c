import type { IncomingHttpHeaders } from 'node:http';

export interface Range {
  /** First and last byte. */
  readonly start: number;
  readonly end: number;
}

/** Bytes; a number beyond is none (`off_t` of nginx). */
const largest = 2n ** 63n - 1n;

/**
 * The part that is asked for (RFC 9110, 14.2). Of several parts none: the whole may be answered then.
 * @returns `undefined`: the whole; `'none'`: there is no such part
 */
export function rangeOf(
  headers: IncomingHttpHeaders,
  size: number,
  tag: string | undefined,
  modified: string | undefined,
): Range | 'none' | undefined {
  const { range, 'if-range': condition } = headers;
  if (range === undefined || (condition !== undefined && condition !== tag && condition !== modified)) return undefined;
  const [, list] = /^bytes=(.+)$/i.exec(range) ?? [];
  if (list === undefined) return undefined;
  const parts: Range[] = [];
  for (const text of list.split(',')) {
    const part = partOf(text, size);
    if (part === 'none') return 'none';
    if (part.start <= part.end) parts.push(part);
    // What an empty file has of its beginning is all of it.
    else if (part.start === 0) return undefined;
  }
  return parts.length > 1 ? undefined : (parts[0] ?? 'none');
}

/** `start` is after `end` where the file has nothing of it. */
function partOf(text: string, size: number): Range | 'none' {
  const [, first = '', last = ''] = /^ *(\d*) *- *(\d*) *$/.exec(text) ?? [];
  if ((first === '' && last === '') || [first, last].some((each) => each !== '' && BigInt(each) > largest))
    return 'none';
  if (first === '') return { start: Math.max(0, size - Number(last)), end: size - 1 };
  return { start: Number(first), end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
}
