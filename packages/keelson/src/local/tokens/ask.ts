import type { LocalMachine, LocalTokens } from '../part.ts';

/** What the token endpoint answers (RFC 6749, 5.1). */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly scope?: string;
}

/** Milliseconds. */
const timeout = 5_000;

/**
 * Gets a token for a machine, as the machine itself would.
 * @param scopes as the provider writes them; none: all that the machine may have
 * @throws TypeError when the provider cannot be reached; Error with its answer when it gives none
 */
export async function askForToken(
  { endpoint, audience }: Pick<LocalTokens, 'endpoint' | 'audience'>,
  { id, secret }: LocalMachine,
  scopes: readonly string[] = [],
): Promise<TokenAnswer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(scopes.length > 0 && { scope: scopes.join(' ') }),
      ...(audience !== undefined && { audience }),
    }),
    signal: AbortSignal.timeout(timeout),
  });
  const text = await response.text();
  const answer = response.ok ? (JSON.parse(text) as Partial<TokenAnswer>) : {};
  if (typeof answer.access_token === 'string') return answer as TokenAnswer;
  throw new Error(`The provider answered ${response.status}: ${text}`);
}

/** `https://show-service-local.api/shows.read` → `shows.read`. */
export function shortScope(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1);
}
