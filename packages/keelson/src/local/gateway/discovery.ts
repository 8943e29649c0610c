import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';

interface Issuer {
  readonly keys: JWTVerifyGetKey;
  readonly tokenEndpoint: string | undefined;
}

/** Reads once what an issuer tells. @throws when it cannot be reached; the next call tries again */
export type Discover = (issuer: string) => Promise<Issuer>;

/** Milliseconds. API Gateway keeps what it has read for up to two hours; an unknown key is asked for once in half a minute. */
const cacheMaxAge = 2 * 60 * 60 * 1000;
const cooldownDuration = 30_000;
const timeout = 5_000;

/** Reads what issuers tell of themselves: nothing but the issuer's own address is ever asked. */
export function createDiscovery(): Discover {
  const known = new Map<string, Promise<Issuer>>();
  return (issuer) => {
    const earlier = known.get(issuer);
    if (earlier) return earlier;
    const reading = discover(issuer);
    known.set(issuer, reading);
    // The next request tries again.
    reading.catch(() => known.delete(issuer));
    return reading;
  };
}

async function discover(issuer: string): Promise<Issuer> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(timeout), redirect: 'error' });
  const document = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown; token_endpoint?: unknown };
  if (document.issuer !== issuer || typeof document.jwks_uri !== 'string') {
    throw new Error(`${address} does not describe ${issuer}`);
  }
  const keys = createRemoteJWKSet(new URL(document.jwks_uri), {
    cacheMaxAge,
    cooldownDuration,
    timeoutDuration: timeout,
  });
  return { keys, tokenEndpoint: typeof document.token_endpoint === 'string' ? document.token_endpoint : undefined };
}
