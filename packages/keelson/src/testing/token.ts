import type { LocalMachine, LocalTokens } from '../local/part.ts';

export interface TokenRequest {
  /** Name of the machine in keelson.config.ts. @default the first one */
  readonly client?: string;
  /** As keelson.config.ts names them. @default all that the machine may have */
  readonly scopes?: readonly string[];
}

/** Asks the local provider for a token. @throws Error with the provider's answer when it gives none */
export async function requestToken(tokens: LocalTokens | undefined, request: TokenRequest = {}): Promise<string> {
  const machine = tokens?.clients.find(({ name }) => request.client === undefined || name === request.client);
  if (!tokens || !machine) throw new Error(`The app has no local machine ${request.client ?? ''} to get a token for.`);
  const response = await fetch(tokens.endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${machine.id}:${machine.secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopesOf(machine, request.scopes).join(' ') }),
  });
  const answer = await response.text();
  const token: unknown = response.ok ? JSON.parse(answer).access_token : undefined;
  if (typeof token !== 'string') throw new Error(`The provider answered ${response.status}: ${answer}`);
  return token;
}

/** `shows.read` as the provider writes it. A scope that the machine may not have stays as it is, and is refused there. */
function scopesOf({ scopes }: LocalMachine, wanted: readonly string[] = scopes): string[] {
  return wanted.map((name) => scopes.find((scope) => scope === name || scope.endsWith(`/${name}`)) ?? name);
}
