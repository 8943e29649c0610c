import type { SecretReference } from './secret-reference.ts';

/** What an operator has not replaced yet. */
export const unset = 'UNSET';

/**
 * The value that a reference means in what its secret holds.
 * @throws Error naming the key, never what is there
 */
export function pick(text: string, reference: SecretReference): string {
  const value = pickIfThere(text, reference);
  if (value === undefined) throw new Error(`${placeOf(reference)} is missing, or is no string.`);
  return value;
}

/** In a secret that is `UNSET` as a whole every key is. */
export function pickIfThere(text: string, { jsonKey }: SecretReference): string | undefined {
  if (jsonKey === undefined || text === unset) return text;
  const value: unknown = parseObject(text)[jsonKey];
  return typeof value === 'string' ? value : undefined;
}

/** Where a value is, as the operator would look for it: `the key "SECRET_KEY" of the secret my-app/sso-secrets`. */
export function placeOf({ arn, jsonKey }: SecretReference): string {
  // Secrets Manager appends a hyphen and six characters of its own to the name.
  const secret = `the secret ${arn.slice(arn.lastIndexOf(':') + 1).replace(/-[A-Za-z0-9]{6}$/, '')}`;
  return jsonKey === undefined ? secret : `the key "${jsonKey}" of ${secret}`;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
