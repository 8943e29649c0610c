import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { accountOf } from './claims.ts';
import { oidcProvider, quietly } from './library.ts';
import { errorPage, logoutPage, signedOutPage } from './pages/index.ts';
import type { People } from './people.ts';
import type { LoginState } from './state.ts';
import type { Vendor } from './vendors/index.ts';

export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  readonly backchannelLogoutUri: string;
}

export interface ProviderOptions {
  readonly appName: string;
  readonly vendor: Vendor;
  /** Where the provider is reached, without a trailing slash. */
  readonly origin: string;
  /** Origin of the app: pages of it may be returned to after a logout. */
  readonly appOrigin: string;
  /** More clients (machines, other apps) are more elements. */
  readonly clients: readonly Client[];
  readonly people: People;
  readonly state: LoginState;
  log(line: string): void;
}

const hour = 60 * 60;
const day = 24 * hour;

/** A real OpenID provider for the local people, with the vendor's addresses, claims and manners. */
export async function createProvider(options: ProviderOptions): Promise<Provider> {
  const { Provider } = await oidcProvider();
  const { vendor, origin } = options;
  const configuration = await configure(options);
  const provider = await quietly(() => new Provider(vendor.issuer(origin), configuration));
  shapeDiscovery(provider, options);
  allowPagesOfTheApp(provider, options.appOrigin);
  provider.on('server_error', (_context: KoaContextWithOIDC, error: Error) => options.log(`login: ${error.message}`));
  return provider;
}

async function configure(options: ProviderOptions): Promise<Configuration> {
  const { vendor, state, people, origin } = options;
  return {
    clients: options.clients.map((client) => clientMetadata(client, vendor)),
    jwks: state.jwks as NonNullable<Configuration['jwks']>,
    findAccount: (_context, sub) => {
      const person = people.bySubject(sub);
      return person && accountOf(person, vendor, origin);
    },
    claims: Object.fromEntries(Object.entries(vendor.scopes).map(([scope, claims]) => [scope, [...claims]])),
    scopes: Object.keys(vendor.scopes),
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => true },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    clientBasedCORS: () => false,
    loadExistingGrant: grantWhatIsAsked,
    extraParams: { audience: null, hd: null, access_type: null, keelson_scopes: await scopeCheck(vendor) },
    interactions: { url: (_context, interaction) => `/people/${interaction.uid}`, policy: await prompts() },
    cookies: {
      names: cookieNames(origin),
      keys: [state.cookieKey],
      long: { httpOnly: true, sameSite: 'lax' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    routes: {
      authorization: vendor.routes.authorization,
      token: vendor.routes.token,
      userinfo: vendor.routes.userinfo,
      jwks: vendor.routes.jwks,
      revocation: vendor.routes.revocation,
      end_session: vendor.routes.endSession ?? '/session/end',
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: vendor.routes.endSession !== undefined,
        logoutSource: (context, form) => {
          context.body = logoutPage(options.appName, vendor.title, form);
        },
        postLogoutSuccessSource: (context) => {
          context.body = signedOutPage(vendor.title);
        },
      },
    },
    renderError: (context, out) => {
      context.type = 'html';
      context.body = errorPage(vendor.title, out.error, out.error_description);
    },
    fetch: (url, init) => notifyTheApp(url, init, options.appOrigin),
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 60,
      Grant: day,
      IdToken: 10 * hour,
      Interaction: hour,
      RefreshToken: 14 * day,
      Session: 14 * day,
    },
  };
}

function clientMetadata({ id, secret, redirectUri, backchannelLogoutUri }: Client, { scopes }: Vendor) {
  return {
    client_id: id,
    client_secret: secret,
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', ...('offline_access' in scopes ? ['refresh_token'] : [])],
    response_types: ['code' as const],
    backchannel_logout_uri: backchannelLogoutUri,
    backchannel_logout_session_required: true,
  };
}

/** Cookies of localhost cross ports, so that the names carry the port. */
export function cookieNames(origin: string): { session: string; interaction: string; resume: string } {
  const session = `keelson_login_${new URL(origin).port}`;
  return { session, interaction: `${session}_interaction`, resume: `${session}_resume` };
}

/** Consent is not asked for: the app and the provider belong together. */
async function grantWhatIsAsked({ oidc }: KoaContextWithOIDC) {
  const clientId = oidc.client?.clientId as string;
  const accountId = oidc.session?.accountId as string;
  // One grant per session: a code of another tab would be void if its grant were replaced.
  const known = oidc.session?.grantIdFor(clientId);
  const earlier = known === undefined ? undefined : await oidc.provider.Grant.find(known);
  const grant = earlier?.accountId === accountId ? earlier : new oidc.provider.Grant({ clientId, accountId });
  grant.addOIDCScope(String(oidc.params?.['scope'] ?? ''));
  await grant.save();
  return grant;
}

/** Signing in is the only question; a request for `select_account` or `consent` shows the same page. */
async function prompts() {
  const { interactionPolicy } = await oidcProvider();
  const policy = interactionPolicy.base();
  policy.remove('consent');
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }));
  policy.add(new interactionPolicy.Prompt({ name: 'consent', requestable: true }));
  return policy;
}

async function scopeCheck(vendor: Vendor) {
  const { errors } = await oidcProvider();
  return ({ query }: KoaContextWithOIDC) => {
    if (vendor.unknownScopes === 'ignore') return;
    // The library has taken unknown ones off its own list by now.
    const asked = String(query['scope'] ?? '').split(' ');
    const unknown = asked.find((scope) => !(scope in vendor.scopes));
    if (unknown === undefined) return;
    const error = new errors.InvalidScope(`${vendor.title} has no scope of this name`, unknown);
    throw Object.assign(error, { allow_redirect: vendor.unknownScopes === 'redirect' });
  };
}

function shapeDiscovery(provider: Provider, { vendor, origin }: ProviderOptions): void {
  provider.use(async (context, next) => {
    await next();
    if (vendor.discovery && context.path.startsWith('/.well-known/o') && context.body !== null) {
      context.body = { ...(context.body as object), ...vendor.discovery(origin, vendor.issuer(origin)) };
    }
  });
}

/** The library compares whole addresses; here every page of the app is one that may be returned to. */
function allowPagesOfTheApp(provider: Provider, appOrigin: string): void {
  provider.Client.prototype.postLogoutRedirectUriAllowed = (uri: string) => isPageOf(appOrigin, uri);
}

export function isPageOf(origin: string, address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && url.origin === origin && url.username === '' && url.password === '';
}

/** Only the app is ever called (back-channel logout), and it lives on an address that the library's own fetch refuses. */
async function notifyTheApp(
  url: string | URL | Request,
  init: RequestInit | undefined,
  appOrigin: string,
): Promise<Response> {
  if (!isPageOf(appOrigin, String(url))) throw new Error(`${url} is not an address of the app`);
  const { method, headers, body, signal, redirect } = init ?? {};
  return globalThis.fetch(url, { method, headers, body, signal, redirect } as RequestInit);
}
