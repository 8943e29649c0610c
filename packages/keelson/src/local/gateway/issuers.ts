/** Whose tokens the HTTP API takes, in the variables of the contract. */
export interface TokensAtGateway {
  readonly issuers: readonly string[];
  /** One of them must be in `aud`, or be the `client_id` of a token without `aud`. */
  readonly audiences: readonly string[];
  /** A scope as tokens carry it. */
  scope(name: string): string;
  /** Where tokens are made; absent: the issuer's discovery says it. */
  readonly endpoint?: string;
}

/** @param env the part's side of the contract */
export function tokensAtGateway(env: Readonly<Record<string, string>>, endpoint?: string): TokensAtGateway {
  const prefix = env['TOKEN_SCOPE_PREFIX'];
  return {
    issuers: list(env['TOKEN_ISSUER']),
    audiences: list(env['TOKEN_CLIENT_IDS'] || env['TOKEN_AUDIENCE']),
    scope: (name) => (prefix ? `${prefix}/${name}` : name),
    ...(endpoint && { endpoint }),
  };
}

function list(text = ''): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
