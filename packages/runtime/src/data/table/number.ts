/** The smallest magnitude DynamoDB stores, apart from 0. */
const smallest = 1e-130;

/** What is said of a number that is not {@link isStorable}. */
export const notStorable = 'must be a number that can be stored exactly';

/** Whether a number stays itself: an integer below 2^53, or a fraction that is not too small. */
export function isStorable(value: number): boolean {
  if (!Number.isFinite(value)) return false;
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Math.abs(value) >= smallest;
}

/**
 * A DynamoDB number (38 digits) as a JavaScript number, exactly.
 * @throws RangeError when it cannot be held without loss: it must not be silently another number
 */
export function exactNumber(text: string): number {
  const value = Number(text);
  const exact = Number.isInteger(value)
    ? Number.isSafeInteger(value)
    : significant(String(value)) === significant(text);
  if (exact) return value;
  throw new RangeError(
    `A number in the table has more digits than a JavaScript number can hold (${text.length} characters). Store it as text.`,
  );
}

/** `0.0120` and `1.2e-2` → `12e-3`. */
function significant(text: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const trimmed = digits.replace(/0+$/, '');
  const scale = Number(exponent) - fraction.length + digits.length - trimmed.length;
  return trimmed === '' ? '0' : `${sign}${trimmed}e${scale}`;
}
