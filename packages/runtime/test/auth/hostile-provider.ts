import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** An OpenID provider that can be told to misbehave. Plain HTTP on 127.0.0.1; everybody who comes is `sub`. */
export interface HostileProvider {
  readonly issuer: string;
  readonly faults: Faults;
  readonly requests: { authorize: URLSearchParams[]; token: URLSearchParams[]; paths: string[] };
  /** New signing key, the old one gone from the key set. */
  rotate(): Promise<void>;
  logoutToken(claims?: JWTPayload, header?: Record<string, unknown>, key?: CryptoKey): Promise<string>;
  stop(): Promise<void>;
}

export interface Faults {
  /** Changes claims of the ID token; `undefined` removes one. */
  claims?: Record<string, unknown>;
  /** Seconds that the provider's clock is ahead. */
  clock?: number;
  sign?: 'other-key' | 'none' | 'hs256-client-secret' | 'hs256-public-key' | 'broken';
  /** `iss` of the authorization response. */
  responseIss?: string | null;
  /** `issuer` in the discovery document. */
  discoveryIssuer?: string;
  metadata?: Record<string, unknown>;
  /** Paths that never answer. */
  hang?: string[];
  /** Milliseconds that a path takes. */
  delay?: Record<string, number>;
  /** Paths that answer 500. */
  broken?: string[];
  /** A code may be exchanged again and again. */
  reusableCodes?: boolean;
  /** Claims of the next ID tokens, merged before `claims`. */
  profile?: Record<string, unknown>;
}

interface Code {
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

const clientId = 'client';
const clientSecret = 'a-client-secret-with-some-length-to-it';

export const hostileClient = { clientId, clientSecret };

// Making RSA keys is slow, and one process needs no more than these.
const firstKey = newKey();
const otherKey = newKey();

export async function startHostileProvider(): Promise<HostileProvider> {
  const faults: Faults = {};
  const requests = { authorize: [] as URLSearchParams[], token: [] as URLSearchParams[], paths: [] as string[] };
  const codes = new Map<string, Code>();
  let key = await firstKey;
  const hanging = new Set<ServerResponse>();

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    requests.paths.push(url.pathname);
    if (faults.hang?.includes(url.pathname)) return void hanging.add(response);
    await new Promise((resolve) => setTimeout(resolve, faults.delay?.[url.pathname] ?? 0));
    if (faults.broken?.includes(url.pathname)) return void response.writeHead(500).end();
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, discovery());
      case '/jwks':
        return json(response, { keys: [key.jwk] });
      case '/authorize':
        return authorize(url.searchParams, response);
      case '/token':
        return token(new URLSearchParams(await bodyOf(request)), response);
      default:
        response.writeHead(404).end();
    }
  }

  function discovery(): object {
    return {
      issuer: faults.discoveryIssuer ?? issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      end_session_endpoint: `${issuer}/end-session`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      authorization_response_iss_parameter_supported: true,
      ...faults.metadata,
    };
  }

  function authorize(parameters: URLSearchParams, response: ServerResponse): void {
    requests.authorize.push(parameters);
    const code = randomBytes(16).toString('base64url');
    const redirectUri = parameters.get('redirect_uri') ?? '';
    codes.set(code, {
      nonce: parameters.get('nonce') ?? '',
      challenge: parameters.get('code_challenge') ?? '',
      redirectUri,
    });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', parameters.get('state') ?? '');
    if (faults.responseIss !== null) back.searchParams.set('iss', faults.responseIss ?? issuer);
    response.writeHead(302, { location: back.href }).end();
  }

  async function token(parameters: URLSearchParams, response: ServerResponse): Promise<void> {
    requests.token.push(parameters);
    const code = codes.get(parameters.get('code') ?? '');
    if (!faults.reusableCodes) codes.delete(parameters.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(parameters.get('code_verifier') ?? '')
      .digest('base64url');
    if (parameters.get('client_secret') !== clientSecret) return json(response, { error: 'invalid_client' }, 401);
    if (!code || code.challenge !== challenge || code.redirectUri !== parameters.get('redirect_uri')) {
      return json(response, { error: 'invalid_grant' }, 400);
    }
    json(response, {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: await idToken(code.nonce),
    });
  }

  async function idToken(nonce: string): Promise<string> {
    const now = Math.floor(Date.now() / 1000) + (faults.clock ?? 0);
    const claims: JWTPayload = {
      iss: issuer,
      sub: 'person-1',
      aud: clientId,
      iat: now,
      exp: now + 300,
      nonce,
      name: 'Ada',
      email: 'ada@example.com',
      email_verified: true,
      ...faults.profile,
      ...faults.claims,
    };
    switch (faults.sign) {
      case 'none':
        return `${base64({ alg: 'none' })}.${base64(claims)}.`;
      case 'hs256-client-secret':
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', kid: key.kid })
          .sign(new TextEncoder().encode(clientSecret));
      case 'hs256-public-key':
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', kid: key.kid })
          .sign(new TextEncoder().encode(await exportSPKI(key.publicKey)));
      case 'other-key':
        return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: key.kid }).sign((await otherKey).privateKey);
      default: {
        const signed = await new SignJWT(claims)
          .setProtectedHeader({ alg: 'RS256', kid: key.kid })
          .sign(key.privateKey);
        return faults.sign === 'broken' ? `${signed.slice(0, -8)}AAAAAAAA` : signed;
      }
    }
  }

  return {
    issuer,
    faults,
    requests,
    rotate: async () => {
      key = await newKey();
    },
    logoutToken: (claims = {}, header = {}, signingKey = key.privateKey) => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        iss: issuer,
        aud: clientId,
        iat: now,
        exp: now + 120,
        jti: randomUUID(),
        sub: 'person-1',
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
        ...claims,
      })
        .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'logout+jwt', ...header })
        .sign(signingKey);
    },
    stop: async () => {
      for (const response of hanging) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function newKey(): Promise<{ kid: string; jwk: JWK; privateKey: CryptoKey; publicKey: CryptoKey }> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomBytes(6).toString('hex');
  return { kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' } };
}

function base64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function json(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
