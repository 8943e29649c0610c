import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Issuer, seconds, startIssuer, type TestClaims, type TestHeader } from './issuer.ts';
import { audienceEnv, cognitoEnv, startTokenService, type TokenService } from './service.ts';

let cognito: Issuer;
let generic: Issuer;
let byClient: TokenService;
let byAudience: TokenService;
beforeAll(async () => {
  cognito = await startIssuer();
  // Auth0's issuers end with a slash.
  generic = await startIssuer({ place: 'discovery', path: '/' });
  byClient = await startTokenService(cognitoEnv(cognito));
  byAudience = await startTokenService(audienceEnv(generic));
});
afterAll(async () => {
  await Promise.all([byClient.app.close(), byAudience.app.close()]);
  await Promise.all([cognito.stop(), generic.stop()]);
});
afterEach(() => void vi.useRealTimers());

const none: TestClaims = { token_use: undefined };
const machine = { ...none, aud: 'https://shows.example', scope: 'shows.read' };

/** Status of a token by Cognito's rules. */
const clientStatus = async (claims: TestClaims, header = {}) =>
  (await byClient.read(await cognito.token(claims, header))).statusCode;
/** Status of a token by the rules of RFC 9068 and Auth0. */
const audienceStatus = async (claims: TestClaims, header = {}) =>
  (await byAudience.read(await generic.token({ ...machine, ...claims }, header))).statusCode;

describe('security 27: times', () => {
  it.each<[string, () => TestClaims]>([
    ['expired', () => ({ exp: seconds() - 61 })],
    ['expired long ago', () => ({ exp: 1 })],
    ['nbf in the future', () => ({ nbf: seconds() + 120 })],
    ['iat in the future', () => ({ iat: seconds() + 120 })],
    ['no exp', () => ({ exp: undefined })],
    ['exp as text', () => ({ exp: String(seconds() + 600) })],
    ['exp null', () => ({ exp: null })],
    ['nbf as text', () => ({ nbf: '0' })],
    ['iat as text', () => ({ iat: '0' })],
  ])('%s → 401', async (_what, claims) => {
    expect(await clientStatus(claims())).toBe(401);
    expect(await audienceStatus(claims())).toBe(401);
  });
});

describe('fault 15: a clock that is off', () => {
  it.each([-60, -30, 30, 60])('by %i s → fine', async (skew) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const token = await cognito.token({ iat: seconds(), nbf: seconds(), exp: seconds() + 300 });
    vi.setSystemTime(Date.now() + skew * 1_000);
    expect((await byClient.read(token)).statusCode).toBe(200);
  });

  it('a token that ended 30 s ago by this clock is still taken, and not remembered', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const token = await cognito.token({ exp: seconds() - 30 });
    expect((await byClient.read(token)).statusCode).toBe(200);
    vi.setSystemTime(Date.now() + 31_000);
    expect((await byClient.read(token)).statusCode).toBe(401);
  });

  it.each([-600, 600])('by %i s → 401', async (skew) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const token = await cognito.token({ iat: seconds(), nbf: undefined, exp: seconds() + 300 });
    vi.setSystemTime(Date.now() + skew * 1_000);
    expect((await byClient.read(token)).statusCode).toBe(401);
  });

  it('by 10 min behind → 401 although the token lives for a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const token = await cognito.token({ exp: seconds() + 86_400 });
    vi.setSystemTime(Date.now() - 600_000);
    expect((await byClient.read(token)).statusCode).toBe(401);
  });
});

describe('security 28: iss and aud', () => {
  it.each<[string, (iss: string) => unknown]>([
    ['a prefix', (iss) => iss.slice(0, -1)],
    ['a longer one', (iss) => `${iss}2`],
    ['a list', (iss) => [iss]],
    ['a list of two', (iss) => [iss, 'https://evil.example']],
    ['a slash at the end, or none', (iss) => (iss.endsWith('/') ? iss.slice(0, -1) : `${iss}/`)],
    ['upper case', (iss) => iss.toUpperCase()],
    ['white space', (iss) => ` ${iss}`],
    ['user info', (iss) => iss.replace('://', '://x@')],
    ['nothing', () => undefined],
    ['null', () => null],
    ['an object', (iss) => ({ iss })],
    ['__proto__', () => '__proto__'],
  ])('iss with %s → 401', async (_what, change) => {
    expect(await clientStatus({ iss: change(cognito.issuer) })).toBe(401);
    expect(await audienceStatus({ iss: change(generic.issuer) })).toBe(401);
  });

  it.each<[string, unknown]>([
    ['another', 'https://other.example'],
    ['absent', undefined],
    ['empty', ''],
    ['an empty list', []],
    ['a prefix', 'https://shows.exampl'],
    ['a slash more', 'https://shows.example/'],
    ['a list of others', ['https://a.example', 'https://b.example']],
    ['an object', { 'https://shows.example': true }],
    ['a nested list', [['https://shows.example']]],
    ['two in one text', 'https://shows.example https://b.example'],
  ])('aud is %s → 401', async (_what, aud) => {
    expect(await audienceStatus({ aud: aud })).toBe(401);
  });

  it.each<[string, unknown]>([
    ['another', 'https://other.example'],
    ['a list of others', ['https://a.example', 'https://b.example']],
    ['a part of a client', 'client-'],
    ['empty', ''],
    ['an empty list', []],
    ['null', null],
    ['a nested list', [['client-1']]],
  ])('Cognito: aud is %s → 401', async (_what, aud) => {
    expect(await clientStatus({ aud })).toBe(401);
  });

  it("Cognito: aud is a client, or the API's own identifier", async () => {
    expect(await clientStatus({ aud: 'client-1' })).toBe(200);
    expect(await clientStatus({ aud: ['https://other.example', 'https://shows.api'] })).toBe(200);
  });

  it('aud as text or in a list is taken', async () => {
    expect(await audienceStatus({})).toBe(200);
    expect(await audienceStatus({ aud: ['https://tenant.example/userinfo', 'https://shows.example'] })).toBe(200);
  });
});

describe('security 29: what is no access token', () => {
  it.each<[string, TestClaims]>([
    ["Cognito's ID token", { token_use: 'id', aud: 'client-1', client_id: undefined }],
    ['an ID token with a client_id', { token_use: 'id' }],
    ['no token_use', { token_use: undefined }],
    ['token_use in another case', { token_use: 'Access' }],
    ['token_use in a list', { token_use: ['access'] }],
    ['a client that is not on the list', { client_id: 'client-3' }],
    ['a part of a client', { client_id: 'client-' }],
    ['all clients', { client_id: 'client-1, client-2' }],
    ['clients in a list', { client_id: ['client-1'] }],
    ['no client', { client_id: undefined }],
    ['a client in aud only', { client_id: undefined, aud: 'client-1' }],
    ['a client in azp only', { client_id: undefined, azp: 'client-1' }],
  ])('Cognito: %s → 401', async (_what, claims) => {
    expect(await clientStatus(claims)).toBe(401);
  });

  it('Cognito: the second client is taken, and the token names no audience', async () => {
    expect(await clientStatus({ client_id: 'client-2', aud: undefined })).toBe(200);
  });

  it.each<[string, TestClaims, TestHeader?]>([
    ['nonce', { nonce: 'n' }],
    ['at_hash', { at_hash: 'h' }],
    ['events', { events: {} }],
    ['nothing that access tokens have', { client_id: undefined, azp: 'client-1', scope: undefined }],
    ['token_use id', { token_use: 'id' }],
    ["Keycloak's typ ID", { typ: 'ID' }],
    ['the type of logout tokens', {}, { typ: 'logout+jwt' }],
    ['the type of DPoP proofs', {}, { typ: 'dpop+jwt' }],
    ['the type of security events', {}, { typ: 'secevent+jwt' }],
    ['a type that is no text', {}, { typ: ['at+jwt'] }],
    ['no client', { client_id: undefined }],
    ['a client that is no text', { client_id: { a: 1 } }],
    ['a subject that is no text', { sub: ['a'] }],
  ])('others: %s → 401', async (_what, claims, header) => {
    expect(await audienceStatus(claims, header)).toBe(401);
  });

  it.each([undefined, 'JWT', 'jwt', 'at+jwt', 'AT+JWT', 'application/at+jwt'])(
    'others: type %s is taken',
    async (typ) => {
      expect(await audienceStatus({}, { typ })).toBe(200);
    },
  );

  it('Auth0: client in azp, scopes as permissions', async () => {
    const token = await generic.token({
      ...machine,
      client_id: undefined,
      azp: 'abc',
      sub: 'abc@clients',
      gty: 'client-credentials',
      scope: undefined,
      permissions: ['shows.read'],
    });
    const answer = await byAudience.read(token);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ identity: { clientId: 'abc', sub: 'abc@clients', scopes: ['shows.read'] } });
  });
});

describe('security 31: scopes', () => {
  const prefix = 'https://shows.api/';
  const readOf = async (scope: unknown, url = '/read') => {
    const answer = await byClient.read(await cognito.token({ scope }), url);
    return { status: answer.statusCode, challenge: answer.headers['www-authenticate'] };
  };

  it.each<[string, unknown]>([
    ['no resource server', 'shows.read'],
    ['another resource server', 'other/shows.read'],
    ['a longer identifier', 'https://shows.api.evil/shows.read'],
    ['a part of the identifier', 'shows.api/shows.read'],
    ['the identifier twice', `${prefix}${prefix}shows.read`],
    ['an identifier before it', `other/${prefix}shows.read`],
    ['a path behind it', `${prefix}admin/shows.read`],
    ['two slashes', `${prefix}/shows.read`],
    ['another identifier in another case', 'https://SHOWS.api/shows.read'],
    ['another scope', `${prefix}shows.write`],
    ['a longer scope', `${prefix}shows.readwrite`],
    ['a shorter scope', `${prefix}shows`],
    ['other letters', `${prefix}Shows.Read`],
    ['a wildcard', `${prefix}*`],
    ['the wrong separator', `${prefix}shows.write,${prefix}shows.read`],
    ['a tab', `${prefix}shows.write\t${prefix}shows.read`],
    ['nothing', undefined],
    ['no words', '   '],
    ['an object', { 'shows.read': true }],
  ])('%s → 403 insufficient_scope', async (_what, scope) => {
    const { status, challenge } = await readOf(scope);
    expect(status).toBe(403);
    expect(challenge).toBe('Bearer error="insufficient_scope", scope="shows.read"');
  });

  it('readwrite where read is required → 403', async () => {
    expect((await readOf(`${prefix}readwrite`, '/single')).status).toBe(403);
    expect((await readOf(`${prefix}read`, '/single')).status).toBe(200);
  });

  it('one of several words is enough', async () => {
    expect((await readOf(`openid ${prefix}shows.write  ${prefix}shows.read`)).status).toBe(200);
  });

  it('scp as a list or as words counts too', async () => {
    for (const scp of [['shows.read'], 'shows.write shows.read']) {
      expect(await audienceStatus({ scope: undefined, scp })).toBe(200);
    }
  });

  it('without TOKEN_SCOPE_PREFIX nothing is taken off', async () => {
    const env = { TOKEN_SCOPE_PREFIX: undefined };
    const plain = await startTokenService(cognitoEnv(cognito), { env });
    expect((await plain.read(await cognito.token())).statusCode).toBe(403);
    expect((await plain.read(await cognito.token({ scope: 'shows.read' }))).statusCode).toBe(200);
    await plain.app.close();
  });
});
