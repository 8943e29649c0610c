import { conforms } from '../schema/conforms.ts';
import { isObject, type JsonSchema } from '../schema/json-schema.ts';
import type { BodyPlan } from '../requests/body.ts';

/** `no`: must be refused and write nothing. `yes`: must be taken unless one of the slugs exists. */
export interface BodyVerdict {
  readonly valid: 'yes' | 'no' | 'maybe';
  /** Shows that it would create. */
  readonly shows: readonly Show[];
}

export type Show = Readonly<Record<string, unknown>> & { readonly slug: string };

/** Bytes that a service takes. */
const longest = 1_048_576;
const isJson = /^application\/json(; ?charset="?utf-8"?)?$/;
const mayBeJson = /^application\/json(;|$)/i;

export function judgeBody({ rule, text, contentType }: BodyPlan, schema: JsonSchema): BodyVerdict {
  const value = parse(text);
  const shows = showsIn(value);
  // Space around the value of a header is no part of it (RFC 9110, section 5.5).
  const type = contentType?.trim() ?? '';
  if (rule.startsWith('broken') || !mayBeJson.test(type)) return { valid: 'no', shows };
  const slugs = new Set(shows.map(({ slug }) => slug));
  const fits = conforms(value, schema) && slugs.size === shows.length && isInterchangeable(value);
  if (!fits || Buffer.byteLength(text) > longest) return { valid: 'no', shows };
  return { valid: isJson.test(type) ? 'yes' : 'maybe', shows };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Also of a body that is refused: none of these may be there afterwards. */
function showsIn(value: unknown): Show[] {
  const list = isObject(value) && Array.isArray(value['payload']) ? (value['payload'] as unknown[]) : [];
  return list.filter((item): item is Show => isObject(item) && typeof item['slug'] === 'string');
}

/** RFC 7493, section 2.1, and what pollutes prototypes. */
function isInterchangeable(value: unknown): boolean {
  if (typeof value === 'string') return !/[\0\p{Surrogate}]/u.test(value);
  if (Array.isArray(value)) return value.every(isInterchangeable);
  if (!isObject(value)) return true;
  return Object.entries(value).every(
    ([key, member]) =>
      key !== '__proto__' &&
      !(key === 'constructor' && isObject(member) && 'prototype' in member) &&
      isInterchangeable(key) &&
      isInterchangeable(member),
  );
}
