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

const inQuery =
  /([?&;\s"](?:access_token|id_token|id_token_hint|refresh_token|token|code|code_verifier|state|nonce|client_secret|secret|password|passphrase|api_key|key|signature|x-amz-signature|x-amz-security-token)=)[^&\s"'\\<>#]+/gi;
const bearer = /\b(bearer|basic|dpop)\s+[\w.~+/=-]{6,}/gi;
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/"'\\@]*:[^\s/"'\\@]*@/gi;
const jwt = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*(?:\.[\w-]*){0,2}/g;
const worthLooking = /[?&;\s"][\w-]+=|earer|asic|pop |:\/\/[^/\s]*@|eyJ/i;

/** Free text (a message, a stack) without credentials in query strings, URLs, authorization headers, or JWTs. */
export function redactText(text: string): string {
  if (!worthLooking.test(text)) return text;
  return text
    .replace(inQuery, `$1${redacted}`)
    .replace(bearer, `$1 ${redacted}`)
    .replace(userInfo, `$1${redacted}@`)
    .replace(jwt, redacted);
}
