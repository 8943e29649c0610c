import type { Stack } from '../../aws/index.ts';
import { call, type Expression, ref, type Reference } from '../../hcl/index.ts';
import { type Site, type SiteResource, tokenIdentifier } from '../../site/site.ts';
import type { Account } from '../account.ts';
import { cognito } from './cognito.ts';
import type { Grant } from '../access/grant.ts';

/** Access tokens of machines: what services and the HTTP API need to know of who makes them. */
export interface Tokens {
  readonly resource: SiteResource;
  readonly grant: Grant;
  readonly issuer: Expression;
  /** What a token must name in `aud`, or at Cognito in `client_id`. */
  readonly audience: readonly Expression[];
  /** A scope as tokens carry it. */
  scope(name: string): string | Expression;
  /** Cognito: where it gives tokens, at its own address; and the machines that were made there. */
  readonly endpoint?: Expression;
  readonly clients: readonly TokenClient[];
}

export interface TokenClient {
  readonly name: string;
  readonly id: Reference;
  readonly secret: Reference;
}

export interface TokenArgs {
  readonly account: Account;
  /** The app has no other tokens: names need not say which. */
  readonly isOnly: boolean;
}

export function tokens(stack: Stack, site: Site, used: SiteResource, args: TokenArgs): Tokens {
  const { id, name, resource } = used;
  if (resource.kind !== 'tokens') throw new TypeError(`\`${name}\` are no tokens`);
  if (resource.provider === 'cognito') return cognito(stack.file(fileOf(used, args)), site, used, args.account);
  const prefix = args.isOnly ? 'token' : `${id}_token`;
  const issuer = issuerVariable(stack.file('variables.tf'), `${prefix}_issuer`, resource.provider);
  const audience = stack.file('variables.tf').variable(`${prefix}_audience`, {
    type: 'string',
    description: 'What the provider calls this API: tokens for anything else are refused (`aud`)',
    default: tokenIdentifier(site, used),
  });
  return {
    resource: used,
    grant: { environment: { TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience }, statements: [], reach: [] },
    issuer,
    audience: [audience],
    scope: (scope) => scope,
    clients: [],
  };
}

function fileOf({ name }: SiteResource, { isOnly }: TokenArgs): string {
  return isOnly ? 'tokens.tf' : `tokens-${name}.tf`;
}

function issuerVariable(stack: Stack, name: string, provider: 'auth0' | 'generic'): Reference {
  const example = provider === 'auth0' ? 'https://tenant.eu.auth0.com/' : 'https://issuer.example.com/';
  const condition = call('startswith', ref(`var.${name}`), 'https://');
  return stack.variable(name, {
    type: 'string',
    description: 'Issuer identifier of the provider, letter by letter as its tokens have it in `iss`',
    example,
    validation: { condition, error_message: `Write the issuer as an address: ${example}` },
  });
}
