import type { Answer } from './answer.ts';
import { type Asked, variablesOf } from './request.ts';
import { expand } from './variables.ts';

/** Statuses on which a header is added that is not added `always`. */
const usual = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

const units: Readonly<Record<string, number>> = {
  '': 1,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

/** Names and values, some names more than once. */
export type HeaderList = [name: string, value: string][];

/** The headers that the configuration adds. */
export function addedHeaders(asked: Asked, { status, type }: Answer, now: number): HeaderList {
  const { headers, expires } = asked.settings;
  const known = variablesOf(asked, status, type);
  const added = headers
    .filter(({ always }) => always || usual.has(status))
    .map(({ name, value }): [string, string] => [name, expand(value, known)])
    .filter(([, value]) => value !== '');
  return [...(expires !== undefined && usual.has(status) ? expiring(expires, now) : []), ...added];
}

/** `Expires` and `Cache-Control`, as `expires` makes them. */
function expiring(time: string, now: number): HeaderList {
  if (time === 'off') return [];
  if (time === 'epoch')
    return [
      ['Expires', 'Thu, 01 Jan 1970 00:00:01 GMT'],
      ['Cache-Control', 'no-cache'],
    ];
  if (time === 'max')
    return [
      ['Expires', 'Thu, 31 Dec 2037 23:55:55 GMT'],
      ['Cache-Control', 'max-age=315360000'],
    ];
  const [, sign, count = '0', unit = ''] = /^(-?)(\d+)(\w?)$/.exec(time) ?? [];
  const seconds = Number(count) * (units[unit] ?? 1) * (sign === '-' ? -1 : 1);
  const control = seconds < 0 ? 'no-cache' : `max-age=${seconds}`;
  return [
    ['Expires', new Date(now + seconds * 1000).toUTCString()],
    ['Cache-Control', control],
  ];
}

/** Where to go instead has no charset. */
export function contentType({ settings }: Asked, { type, headers }: Answer): string | undefined {
  if (type === undefined || headers['location'] !== undefined) return type;
  const { charset, charsetTypes } = settings;
  return charset !== undefined && charsetTypes.has(type.toLowerCase()) ? `${type}; charset=${charset}` : type;
}

/** What the client has already, or did not expect (RFC 9110, 13): 304, 412, or the answer as it is. */
export function conditional({ incoming, settings, errorStatus }: Asked, answer: Answer): Answer | 412 {
  const { 'last-modified': modified, etag } = answer.headers;
  if (answer.status !== 200 || errorStatus !== undefined) return answer;
  const { headers } = incoming;
  // What was made for this request is new each time.
  const time = modified === undefined ? Number.NaN : Date.parse(modified);
  const unmodified = headers['if-unmodified-since'];
  if (unmodified !== undefined && !(time <= Date.parse(unmodified))) return 412;
  if (headers['if-match'] !== undefined && !matches(headers['if-match'], etag, false)) return 412;
  const since = headers['if-modified-since'];
  const noneMatch = headers['if-none-match'];
  if (since === undefined && noneMatch === undefined) return answer;
  if (since !== undefined && isNewer(time, Date.parse(since), settings.ifModifiedSince)) return answer;
  if (noneMatch !== undefined && !matches(noneMatch, etag, true)) return answer;
  return { ...answer, status: 304, type: undefined };
}

function isNewer(time: number, since: number, mode: string): boolean {
  if (mode === 'off') return true;
  return mode === 'exact' ? time !== since : !(time <= since);
}

function matches(list: string, tag: string | undefined, weakly: boolean): boolean {
  if (list.trim() === '*') return true;
  const tags = list.split(',').map((each) => each.trim());
  return tag !== undefined && tags.some((each) => each === tag || (weakly && each === `W/${tag}`));
}
