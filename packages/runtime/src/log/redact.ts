import { isSensitive, isSensitiveValue, redacted } from './sensitive.ts';

const maxDepth = 8;

/**
 * The fields of a log event with every secret replaced, at any depth of plain objects and arrays. What has a class of its
 * own (an Error, a request) is left to its serializer. Values without a secret are returned as they are, not copied.
 */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return redactObject(fields, 0);
}

function redactObject(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined;
  for (const name in fields) {
    const value = fields[name];
    const clean =
      isSensitive(name) && isSensitiveValue(name, value)
        ? redacted
        : typeof value === 'object'
          ? redactValue(value, depth + 1)
          : value;
    if (clean === value) continue;
    copy ??= { ...fields };
    copy[name] = clean;
  }
  return copy ?? fields;
}

function redactValue(value: object | null, depth: number): unknown {
  if (value === null) return value;
  if (depth > maxDepth) return '[too deep]';
  if (Array.isArray(value)) {
    const clean = value.map((item: unknown) => (typeof item === 'object' ? redactValue(item, depth + 1) : item));
    return clean.every((item, index) => item === value[index]) ? value : clean;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return redactObject(value as Record<string, unknown>, depth);
}

// Texts hold what strangers sent, so each pattern takes time in proportion to its text: where one may begin, and where each
// of its repetitions ends, is decided by a single character.
const inQuery =
  /([?&;\s"](?:access_token|id_token|id_token_hint|refresh_token|token|code|code_verifier|state|nonce|client_secret|secret|password|passphrase|api_key|key|signature|x-amz-signature|x-amz-security-token)=)[^&\s"'\\<>#]+/gi;
const bearer = /\b(bearer|basic|dpop)\s+[\w.~+/=-]{6,}/gi;
const userInfo = /:\/\/[^\s/"'\\@:]*:[^\s/"'\\]*@/g;
const dotted = /[\w.-]+/g;
const jwtStart = /eyJ[\w-]{8}/;
const worthLooking = /[?&;\s"][\w-]+=|earer|asic|pop |:\/\/[^/\s]*@|eyJ/i;

/** Free text (a message, a stack) without credentials in query strings, URLs, authorization headers, or JWTs. */
export function redactText(text: string): string {
  if (!worthLooking.test(text)) return text;
  const clean = text
    .replace(inQuery, `$1${redacted}`)
    .replace(bearer, `$1 ${redacted}`)
    .replace(userInfo, `://${redacted}@`);
  return clean.includes('eyJ') ? clean.replace(dotted, redactJwts) : clean;
}

/** A JWS has three parts and a JWE five; the first begins with `{"` in base64url. One that was cut off counts too. */
function redactJwts(word: string): string {
  if (!word.includes('eyJ')) return word;
  const parts = word.split('.');
  const clean: string[] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? '';
    const start = index + 1 < parts.length ? part.search(jwtStart) : -1;
    clean.push(start === -1 ? part : part.slice(0, start) + redacted);
    if (start !== -1) index += 4;
  }
  return clean.join('.');
}
