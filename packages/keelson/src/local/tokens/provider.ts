import type { JWK } from 'jose';
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { oidcProvider, quietly } from '../login/library.ts';
import type { LocalMachine } from '../part.ts';
import { refusalOf } from './errors.ts';
import type { TokenForm } from './forms/index.ts';
import { registerGrant } from './grant.ts';

export interface TokensProviderOptions {
  readonly form: TokenForm;
  /** Where the provider is reached, without a trailing slash. */
  readonly origin: string;
  readonly issuer: string;
  readonly identifier: string;
  readonly clients: readonly LocalMachine[];
  readonly jwks: { readonly keys: readonly JWK[] };
  log(line: string): void;
}

/** A real OAuth 2.0 provider that gives tokens to machines, in the vendor's form. */
export async function createTokensProvider(options: TokensProviderOptions): Promise<Provider> {
  const { Provider } = await oidcProvider();
  const provider = await quietly(() => new Provider(options.issuer, configuration(options)));
  await registerGrant(provider, options);
  shapeAnswers(provider, options);
  provider.on('server_error', (_context: KoaContextWithOIDC, error: Error) => options.log(`tokens: ${error.message}`));
  return provider;
}

function configuration({ form, clients, jwks }: TokensProviderOptions): Configuration {
  return {
    clients: clients.map(({ id, secret }) => ({
      client_id: id,
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    jwks: jwks as NonNullable<Configuration['jwks']>,
    // The grant is ours; this lets clients have it.
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    clientBasedCORS: () => false,
    routes: { token: form.tokenPath, jwks: form.jwksPath },
    cookies: { keys: ['unused'] },
  };
}

/** Errors and discovery as the vendor has them. */
function shapeAnswers(provider: Provider, { form, issuer }: TokensProviderOptions): void {
  provider.use(async (context, next) => {
    await next();
    const body = context.body as Record<string, unknown> | undefined;
    if (context.path === form.tokenPath && typeof body?.['error'] === 'string') {
      const description = String(body['error_description'] ?? '');
      const answer = form.refusal(refusalOf(context as KoaContextWithOIDC, body['error'], description));
      context.status = answer.status;
      context.body = answer.body;
    }
    if (context.path.startsWith('/.well-known/openid-configuration') && body) {
      context.body = discovery(body, `${issuer.replace(/\/$/, '')}${form.jwksPath}`);
    }
  });
}

/** What there is for machines; the library would name all that it can do. */
function discovery(all: Readonly<Record<string, unknown>>, jwksUri: string): Record<string, unknown> {
  const { issuer, token_endpoint, token_endpoint_auth_methods_supported } = all;
  return {
    issuer,
    token_endpoint,
    jwks_uri: jwksUri,
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported,
  };
}
