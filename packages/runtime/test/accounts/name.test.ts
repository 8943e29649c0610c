import { describe, expect, test } from 'vitest';
import { nameKey, normalizeName } from '../../src/auth/accounts/name.ts';

const invisible = ['\u200d', '\u3164', '\u2800', '\ufe0f', '\u034f', '\u115f', '\uffa0', '\u00ad', '\u{1d159}'];
const shown = (text: string) => text.replace(/./gsu, (char) => `U+${(char.codePointAt(0) ?? 0).toString(16)} `);

describe('names that show nothing', () => {
  test.each(invisible.map((text) => [shown(text), text]))('%salone → refused', (_, text) => {
    for (const name of [text, ` ${text} `, text.repeat(3)]) expect(() => normalizeName(name)).toThrow('name');
  });

  test.each(invisible.map((text) => [shown(text), text]))('%smakes no other name of one', (_, text) => {
    expect(nameKey(`an${text}n`)).toBe('ann');
  });

  test('what a joiner joins stays as it is', () => {
    for (const name of ['👩‍🚀 Ann', 'Ann ❤️', 'Zoë', 'علي', '李'])
      expect(normalizeName(name)).toBe(name.normalize('NFC'));
    for (const name of ['An\u034fn', 'An\u3164n', 'An\u2800n'])
      expect(() => normalizeName(name)).toThrow('cannot be seen');
  });
});

test.each([
  ['Ann Lee', 'ANN LEE', 'ａｎｎ lee', 'ann  lee'],
  ['Straße', 'STRASSE', 'STRAẞE', 'strasse'],
  ['Οδυσσεύς', 'ΟΔΥΣΣΕΎΣ', 'οδυσσεύσ'],
  ['Zoë', 'ZOE\u0308', 'zoë'],
])('%s is one name, however it is cased or composed', (...names) => {
  expect(new Set(names.map(nameKey)).size).toBe(1);
});

test('a letter of its own makes another name', () => {
  expect(new Set(['Zoe', 'Zoë', 'Zoé', 'Ann', 'Anne'].map(nameKey)).size).toBe(5);
});
