import fc from 'fast-check';
import { clientId, identifier } from '../../support/token-issuer.ts';

/** How a token is made; plain data, so that a counterexample can be printed and made smaller. */
export interface TokenPlan {
  /** Members set over those of a good token; `null` takes one away. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Seconds from now, for claims that are times. */
  readonly times: Readonly<Partial<Record<'exp' | 'nbf' | 'iat', number>>>;
  readonly signer: 'issuer' | 'stranger' | 'public-key-as-secret' | 'empty-secret' | 'nobody';
  /** What happens to the finished token. */
  readonly tamper: { readonly how: Tampering; readonly at: number } | null;
  /** Changes nothing but the token: a token that nobody has seen before. */
  readonly fresh: number;
}

export const tamperings = [
  'flip a bit of the signature',
  'shorten the signature',
  'lengthen the signature',
  "another token's signature",
  'no signature',
  'flip a bit of the claims',
  'flip a bit of the header',
  'all scopes, after signing',
  'another spelling of the signature',
  'padding',
  'a part too few',
  'a part too many',
  'a character of no alphabet',
  'very long',
] as const;
export type Tampering = (typeof tamperings)[number];

const scope = (name: string) => `${identifier}/${name}`;
const both = `${scope('shows.read')} ${scope('shows.write')}`;

const scopeClaims = fc.oneof(
  { arbitrary: fc.constantFrom(both, scope('shows.read'), scope('shows.write'), `openid ${both}`), weight: 1 },
  fc.constantFrom<unknown>(
    ...[
      '',
      null,
      'other/shows.read',
      `${identifier}//shows.read`,
      `${identifier}/x/shows.read`,
      scope('shows.readwrite'),
    ],
    ...[
      scope('shows'),
      scope('SHOWS.READ'),
      scope('shows.read').toUpperCase(),
      `${scope('shows.read')},${scope('shows.write')}`,
    ],
    ...[
      both.replace(' ', '\t'),
      'shows.read shows.write',
      1,
      {},
      [scope('shows.read')],
      [both],
      [[scope('shows.read')]],
      [null],
    ],
  ),
);

const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: 'binary', maxLength: 300 }));

const claims = fc.oneof(
  fc.record({ scope: scopeClaims }),
  fc.record({ scp: scopeClaims, scope: fc.constant(null) }),
  fc.record({ permissions: scopeClaims, scope: fc.constant(null) }),
  fc.record({ iss: fc.oneof(issuers(), anything) }),
  fc.record({
    client_id: fc.oneof(fc.constantFrom<unknown>(null, [clientId], `${clientId} `, clientId.toUpperCase()), anything),
  }),
  fc.record({ token_use: fc.oneof(fc.constantFrom<unknown>(null, 'id', 'Access', ['access'], 'refresh'), anything) }),
  fc.record({
    aud: fc.oneof(fc.constantFrom<unknown>(clientId, [clientId, 'x'], identifier, 'other'), anything),
    client_id: fc.constantFrom(clientId, null),
  }),
  fc.record({ sub: fc.oneof(fc.constantFrom<unknown>(null, '', 'a\u0000b', 'x'.repeat(256)), anything) }),
  fc.record({ exp: anything }),
  fc.record({ nbf: anything }),
  fc.record({ iat: fc.oneof(fc.constant(null), anything) }),
  fc.dictionary(fc.string({ maxLength: 12 }), anything, { maxKeys: 3, noNullPrototype: true }),
);

/** A word in angle brackets stands for the issuer, whose address is another in every run. */
function issuers() {
  return fc.constantFrom<unknown>(
    null,
    '<iss>/',
    ['<iss>'],
    '<iss>.evil.example',
    ' <iss>',
    'https://evil.example',
    '',
  );
}

const times = fc.record(
  {
    // A minute is forgiven; who is near it may be let in or not.
    exp: fc.constantFrom(-1e9, -3600, -120, -100, -20, 1, 30, 86_400, 1e12),
    nbf: fc.constantFrom(-3600, 0, 20, 120, 3600, 1e9),
    iat: fc.constantFrom(-3600, 0, 20, 120, 1e9),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const header = fc.oneof(
  fc.record({
    alg: fc.oneof(
      fc.constantFrom<unknown>('none', 'None', 'NONE', '', null, 'RS1', 'rs256', 'HS256', 'HS512', 'ES256', 'EdDSA', [
        'RS256',
      ]),
      anything,
    ),
  }),
  fc.record({
    kid: fc.oneof(
      fc.constantFrom<unknown>(null, '../../etc/passwd', "' OR 1=1 --", '__proto__', 'x'.repeat(3_000), '<kid> '),
      anything,
    ),
  }),
  fc.record({ jwk: fc.constantFrom<unknown>('<stranger>', {}, null) }),
  fc.record({ jku: fc.constant('<trap>') }),
  fc.record({ x5u: fc.constant('<trap>'), kid: fc.constantFrom('<kid>', 'unknown') }),
  fc.record({ crit: fc.constantFrom<unknown>(['b64'], ['exp'], [], 'b64', ['x']), b64: fc.boolean(), x: fc.boolean() }),
  fc.record({
    typ: fc.oneof(
      fc.constantFrom<unknown>('at+jwt', 'JWT', 'jwt', 'application/at+jwt', 'logout+jwt', 'dpop+jwt', 1),
      anything,
    ),
  }),
  fc.dictionary(fc.string({ maxLength: 12 }), anything, { maxKeys: 3, noNullPrototype: true }),
);

/** What a header is without mutations. */
const none = fc.constant({});
const noTamper = fc.constant(null);
const byIssuer = fc.constant('issuer' as const);
const fresh = fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, { arbitrary: fc.nat(), weight: 1 });

const plan = (parts: Partial<{ [Name in keyof TokenPlan]: fc.Arbitrary<TokenPlan[Name]> }>): fc.Arbitrary<TokenPlan> =>
  fc.record(
    { header: none, claims: none, times: none, signer: byIssuer, tamper: noTamper, fresh, ...parts },
    { noNullPrototype: true },
  );

export const goodToken = plan({});

export const tokens: fc.Arbitrary<TokenPlan> = fc.oneof(
  { arbitrary: goodToken, weight: 6 },
  { arbitrary: plan({ claims: fc.record({ scope: scopeClaims }) }), weight: 3 },
  { arbitrary: plan({ claims }), weight: 6 },
  { arbitrary: plan({ times }), weight: 3 },
  { arbitrary: plan({ header }), weight: 4 },
  { arbitrary: plan({ tamper: fc.record({ how: fc.constantFrom(...tamperings), at: fc.nat() }) }), weight: 5 },
  {
    arbitrary: plan({
      header: fc.oneof(none, header, fc.constant({ alg: 'HS256' }), fc.constant({ jwk: '<stranger>' })),
      claims: fc.oneof(none, claims),
      signer: fc.constantFrom('stranger', 'public-key-as-secret', 'empty-secret', 'nobody'),
    }),
    weight: 4,
  },
  { arbitrary: plan({ header: fc.oneof(none, header), claims, times }), weight: 3 },
);
