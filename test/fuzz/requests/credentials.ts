import fc from 'fast-check';

/** Where a token is put in a request. `expected`: what a valid token is worth there. */
interface Place {
  readonly expected: 'taken' | 'maybe' | 'refused';
  headers(token: string): Readonly<Record<string, string | readonly string[]>>;
  query?(token: string): string;
}

const header = (expected: Place['expected'], write: (token: string) => string | readonly string[]): Place => ({
  expected,
  headers: (token) => ({ authorization: write(token) }),
});

/** RFC 6750, section 2, and what is near it. */
export const places = {
  Bearer: header('taken', (token) => `Bearer ${token}`),
  'bearer in lower case': header('maybe', (token) => `bearer ${token}`),
  'bearer in mixed case': header('maybe', (token) => `bEaReR ${token}`),
  'two spaces': header('maybe', (token) => `Bearer  ${token}`),
  'spaces around': header('maybe', (token) => ` Bearer ${token} `),
  'a tab': header('maybe', (token) => `Bearer\t${token}`),
  'no scheme': header('refused', (token) => token),
  'another scheme': header('refused', (token) => `Basic ${token}`),
  'a colon': header('refused', (token) => `Bearer: ${token}`),
  'no space': header('refused', (token) => `Bearer${token}`),
  quoted: header('refused', (token) => `Bearer "${token}"`),
  'space inside': header('refused', (token) => `Bearer ${token.slice(0, 20)} ${token.slice(20)}`),
  'a list': header('refused', (token) => `Bearer ${token}, Bearer ${token}`),
  'a list of another': header('refused', (token) => `Bearer x,Bearer ${token}`),
  'a parameter behind it': header('refused', (token) => `Bearer ${token}, realm=x`),
  'two headers': header('refused', (token) => [`Bearer ${token}`, `Bearer ${token}`]),
  'two headers, one empty': header('refused', (token) => ['Bearer ', `Bearer ${token}`]),
  'no token': header('refused', () => 'Bearer'),
  nothing: { expected: 'refused', headers: () => ({}) },
  'another header': {
    expected: 'refused',
    headers: (token) => ({ 'x-authorization': `Bearer ${token}`, 'proxy-authorization': `Bearer ${token}` }),
  },
  'a cookie': {
    expected: 'refused',
    headers: (token) => ({ cookie: `session=${token}; __Host-session=${token}; access_token=${token}` }),
  },
  'the address': { expected: 'refused', headers: () => ({}), query: (token) => `access_token=${token}` },
  'header and address': {
    expected: 'refused',
    headers: (token) => ({ authorization: `Bearer ${token}` }),
    query: (token) => `access_token=${token}`,
  },
  'a header that hides another': {
    expected: 'maybe',
    headers: (token) => ({ authorization: `Bearer ${token}`, connection: 'authorization' }),
  },
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof places;

export const place = (name: PlaceName): Place => places[name];

export const placeNames: fc.Arbitrary<PlaceName> = fc.oneof(
  { arbitrary: fc.constant<PlaceName>('Bearer'), weight: 4 },
  { arbitrary: fc.constantFrom(...(Object.keys(places) as PlaceName[])), weight: 1 },
);
