import { refused } from './input.ts';

const maxLength = 100;

/** Signs that show nothing (Unicode's Default_Ignorable_Code_Point), and letters that are blank. */
const invisible = /\p{Default_Ignorable_Code_Point}|\u{2800}|\u{16fe4}|\u{1d159}/gu;
/** Zero width joiner and variation selectors of emoji, which join or colour what is seen. */
const joiners = /\u{200d}|\u{fe0e}|\u{fe0f}/gu;

/**
 * A name as it is shown: composed (NFC), trimmed, single spaces.
 * @throws KeelsonError `INVALID_REQUEST`
 */
export function normalizeName(text: string): string {
  const name = text.normalize('NFC').trim().replace(/ +/g, ' ');
  if (nameKey(name) === '') throw refused('name', 'is empty');
  if ([...name].length > maxLength) throw refused('name', `has more than ${maxLength} characters`);
  // Control, format (direction marks, zero widths), surrogate and unassigned characters; line and paragraph separators.
  const plain = name.replace(joiners, '');
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u.test(plain) || plain.search(invisible) >= 0) {
    throw refused('name', 'has characters that cannot be seen');
  }
  return name;
}

/** By what two names are the same: case, compatibility forms and what cannot be seen do not count. */
export function nameKey(name: string): string {
  return caseless(name.replace(invisible, '').normalize('NFKC'))
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Upper case in between: `straße` and `STRASSE` are one name, and so are `ẞ` and `ß`. */
function caseless(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase();
}
