import { words } from './common-words.ts';

/**
 * Whether a password is among those that guessers try first: words and names that counts of leaked passwords have had at
 * their top for years, with what people add to please a rule, runs on a keyboard, and dates. Case does not count.
 */
export function isCommon(password: string): boolean {
  const plain = password.toLowerCase();
  return isVariant(plain) || isVariant(withoutLeet(plain)) || walks.has(plain) || isRun(plain) || isDate(plain);
}

/** How many passwords the words and their variants are, without runs and dates. */
export function countCommon(): number {
  return known.size * endings.length + walks.size;
}

const known: ReadonlySet<string> = new Set(words);
const endings = [
  ...['', '1', '2', '3', '7', '10', '11', '12', '13', '21', '22', '23', '69', '77', '88', '99', '00', '01', '007'],
  ...['111', '123', '321', '666', '777', '1234', '4321', '12345', '123456', '!', '1!', '2000', '2010', '2020'],
];

function isVariant(text: string): boolean {
  return endings.some((ending) => text.endsWith(ending) && known.has(text.slice(0, text.length - ending.length)));
}

const letters: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
};

/** `p@ssw0rd` → `password`. */
function withoutLeet(text: string): string {
  return text.replace(/[@431!0$5](?=.*[a-z])/g, (character) => letters[character] ?? character);
}

const rows = [
  '1234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qwertzuiop',
  'abcdefghijklmnopqrstuvwxyz',
];

/** A short piece again and again; neighbours on a keyboard or in the alphabet, also backwards. */
function isRun(text: string): boolean {
  if (!/^[a-z\d]{8,16}$/.test(text)) return false;
  if ([1, 2, 3, 4].some((period) => text.slice(period) === text.slice(0, -period))) return true;
  return (text.match(/\d+|[a-z]+/g) ?? []).every((piece) => piece.length > 2 && neighbours.includes(piece));
}

const neighbours = rows.flatMap((row) => [row + row, [...row, ...row].toReversed().join('')]).join(' ');

/** `31121999`, `12311999`, `19991231`. */
function isDate(text: string): boolean {
  return /^(?:[0-3]\d[0-3]\d(?:19|20)\d\d|(?:19|20)\d\d[0-3]\d[0-3]\d)$/.test(text);
}

const walks: ReadonlySet<string> = new Set([
  ...['1q2w3e4r', '1q2w3e4r5t', '1q2w3e4r5t6y', '1qaz2wsx', '1qaz2wsx3edc', '1qazxsw2', 'q1w2e3r4', 'q1w2e3r4t5'],
  ...['qazwsxedc', 'qazwsx123', 'zaq12wsx', 'zaq1xsw2', 'zaq1zaq1', '!qaz2wsx', '!qaz@wsx', '1a2b3c4d', 'a1b2c3d4'],
  ...['a1s2d3f4', 'q2w3e4r5', '2wsx3edc', 'zxcvbnm123', 'asdf1234', 'qwer1234', '1234qwer', '1234asdf', '123qweasd'],
  ...[
    '123qweasdzxc',
    'qweasdzxc',
    'qwe123qwe',
    'qweqwe123',
    'asd123asd',
    '12qwaszx',
    'qwaszx12',
    'aa123456',
    'aa12345678',
  ],
  ...[
    'a1234567',
    'a12345678',
    'a123456789',
    'a1b2c3d4e5',
    '123456789a',
    '12345678a',
    '1234567a',
    '123456aa',
    '123456qq',
  ],
  ...[
    '1234567q',
    '12345678q',
    'q1234567',
    'q12345678',
    'q123456789',
    'qq123456',
    'qq123456789',
    'z1234567',
    '147258369',
  ],
  ...[
    '159357456',
    '741852963',
    '789456123',
    '963852741',
    '987456321',
    '321654987',
    '456789123',
    '14725836',
    '1472583690',
  ],
  ...[
    '31415926',
    '3141592653',
    '27182818',
    '10203040',
    '1020304050',
    '01020304',
    '11223344',
    '1122334455',
    '112233445566',
  ],
  ...['12341234', '12344321', '12121212', '13131313', '23232323', '69696969', '19841984', '20002000', '12131415'],
  ...['123123123', '1231234', '123321123', '1233211234567', '00112233', '00000007', '11112222', '12211221', '55667788'],
  ...[
    '1357924680',
    '13579246',
    '135792468',
    '24681357',
    '2468101214',
    '0147258369',
    '0123456789',
    '9876543210',
    '147852369',
  ],
]);
