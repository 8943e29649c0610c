import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';

/** Claims of a token; one that is `undefined` is left out. */
export type Claims = Readonly<Record<string, unknown>>;

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** Somebody who signs tokens as Cognito does, and whose key server a test rotates, breaks and counts. */
export interface TokenIssuer {
  readonly issuer: string;
  /** The key that signs now. */
  readonly key: SigningKey;
  /** Requests for the key set so far. */
  readonly fetches: number;
  /** Paths that were asked for so far. */
  readonly paths: readonly string[];
  /** An access token of the client `shows` with both scopes, changed by what is given. */
  token(claims?: Claims, header?: Readonly<Record<string, unknown>>, key?: SigningKey): Promise<string>;
  /** Signs with a new key from now on, and publishes it alone. */
  rotate(): Promise<void>;
  /** The key server answers 503 until `mend`. */
  breakDown(): void;
  mend(): void;
  close(): Promise<void>;
}

export const clientId = 'test-client';
export const identifier = 'https://show-service-test.api';

/** The variables that make the shows service take tokens of this issuer, as Cognito's. */
export function takesTokensOf({ issuer }: Pick<TokenIssuer, 'issuer'>): Record<string, string> {
  return { TOKEN_ISSUER: issuer, TOKEN_CLIENT_IDS: clientId, TOKEN_SCOPE_PREFIX: identifier };
}

export const seconds = (offset = 0) => Math.floor(Date.now() / 1000) + offset;

export async function startTokenIssuer(): Promise<TokenIssuer> {
  let key = await newKey();
  let broken = false;
  let fetches = 0;
  const paths: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    if (request.url?.endsWith('jwks.json')) fetches++;
    void answer(request.url ?? '').then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pool_1`;

  const answer = async (path: string): Promise<{ status: number; body: object }> => {
    if (broken) return { status: 503, body: {} };
    const jwks = `${issuer}/.well-known/jwks.json`;
    if (path === '/pool_1/.well-known/jwks.json') return { status: 200, body: { keys: [await publicJwk(key)] } };
    if (/\/\.well-known\/(openid-configuration|oauth-authorization-server)/.test(path)) {
      return { status: 200, body: { issuer, jwks_uri: jwks, token_endpoint: `${issuer}/token` } };
    }
    return { status: 404, body: {} };
  };

  return {
    issuer,
    get key() {
      return key;
    },
    get fetches() {
      return fetches;
    },
    paths,
    token: (claims, header, signer = key) => sign(issuer, signer, claims, header),
    rotate: async () => void (key = await newKey()),
    breakDown: () => void (broken = true),
    mend: () => void (broken = false),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

let keys = 0;

export async function newKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid: `key-${++keys}`, privateKey, publicKey };
}

/** What Cognito writes into an access token of client credentials. */
export function accessClaims(issuer: string): Record<string, unknown> {
  return {
    iss: issuer,
    sub: clientId,
    token_use: 'access',
    scope: `${identifier}/shows.read ${identifier}/shows.write`,
    client_id: clientId,
    version: 2,
    jti: crypto.randomUUID(),
    auth_time: seconds(),
    iat: seconds(),
    exp: seconds(3600),
  };
}

function sign(issuer: string, key: SigningKey, claims: Claims = {}, header = {}): Promise<string> {
  const all = Object.entries({ ...accessClaims(issuer), ...claims }).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(all))
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, ...header })
    .sign(key.privateKey);
}

async function publicJwk({ kid, publicKey }: SigningKey): Promise<object> {
  return { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' };
}

/** The public key in the forms that a careless library would take for the secret of an HMAC. */
export async function publicKeyTexts({ publicKey }: SigningKey): Promise<string[]> {
  return [await exportSPKI(publicKey), JSON.stringify(await exportJWK(publicKey))];
}
