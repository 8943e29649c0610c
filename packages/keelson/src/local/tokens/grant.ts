import { randomUUID } from 'node:crypto';
import { type CryptoKey, importJWK, type JWK, SignJWT } from 'jose';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { oidcProvider } from '../login/library.ts';
import type { LocalMachine } from '../part.ts';
import type { TokensProviderOptions } from './provider.ts';

/**
 * The client credentials grant. The library's own cannot be used: it signs no token without `aud`, as Cognito's are, takes no
 * identifier that is not a URI, and knows no `audience`. Everything around it is the library's: client authentication,
 * parameters, errors, discovery, key set.
 */
export async function registerGrant(provider: Provider, options: TokensProviderOptions): Promise<void> {
  const sign = await signer(options);
  const { errors } = await oidcProvider();
  provider.registerGrantType(
    'client_credentials',
    async (context) => {
      const client = clientIn(context, options);
      checkAudience(context, options, (reason) => new errors.InvalidTarget(reason));
      const scopes = grantedScopes(asked(context, 'scope'), client, (scope) => new errors.InvalidScope(reason, scope));
      context.body = {
        access_token: await sign(client, scopes),
        ...(options.form.tellsScope && { scope: scopes.join(' ') }),
        expires_in: options.form.lifetime,
        token_type: 'Bearer',
      };
    },
    ['scope', 'audience', 'resource'],
  );
}

const reason = 'the client may not ask for this scope';

function clientIn({ oidc }: KoaContextWithOIDC, { clients }: TokensProviderOptions): LocalMachine {
  return clients.find(({ id }) => id === oidc.client?.clientId) as LocalMachine;
}

function checkAudience(
  context: KoaContextWithOIDC,
  { form, identifier }: TokensProviderOptions,
  refused: (reason: string) => Error,
): void {
  if (!form.audience) return;
  const audience = asked(context, 'audience') ?? asked(context, 'resource');
  if (audience === identifier) return;
  if (audience !== undefined) throw refused(`Service not found: ${audience}`);
  if (form.audience === 'required') {
    throw refused('No audience parameter was provided, and no default audience has been configured');
  }
}

/** All that the client may have when none is asked for. */
function grantedScopes(
  scope: string | undefined,
  { scopes }: LocalMachine,
  refused: (scope: string) => Error,
): readonly string[] {
  const wanted = [...new Set((scope ?? '').split(' ').filter((name) => name !== ''))];
  const unknown = wanted.find((name) => !scopes.includes(name));
  if (unknown !== undefined) throw refused(unknown);
  return wanted.length > 0 ? wanted : scopes;
}

function asked({ oidc }: KoaContextWithOIDC, name: string): string | undefined {
  const value = oidc.params?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

async function signer({ form, issuer, identifier, jwks }: TokensProviderOptions) {
  const [jwk] = jwks.keys;
  const key = (await importJWK(jwk as JWK, 'RS256')) as CryptoKey;
  const header = { alg: 'RS256', ...(form.type && { typ: form.type }), kid: jwk?.kid ?? '' };
  return (client: LocalMachine, scopes: readonly string[]) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = form.claims({ issuer, identifier, client, scopes, now, id: randomUUID() });
    return new SignJWT({ ...claims }).setProtectedHeader(header).sign(key);
  };
}
