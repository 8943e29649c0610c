import { refused } from './input.ts';

const maxLength = 100;

/**
 * A name as it is shown: composed (NFC), trimmed, single spaces.
 * @throws KeelsonError `INVALID_REQUEST`
 */
export function normalizeName(text: string): string {
  const name = text.normalize('NFC').trim().replace(/ +/g, ' ');
  if (name === '') throw refused('name', 'is empty');
  if ([...name].length > maxLength) throw refused('name', `has more than ${maxLength} characters`);
  // Control, format (direction marks, zero widths), surrogate and unassigned characters; line and paragraph separators.
  if (/[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]|(?!\u200d)\p{Cf}/u.test(name)) {
    throw refused('name', 'has characters that cannot be seen');
  }
  return name;
}

/** By what two names are the same: case and compatibility forms do not count. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\u200d/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
