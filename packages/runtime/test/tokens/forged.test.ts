import { createHmac, createPublicKey } from 'node:crypto';
import { exportSPKI } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { handMade, type Issuer, json, makeKey, seconds, type SigningKey, startIssuer } from './issuer.ts';
import { cognitoEnv, startTokenService, type TokenService } from './service.ts';

let issuer: Issuer;
let other: Issuer;
let thief: Issuer;
let service: TokenService;
let stranger: SigningKey;
beforeAll(async () => {
  [issuer, other, thief] = await Promise.all([startIssuer(), startIssuer(), startIssuer()]);
  stranger = await makeKey();
  service = await startTokenService(cognitoEnv(issuer, other));
});
afterAll(async () => {
  await service.app.close();
  await Promise.all([issuer, other, thief].map((each) => each.stop()));
});
beforeEach(() => void service.logs.splice(0));

async function expectRefused(token: string, reason?: string): Promise<void> {
  const answer = await service.read(token);
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  expect(answer.json()).toMatchObject({ code: 'TOKEN_REQUIRED', status: 401 });
  if (reason !== undefined) expect(service.logs.join('')).toContain(`"reason":"${reason}"`);
}

function claims(): Record<string, unknown> {
  const { issuer: iss } = issuer;
  const times = { iat: seconds(), exp: seconds() + 600 };
  return {
    iss,
    sub: 'client-1',
    token_use: 'access',
    client_id: 'client-1',
    scope: 'https://shows.api/shows.read',
    ...times,
  };
}

const hmac =
  (secret: string | Buffer, hash = 'sha256') =>
  (text: string) =>
    createHmac(hash, secret).update(text).digest('base64url');

it('a token of each issuer opens the route', async () => {
  for (const each of [issuer, other]) {
    const answer = await service.read(await each.token());
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      identity: { kind: 'machine', iss: each.issuer, clientId: 'client-1', sub: 'client-1', scopes: ['shows.read'] },
    });
  }
});

describe('security 24: algorithms that prove nothing', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', ''])('alg %j → 401', async (alg) => {
    const { kid } = issuer.keys[0]!;
    await expectRefused(
      handMade({ alg, kid }, claims(), () => ''),
      'malformed',
    );
    await expectRefused(
      handMade({ alg, kid }, claims(), () => 'AAAA'),
      'algorithm',
    );
    const good = (await issuer.token()).split('.')[2]!;
    await expectRefused(
      handMade({ alg, kid }, claims(), () => good),
      'algorithm',
    );
  });

  it.each(['HS256', 'hs256', 'HS384', 'HS512'])('%s with the public key as secret → 401', async (alg) => {
    const { kid, publicJwk } = issuer.keys[0]!;
    const key = createPublicKey({ key: publicJwk as never, format: 'jwk' });
    const secrets = [
      await exportSPKI(key as never),
      key.export({ type: 'spki', format: 'der' }),
      key.export({ type: 'pkcs1', format: 'pem' }),
      publicJwk.n!,
      JSON.stringify(publicJwk),
    ];
    for (const secret of secrets) {
      const hash = `sha${alg.slice(2)}`;
      await expectRefused(handMade({ alg, kid }, claims(), hmac(secret, hash)), 'algorithm');
    }
  });

  it('HS256 with an empty key → 401', async () => {
    for (const kid of [issuer.keys[0]!.kid, undefined, '', '/dev/null']) {
      await expectRefused(handMade({ alg: 'HS256', kid }, claims(), hmac('')), 'algorithm');
    }
  });

  it('a symmetric key in the key set is no way in', async () => {
    const secret = 'a-secret-that-was-published-by-mistake';
    const lax = await startIssuer();
    lax.answers.set(
      '/pool/.well-known/jwks.json',
      json({
        keys: [
          ...lax.keys.map(({ publicJwk }) => publicJwk),
          { kty: 'oct', kid: 'o', alg: 'HS256', k: Buffer.from(secret).toString('base64url') },
        ],
      }),
    );
    const behind = await startTokenService(cognitoEnv(lax));
    for (const alg of ['HS256', 'RS256']) {
      const token = handMade({ alg, kid: 'o' }, { ...claims(), iss: lax.issuer }, hmac(secret));
      expect((await behind.read(token)).statusCode).toBe(401);
    }
    await behind.app.close();
    await lax.stop();
  });

  it.each(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])('%s of the issuer is taken', async (alg) => {
    const key = await makeKey(alg);
    const signer = await startIssuer({ key });
    const behind = await startTokenService(cognitoEnv(signer));
    expect((await behind.read(await signer.token())).statusCode).toBe(200);
    await behind.app.close();
    await signer.stop();
  });

  it('a key of 1024 bits → 401, not 500', async () => {
    const { generateKeyPairSync, createSign } = await import('node:crypto');
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const weak = await startIssuer();
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'weak', alg: 'RS256', use: 'sig' };
    weak.answers.set('/pool/.well-known/jwks.json', json({ keys: [jwk] }));
    const behind = await startTokenService(cognitoEnv(weak));
    const sign = (text: string) => createSign('sha256').update(text).sign(privateKey, 'base64url');
    const token = handMade({ alg: 'RS256', kid: 'weak' }, { ...claims(), iss: weak.issuer }, sign);
    expect((await behind.read(token)).statusCode).toBe(401);
    await behind.app.close();
    await weak.stop();
  });
});

describe('security 25: keys that a token brings along', () => {
  it.each(['jwk', 'jku', 'x5u', 'x5c'])('%s → 401, and nothing is fetched from there', async (name) => {
    const address = `${thief.origin}/keys`;
    const value = { jwk: stranger.publicJwk, jku: address, x5u: address, x5c: ['AAAA'] }[name];
    for (const kid of [stranger.kid, issuer.keys[0]!.kid, undefined]) {
      await expectRefused(await issuer.token({}, { [name]: value, kid }, stranger));
    }
    expect(thief.requests).toEqual([]);
  });

  it('jwk, jku and x5u → 401 also beside a right signature', async () => {
    for (const header of [{ jku: `${thief.origin}/keys` }, { x5u: thief.origin }, { jwk: stranger.publicJwk }]) {
      await expectRefused(await issuer.token({}, header), 'header');
    }
    expect(thief.requests).toEqual([]);
  });

  it('iss of a stranger → 401, and its server is not asked', async () => {
    await expectRefused(await thief.token(), 'issuer');
    expect(thief.requests).toEqual([]);
  });

  it.each([
    ['a path', '../../../../etc/passwd'],
    ['an address', 'http://127.0.0.1:1/keys'],
    ['SQL', "x' UNION SELECT 'key' --"],
    ['a shell', '$(id)|id;`id`'],
    ['10 KB', 'k'.repeat(10_240)],
    ['5 KB', 'k'.repeat(5_120)],
    ['NUL', 'key\0'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['nothing', ''],
  ])('kid with %s → 401', async (_what, kid) => {
    const asked = issuer.fetches();
    await expectRefused(await issuer.token({}, { kid }, stranger));
    expect(issuer.fetches() - asked).toBeLessThanOrEqual(1);
    expect(issuer.requests.every((url) => url === '/pool/.well-known/jwks.json')).toBe(true);
  });

  it.each([[['a']], [{ a: 1 }], [1], [null], [true]])('kid %j, not a text → 401', async (kid) => {
    await expectRefused(
      handMade({ alg: 'RS256', kid }, claims(), () => 'AAAA'),
      'unknown-key',
    );
  });
});

describe('security 26: crit', () => {
  it.each([[['urn:unknown']], [['exp']], [['b64']], [[]], ['exp'], [null], [{}]])('%j → 401', async (crit) => {
    const { kid, alg } = issuer.keys[0]!;
    await expectRefused(
      handMade({ alg, kid, crit, exp: 1, b64: true }, claims(), () => 'AAAA'),
      'header',
    );
  });

  it('signed by the issuer → 401 all the same', async () => {
    const header = { crit: ['urn:unknown'], 'urn:unknown': 'x' };
    await expectRefused(await issuer.token({}, header), 'header');
  });
});

describe('security 30: keys of another issuer', () => {
  it("issuer A's token signed with B's key → 401, both ways and by either kid", async () => {
    for (const [from, by] of [
      [issuer, other],
      [other, issuer],
    ] as const) {
      const key = by.keys[0]!;
      await expectRefused(await from.token({}, {}, key), 'unknown-key');
      await expectRefused(await from.token({}, { kid: from.keys[0]!.kid }, key), 'signature');
      await expectRefused(await from.token({}, { kid: undefined }, key), 'signature');
    }
  });

  it('a key that nobody published → 401', async () => {
    await expectRefused(await issuer.token({}, { kid: issuer.keys[0]!.kid }, stranger), 'signature');
    await expectRefused(await issuer.token({}, {}, stranger), 'unknown-key');
  });
});

describe('what is no token', () => {
  it.each([
    'x',
    'a.b',
    'a.b.c',
    'a.b.c.d.e',
    '..',
    `${'a.'.repeat(4_000)}a`,
    'eyJhbGciOiJSUzI1NiJ9.bm90anNvbg.AAAA',
    'eyJhbGciOiJSUzI1NiJ9.W10.AAAA',
    'bnVsbA.bnVsbA.bnVsbA',
    'eyJhbGciOiJSUzI1NiJ9.e30.A A',
    '"eyJ.e.e"',
  ])('%.60s → 401', async (token) => expectRefused(token));

  it('a claim set or header that is not UTF-8 → 401', async () => {
    const bad = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString('base64url');
    await expectRefused(`${bad}.e30.AAAA`, 'malformed');
  });

  it('a token of more than 8 KB → 401, unread', async () => {
    await expectRefused(await issuer.token({ padding: 'x'.repeat(8 * 1_024) }), 'too-long');
    const fits = await issuer.token({ padding: 'x'.repeat(5 * 1_024) });
    expect((await service.read(fits)).statusCode).toBe(200);
  });

  it('a changed character anywhere → 401, the spare bits of the last one included', async () => {
    const token = await issuer.token();
    expect((await service.read(token)).statusCode).toBe(200);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = token.length - 1;
    for (const index of [0, 5, 40, 200, token.lastIndexOf('.') - 1, token.lastIndexOf('.') + 1, last - 1]) {
      const swapped = token[index] === 'A' ? 'B' : 'A';
      await expectRefused(token.slice(0, index) + swapped + token.slice(index + 1));
    }
    for (const letter of alphabet) {
      if (letter !== token[last]) await expectRefused(token.slice(0, last) + letter);
    }
    for (const tail of ['=', '==', 'A', '.', ' x']) await expectRefused(token + tail);
  });
});
