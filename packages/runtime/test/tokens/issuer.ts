import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { freePort } from '../../../../test/support/free-port.ts';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** Anything, also what no claim or parameter may be. */
export type TestClaims = Readonly<Record<string, unknown>>;
export type TestHeader = Readonly<Record<string, unknown>>;

/** An issuer of tokens with a key-set server on loopback, which can be made to fail. */
export interface Issuer {
  readonly issuer: string;
  readonly origin: string;
  readonly port: number;
  /** Paths that were asked for. */
  readonly requests: string[];
  /** Answers of paths, in place of the usual ones. */
  readonly answers: Map<string, (response: ServerResponse) => void>;
  /** The keys in use; the first signs. */
  keys: SigningKey[];
  /** A token as Cognito makes them for a client; `undefined` removes a claim or header parameter. */
  token(claims?: TestClaims, header?: TestHeader, key?: SigningKey): Promise<string>;
  fetches(): number;
  /** The server goes away, and comes back at the same address. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

let made = 0;

export async function makeKey(alg = 'RS256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const kid = `key-${++made}`;
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export const seconds = (): number => Math.floor(Date.now() / 1_000);

export interface IssuerOptions {
  /** Where the keys are: Cognito's place, or the one that discovery names. @default 'well-known' */
  readonly place?: 'well-known' | 'discovery';
  /** @default '/pool' */
  readonly path?: string;
  readonly key?: SigningKey;
}

export async function startIssuer({ place = 'well-known', path = '/pool', key }: IssuerOptions = {}): Promise<Issuer> {
  const requests: string[] = [];
  const answers: Issuer['answers'] = new Map();
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    requests.push(url);
    const answer = answers.get(url) ?? usual(url);
    answer(response);
  });
  const port = await freePort();
  const up = async () => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await up();
  const origin = `http://127.0.0.1:${port}`;
  const base = path.replace(/\/$/, '');
  const keysAt = place === 'well-known' ? `${base}/.well-known/jwks.json` : '/keys';

  function usual(url: string): (response: ServerResponse) => void {
    if (url === keysAt) return json({ keys: issuer.keys.map(({ publicJwk }) => publicJwk) });
    if (place === 'discovery' && url === `${base}/.well-known/openid-configuration`) {
      return json({ issuer: origin + path, jwks_uri: `${origin}/keys` });
    }
    return (response) => void response.writeHead(404).end();
  }

  const down = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };

  const issuer: Issuer = {
    issuer: origin + path,
    origin,
    port,
    requests,
    answers,
    keys: [key ?? (await makeKey())],
    token: (claims = {}, header = {}, signer = issuer.keys[0]) => signToken(origin + path, claims, header, signer),
    fetches: () => requests.filter((url) => url === keysAt).length,
    down,
    up,
    stop: async () => {
      if (server.listening) await down();
    },
  };
  return issuer;
}

export function json(value: unknown, status = 200): (response: ServerResponse) => void {
  return (response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function signToken(
  iss: string,
  claims: TestClaims,
  header: TestHeader,
  key: SigningKey | undefined,
): Promise<string> {
  if (!key) throw new Error('The issuer has no key.');
  const usual = {
    iss,
    sub: 'client-1',
    token_use: 'access',
    client_id: 'client-1',
    scope: 'https://shows.api/shows.read',
    iat: seconds(),
    exp: seconds() + 3_600,
    jti: crypto.randomUUID(),
  };
  return new SignJWT({ ...usual, ...claims } as JWTPayload)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header } as JWTHeaderParameters)
    .sign(key.privateKey, { crit: { 'urn:unknown': true } });
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that no library would make; `sign` gets the text that is signed. */
export function handMade(header: unknown, claims: unknown, sign: (text: string) => string): string {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${sign(text)}`;
}
