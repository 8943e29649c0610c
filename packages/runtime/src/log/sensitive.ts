/** What replaces a secret in a log line. */
export const redacted = '[redacted]';

const names = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'cookies',
  'setcookie',
  'code',
  'codeverifier',
  'nonce',
  'state',
  'xapikey',
  'apikey',
  'samlresponse',
  'credentials',
  'privatekey',
  'sessionkeys',
  'accountkeys',
  'databaseurl',
  'mailurl',
  'connectionstring',
]);
const parts = /passw|passphrase|secret(?!arn$)|token|jwt|assertion/;
const known = new Map<string, boolean>();

/** Whether a field of this name holds a secret, whatever its case and separators: `Set-Cookie`, `clientSecret`. */
export function isSensitive(name: string): boolean {
  const answer = known.get(name);
  if (answer !== undefined) return answer;
  const plain = name.toLowerCase().replace(/[-_.\s]/g, '');
  const sensitive = names.has(plain) || parts.test(plain);
  // Names may come from a caller's input: the memory of them is bounded.
  if (known.size < 1_000) known.set(name, sensitive);
  return sensitive;
}

const errorCode = /^[A-Z][A-Z0-9_]*$/;

/** An authorization code and an error code share their field's name; only the first is a secret. */
export function isSensitiveValue(name: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'boolean' || typeof value === 'number') return false;
  if (typeof value === 'string' && name === 'code' && errorCode.test(value)) return false;
  return true;
}
