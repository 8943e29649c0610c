import { KeelsonError } from '../../errors/index.ts';
import { isStorable, notStorable } from './number.ts';

export type ItemMap = Readonly<Record<string, unknown>>;

/** DynamoDB's limits in bytes, for the partition key and the sort key. */
const longest = [2_048, 1_024] as const;

/** The key of `item`: the members `names` of it. @throws KeelsonError `INVALID_REQUEST` when one cannot be a key */
export function keyOf(item: ItemMap, names: readonly string[]): Record<string, unknown> {
  const reasons = names.flatMap((name, index) => {
    const message = keyProblem(item[name], longest[index] ?? 0);
    return message ? [{ path: name, message }] : [];
  });
  if (reasons.length > 0) throw invalidItem(reasons);
  return Object.fromEntries(names.map((name) => [name, item[name]]));
}

/** A key given alone. @throws TypeError when it is not exactly a key of the table */
export function exactKey(key: ItemMap, names: readonly string[]): Record<string, unknown> {
  const extra = Object.keys(key).filter((name) => !names.includes(name));
  if (extra.length > 0) throw new TypeError(`${extra.join(', ')}: no part of the key, which is ${names.join(', ')}.`);
  return keyOf(key, names);
}

/** Equal for equal keys, and for those alone. */
export function keyText(key: ItemMap): string {
  return JSON.stringify(
    Object.values(key).map((value) => [typeof value, value instanceof Uint8Array ? [...value] : value]),
  );
}

export function invalidItem(errors: readonly { path: string; message: string }[]): KeelsonError {
  const detail = errors.map(({ path, message }) => `${path} ${message}`).join('; ');
  return new KeelsonError('INVALID_REQUEST', { detail, extensions: { errors } });
}

function keyProblem(value: unknown, limit: number): string | undefined {
  if (typeof value === 'number') return isStorable(value) ? undefined : notStorable;
  const isText = typeof value === 'string';
  if (!isText && !(value instanceof Uint8Array)) return 'must be a text, a number or binary';
  if (value.length === 0) return 'must not be empty';
  const size = isText ? Buffer.byteLength(value) : value.length;
  return size > limit ? `must not be longer than ${limit} bytes` : undefined;
}
