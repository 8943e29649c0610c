import fc from 'fast-check';

/** Ways to write the path of an operation so that something might take it for another. */
const spellings: Readonly<Record<string, (path: string, at: number) => string>> = {
  'as it is': (path) => path,
  'a slash doubled': (path, at) => insert(path, slashes(path), at, '/'),
  'a slash at the end': (path) => `${path}/`,
  'two slashes before': (path) => `/${path}`,
  'a backslash': (path, at) => replace(path, slashes(path).slice(1), at, '\\'),
  '%2F for a slash': (path, at) => replace(path, slashes(path).slice(1), at, '%2F'),
  '%2f behind': (path) => `${path}%2f`,
  '%5c for a slash': (path, at) => replace(path, slashes(path).slice(1), at, '%5c'),
  '; behind': (path) => `${path};x=1`,
  '; within': (path, at) => insert(path, slashes(path).slice(1), at, ';x'),
  'another case': (path, at) =>
    at % 2 === 0 ? path.toUpperCase() : path.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  'a letter encoded': (path, at) => encodeAt(path, at, (letter) => `%${hex(letter)}`),
  'a letter encoded twice': (path, at) => encodeAt(path, at, (letter) => `%25${hex(letter)}`),
  'dots within': (path, at) => insert(path, slashes(path), at, at % 2 === 0 ? '/.' : '/x/..'),
  'dots from a public path': (path) => `/health/..${path}`,
  'encoded dots from a public path': (path) => `/v1/health/%2e%2e%2f..${path}`,
  'NUL behind': (path) => `${path}%00`,
  'NUL and more behind': (path) => `${path}%00.json`,
  'a line break behind': (path) => `${path}%0d%0aX-A:b`,
  'a bad encoding': (path, at) => `${path}${['%', '%zz', '%c0%af', '%ff', '%e0%80%af'][at % 5]}`,
  'a full URL': (path) => `http://evil.example${path}`,
  'a longer path': (path, at) => `${path}/${'x'.repeat(at % 600)}`,
  'an empty query': (path) => `${path}?`,
  'a fragment': (path) => `${path}#x`,
  'a dot behind': (path) => `${path}.`,
  'a full stop of another script': (path) => `${path}%EF%BC%8E`,
};

export interface Spelling {
  readonly how: string;
  readonly at: number;
}

export const spelled = ({ how, at }: Spelling, path: string): string => spellings[how]?.(path, at) ?? path;

/** Most requests must reach an operation. */
export const spellingsOf: fc.Arbitrary<Spelling> = fc.oneof(
  { arbitrary: fc.constant({ how: 'as it is', at: 0 }), weight: 4 },
  {
    arbitrary: fc.record(
      { how: fc.constantFrom(...Object.keys(spellings)), at: fc.nat(10_000) },
      { noNullPrototype: true },
    ),
    weight: 1,
  },
);

function slashes(path: string): number[] {
  return [...path.matchAll(/\//g)].map(({ index }) => index);
}

function insert(path: string, places: readonly number[], at: number, text: string): string {
  const place = places[at % Math.max(1, places.length)] ?? path.length;
  return path.slice(0, place) + text + path.slice(place);
}

function replace(path: string, places: readonly number[], at: number, text: string): string {
  const place = places[at % Math.max(1, places.length)];
  return place === undefined ? path + text : path.slice(0, place) + text + path.slice(place + 1);
}

function encodeAt(path: string, at: number, write: (letter: string) => string): string {
  const place = 1 + (at % (path.length - 1));
  return path.slice(0, place) + write(path[place] ?? '') + path.slice(place + 1);
}

const hex = (letter: string) => letter.charCodeAt(0).toString(16).padStart(2, '0');
