import { HclError } from './hcl-error.ts';

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** Characters that a person cannot see or that change how the line around them is read. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\uFEFF]/u;

/**
 * Escapes text for the inside of a quoted template.
 *
 * @param opensTemplate an interpolation follows, so that a `$` at the end would become an escape
 * @throws HclError for a lone surrogate, which no file in UTF-8 can hold
 */
export function escapeText(value: string, opensTemplate = false): string {
  if (/\p{Cs}/u.test(value)) throw new HclError('text with a lone surrogate cannot be written');
  const characters = [...value];
  return characters
    .map((character, index) => {
      const [before, previous, next] = [characters[index - 2], characters[index - 1], characters[index + 1]];
      if (isMarker(character)) return escapeMarker(character, previous, next, opensTemplate);
      if (character === '{' && isMarker(previous) && isMarker(before)) return unicodeEscape(character);
      return shortEscapes[character] ?? (invisible.test(character) ? unicodeEscape(character) : character);
    })
    .join('');
}

/** `${` is written `$${`. After another marker that would be ambiguous, and the brace is written as a code point. */
function escapeMarker(marker: string, previous: string | undefined, next: string | undefined, opensTemplate: boolean) {
  if (next === '{') return isMarker(previous) ? marker : marker + marker;
  return next === undefined && opensTemplate ? unicodeEscape(marker) : marker;
}

function isMarker(character: string | undefined): boolean {
  return character === '$' || character === '%';
}

export function quote(value: string): string {
  return `"${escapeText(value)}"`;
}

/** As `quote`, in ASCII alone: the width of a key decides where the `=` of its neighbours stands. */
export function quoteKey(key: string): string {
  return quote(key).replace(/[^\x20-\x7E]/gu, unicodeEscape);
}

function unicodeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
