import type { IncomingHttpHeaders } from 'node:http';

export interface Range {
  /** First and last byte. */
  readonly start: number;
  readonly end: number;
}

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
  const [, list] = /^bytes=(.*)$/i.exec(range) ?? [];
  if (list === undefined || list.includes(',')) return undefined;
  const [, first, last] = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(list) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'none';
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start <= end ? { start, end } : 'none';
}
