import type { LocalMachine, LocalTokens } from '../local/part.ts';
import { askForToken, shortScope } from '../local/tokens/ask.ts';

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
  return (await askForToken(tokens, machine, scopesOf(machine, request.scopes))).access_token;
}

/** The provider writes `<identifier>/shows.read` for `shows.read`; a scope that the machine may not have goes on as it is. */
function scopesOf({ scopes }: LocalMachine, wanted: readonly string[] = []): readonly string[] {
  return wanted.map((name) => scopes.find((scope) => scope === name || shortScope(scope) === name) ?? name);
}
