import type { App } from '@keelson/runtime';
import { createTokenVerifier, InvalidTokenError, tokens } from '@keelson/runtime/tokens';
import { createBootScope } from '@keelson/runtime/config';
import { ConfigError } from '@keelson/runtime/errors';
import { guard } from '@keelson/runtime/session';
import Fastify from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Issuer, seconds, startIssuer } from './issuer.ts';
import { audienceEnv, cognitoEnv, scopePrefix, startTokenService } from './service.ts';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.stop());
afterEach(() => void vi.useRealTimers());

const url = 'https://issuer.example';

async function problemsOf(env: Record<string, string>): Promise<string[]> {
  const error = await startTokenService(env).catch((problem: unknown) => problem);
  if (!(error instanceof ConfigError)) throw new Error(`booted, or failed otherwise: ${String(error)}`);
  return error.problems.map(({ path, message }) => `${path} ${message}`);
}

describe('the contract of tokens', () => {
  it('names everything that is missing at once', async () => {
    expect(await problemsOf({})).toEqual([
      'TOKEN_ISSUER is missing.',
      'TOKEN_CLIENT_IDS is missing, and TOKEN_AUDIENCE too.',
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'both forms',
      { TOKEN_CLIENT_IDS: 'a', TOKEN_AUDIENCE: 'b' },
      'TOKEN_AUDIENCE is set together with TOKEN_CLIENT_IDS.',
    ],
    [
      'a prefix with an audience',
      { TOKEN_AUDIENCE: 'b', TOKEN_SCOPE_PREFIX: 'c' },
      'TOKEN_SCOPE_PREFIX belongs to TOKEN_CLIENT_IDS, which is not set.',
    ],
    ['no client', { TOKEN_CLIENT_IDS: ' , ,' }, 'TOKEN_CLIENT_IDS is empty.'],
    ['no audience', { TOKEN_AUDIENCE: ',' }, 'TOKEN_AUDIENCE is empty.'],
    ['no issuer', { TOKEN_ISSUER: ',', TOKEN_AUDIENCE: 'a' }, 'TOKEN_ISSUER is empty.'],
    [
      'no URL',
      { TOKEN_ISSUER: `${url},nothing`, TOKEN_AUDIENCE: 'a' },
      'TOKEN_ISSUER holds an entry that is not a URL.',
    ],
    [
      'http',
      { TOKEN_ISSUER: 'http://issuer.example', TOKEN_AUDIENCE: 'a' },
      'TOKEN_ISSUER holds an entry that does not start with https://.',
    ],
    [
      'another scheme',
      { TOKEN_ISSUER: 'file:///etc', TOKEN_AUDIENCE: 'a' },
      'TOKEN_ISSUER holds an entry that does not start with https://.',
    ],
    [
      'a query',
      { TOKEN_ISSUER: `${url}?a=b`, TOKEN_AUDIENCE: 'a' },
      'TOKEN_ISSUER holds an entry with a query, fragment or user name.',
    ],
    [
      'a user name',
      { TOKEN_ISSUER: 'https://u:p@issuer.example', TOKEN_AUDIENCE: 'a' },
      'TOKEN_ISSUER holds an entry with a query, fragment or user name.',
    ],
  ])('%s is refused at boot', async (_what, env, problem) => {
    expect(await problemsOf({ TOKEN_ISSUER: url, ...env })).toEqual([problem]);
  });

  it('an http issuer on another machine is taken in development only, when that is said by name', async () => {
    const env = { TOKEN_ISSUER: 'http://192.0.2.1:9', TOKEN_AUDIENCE: 'a' };
    const development = { NODE_ENV: 'development', PUBLIC_URL: 'http://localhost:8080' };
    const { app } = await startTokenService(env, { env: development });
    await app.close();
    for (const other of [{ NODE_ENV: 'test' }, { NODE_ENV: undefined }]) {
      const build = startTokenService(env, { env: { PUBLIC_URL: 'http://localhost:8080', ...other } });
      await expect(build).rejects.toThrow(/TOKEN_ISSUER/);
    }
  });

  it('boots while the issuer is away', async () => {
    const { app } = await startTokenService({ TOKEN_ISSUER: 'http://127.0.0.1:9/x', TOKEN_AUDIENCE: 'a' });
    expect((await app.inject('/health')).statusCode).toBe(200);
    expect((await app.inject('/read')).statusCode).toBe(401);
    await app.close();
  });

  it('works with plain Fastify', async () => {
    const app = Fastify();
    await app.register(guard);
    await app.register(tokens, { boot: createBootScope(cognitoEnv(issuer)) });
    app.get('/read', { auth: { scopes: ['shows.read'] } }, async ({ identity }) => identity);
    const ask = (token: string) => app.inject({ url: '/read', headers: { authorization: `Bearer ${token}` } });
    expect((await ask(await issuer.token())).json()).toMatchObject({ kind: 'machine', clientId: 'client-1' });
    expect((await ask('x')).statusCode).toBe(401);
    await app.close();
  });
});

describe('documentation', () => {
  interface Document {
    components: {
      securitySchemes: Record<string, { flows?: { clientCredentials: { tokenUrl: string; scopes: object } } }>;
    };
    paths: Record<string, Record<string, { security: object[] }>>;
  }
  const documentOf = async (app: App) => (await app.inject('/openapi.json')).json() as Document;

  it("Cognito: the page can get a token at the service's own address, with scopes as Cognito spells them", async () => {
    const { app } = await startTokenService(cognitoEnv(issuer), { docs: true });
    const { components, paths } = await documentOf(app);
    const { oauth2, bearer, session } = components.securitySchemes;
    expect(oauth2?.flows?.clientCredentials).toEqual({
      tokenUrl: 'https://app.example.com/oauth/token',
      scopes: { [`${scopePrefix}/read`]: '', [`${scopePrefix}/shows.read`]: '', [`${scopePrefix}/shows.write`]: '' },
    });
    expect(bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(session).toBeUndefined();
    expect(paths['/read']?.['get']?.security).toEqual([
      { oauth2: [`${scopePrefix}/shows.read`] },
      { bearer: ['shows.read'] },
    ]);
    expect(paths['/open']?.['get']?.security).toEqual([]);
    await app.close();
  });

  it('others: a token is typed in, unless the code says where to get one', async () => {
    const plain = await startTokenService(audienceEnv(issuer), { docs: true });
    const document = await documentOf(plain.app);
    expect(Object.keys(document.components.securitySchemes)).toEqual(['bearer']);
    expect(document.paths['/read']?.['get']?.security).toEqual([{ bearer: ['shows.read'] }]);
    const tokenUrl = 'https://tenant.example/oauth/token';
    const told = await startTokenService(audienceEnv(issuer), { docs: true, tokenUrl });
    const { components } = await documentOf(told.app);
    expect(components.securitySchemes['oauth2']?.flows?.clientCredentials.tokenUrl).toBe(tokenUrl);
    await Promise.all([plain.app.close(), told.app.close()]);
  });
});

describe('createTokenVerifier', () => {
  const make = () => createTokenVerifier({ issuers: [issuer.issuer], clientIds: ['client-1'], scopePrefix });

  it('gives the machine, or says why not in a word', async () => {
    const verifier = make();
    await verifier.ready();
    expect(await verifier.verify(await issuer.token())).toEqual({
      kind: 'machine',
      iss: issuer.issuer,
      clientId: 'client-1',
      sub: 'client-1',
      scopes: ['shows.read'],
    });
    const error = await verifier.verify(await issuer.token({ exp: 1 })).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(InvalidTokenError);
    expect(error).toMatchObject({ reason: 'expired', statusCode: 401 });
  });

  it('refuses options that nobody could meet, all at once', () => {
    expect(() => createTokenVerifier({ issuers: [], audiences: [] })).toThrow(
      /issuers: is empty.*\naudiences: is empty/,
    );
    expect(() => createTokenVerifier({ issuers: ['http://issuer.example'], clientIds: ['a'] })).toThrow(/https/);
  });

  it('remembers a token for a minute, and never past its end', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const verifier = make();
    const long = await issuer.token();
    const short = await issuer.token({ exp: seconds() + 20 });
    expect(verifier.peek(long)).toBeUndefined();
    const machine = await verifier.verify(long);
    await verifier.verify(short);
    expect(verifier.peek(long)).toBe(machine);
    expect(Object.isFrozen(machine) && Object.isFrozen(machine.scopes)).toBe(true);
    const start = Date.now();
    vi.setSystemTime(start + 19_000);
    expect(verifier.peek(short)).toBeDefined();
    vi.setSystemTime(start + 20_000);
    expect(verifier.peek(short)).toBeUndefined();
    expect(verifier.peek(long)).toBeDefined();
    vi.setSystemTime(start + 60_000);
    expect(verifier.peek(long)).toBeUndefined();
  });

  it('a clock that is set back does not lengthen the memory', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const verifier = make();
    const token = await issuer.token({ exp: seconds() + 86_400 });
    await verifier.verify(token);
    vi.setSystemTime(Date.now() - 30_000);
    expect(verifier.peek(token)).toBeUndefined();
  });

  it('remembers no refused token', async () => {
    const verifier = make();
    const bad = await issuer.token({ token_use: 'id' });
    await expect(verifier.verify(bad)).rejects.toThrow(InvalidTokenError);
    expect(verifier.peek(bad)).toBeUndefined();
    expect(verifier.peek('x'.repeat(100_000))).toBeUndefined();
  });
});
