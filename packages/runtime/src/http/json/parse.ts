import { isUtf8 } from 'node:buffer';
import { KeelsonError } from '../../errors/index.ts';

/** Nesting that a body may have. */
const maxDepth = 100;
/** Keys that a body may have, of all its objects together: the cost of checking a body grows with them. */
const maxKeys = 10_000;

/**
 * `JSON.parse` for bodies of strangers (RFC 7493): no duplicate keys, no `__proto__`, bounded depth and number of keys, no
 * NUL, no lone surrogates, valid UTF-8.
 * @throws KeelsonError `INVALID_REQUEST`
 */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw refused('The body is empty.');
  if (!isUtf8(body)) throw refused('The body is not UTF-8.');
  const text = body.toString('utf8');
  const keys = countKeys(text);
  const value = parse(text);
  // Parsing merges duplicate keys, so a value with fewer keys than its text had some.
  if (countUsableKeys(value) !== keys) throw refused('The body has an object with duplicate keys.');
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8's message quotes the body.
    throw refused('The body is not JSON.');
  }
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/** Colons outside strings, which in JSON is the number of keys. Checks it and the depth on the way, before anything is built. */
function countKeys(text: string): number {
  let keys = 0;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === quote) index = endOfString(text, index + 1);
    else if (character === colon) {
      if (++keys > maxKeys) throw refused(`The body has more than ${maxKeys} keys.`);
    } else if (character === 0x7b || character === 0x5b) {
      if (++depth > maxDepth) throw refused(`The body is nested more than ${maxDepth} levels deep.`);
    } else if (character === 0x7d || character === 0x5d) depth--;
  }
  return keys;
}

function endOfString(text: string, start: number): number {
  for (let index = text.indexOf('"', start); index !== -1; index = text.indexOf('"', index + 1)) {
    let slashes = 0;
    while (text.charCodeAt(index - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return index;
  }
  return text.length;
}

function countUsableKeys(value: unknown): number {
  if (typeof value === 'string') {
    checkText(value);
    return 0;
  }
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) keys += countUsableKeys(item);
    return keys;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') throw refused('The body has the key __proto__.');
    if (key === 'constructor' && isObject(item) && 'prototype' in item)
      throw refused('The body has the key constructor.prototype.');
    checkText(key);
    keys += 1 + countUsableKeys(item);
  }
  return keys;
}

function checkText(text: string): void {
  if (text.includes('\0')) throw refused('The body contains a NUL character.');
  // An escape like \\ud800 alone: no database can store it.
  if (!text.isWellFormed()) throw refused('The body contains half of a character (a lone surrogate).');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function refused(detail: string): KeelsonError {
  return new KeelsonError('INVALID_REQUEST', { detail, extensions: { errors: [{ path: 'body', message: detail }] } });
}
