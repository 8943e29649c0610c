import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { type Boot, currentBoot } from '../../config/boot.ts';
import '../augment.ts';
import { cookieNames, type CookieNames } from '../session/cookie-name.ts';
import { createKeyring } from '../session/keyring.ts';
import { createRevocations } from '../session/revocations.ts';
import { createSessionCookies } from '../session/session-cookies.ts';
import { createSessions } from '../session/sessions.ts';
import { chooseStore } from './choose-store.ts';
import { loginRoutes } from './endpoints.ts';
import { allowLogoutForms } from './form-actions.ts';
import type { Login } from './login.ts';
import { checkOptions, type LoginOptions } from './options.ts';
import { createProviderClient } from './provider-client.ts';
import { providers } from './providers/index.ts';
import { readLoginSettings } from './settings.ts';
import { createTransactions } from './transactions.ts';
import { warmUp } from './warm-up.ts';

/**
 * Signs people in through an OpenID provider and keeps them signed in by an encrypted cookie. Needs the `guard` plugin, to
 * which it adds the authenticator that meets the rules `'user'` and `{ role }`.
 *
 * Reads `OIDC_PROVIDER`, `OIDC_ISSUER`, `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET`, `SESSION_KEYS`, `OIDC_HOSTED_DOMAIN`,
 * `PUBLIC_URL` and, without the option `store`, `SESSION_TABLE`.
 */
export const login = fp(addLogin, { name: 'keelson-login', fastify: '5.x', dependencies: ['keelson-guard'] });

async function addLogin(app: FastifyInstance, options: LoginOptions): Promise<void> {
  const parts = createLogin(app, options);
  app.addAuthenticator({
    kind: 'session',
    authenticate: (request, reply) => parts.sessions.find(request, reply),
    // Cookies have no registered scheme; this one is of draft-broyer-http-cookie-auth.
    challenge: () => `Cookie form-action="${parts.paths.loginPath}"`,
    loginPage: (returnTo) => loginPage(parts, returnTo),
  });
  app.addHook('onSend', allowLogoutForms(parts));
  // A provider that is not there yet is asked again when somebody comes.
  warmUp(app, () => parts.client.metadata());
  await app.register(loginRoutes, { login: parts });
}

function createLogin(app: FastifyInstance, options: LoginOptions): Login {
  const boot = options.boot ?? currentBoot();
  const settings = readLoginSettings(boot);
  const { idleTimeout, absoluteTimeout, hostedDomain: optionalDomain, ...paths } = checkOptions(boot, options);
  const store = chooseStore(app, boot, options.store, settings);
  // Nobody could sign in or out without it.
  boot.readiness('login', async () => void (await store.notBefore(['keelson-ready'])));
  const keyring = createKeyring(settings.sessionKeys);
  const namesOf = createNames();
  const names = (): CookieNames | null => {
    const url = settings.publicUrl.peek();
    return url ? namesOf(url) : null;
  };
  const cookies = createSessionCookies(keyring, names);
  return Object.freeze({
    settings,
    paths,
    hostedDomain: agreedDomain(boot, optionalDomain, settings.hostedDomain),
    onSignIn: options.onSignIn,
    provider: providers[settings.provider],
    client: createProviderClient(settings),
    sessions: createSessions(cookies, createRevocations(store), { idleTimeout, absoluteTimeout }),
    store,
    transactions: createTransactions(keyring, () => namesOf(settings.publicUrl.value())),
  });
}

/** Two domains that differ are no choice to be made for anyone: whoever changed one would believe that it counts. */
function agreedDomain(boot: Boot, inCode: string | undefined, inEnvironment: string | undefined): string | undefined {
  if (inCode && inEnvironment && inCode.toLowerCase() !== inEnvironment.toLowerCase()) {
    boot.problem({
      path: 'OIDC_HOSTED_DOMAIN',
      message: 'contradicts the option `hostedDomain` of the login plugin.',
      hint: 'Remove the option, and write the domain in keelson.config.ts alone (`hostedDomain` of the login).',
    });
  }
  return inCode ?? inEnvironment;
}

function createNames(): (url: URL) => CookieNames {
  let last: { readonly href: string; readonly names: CookieNames } | undefined;
  return (url) => {
    if (last?.href !== url.href) last = { href: url.href, names: cookieNames(url) };
    return last.names;
  };
}

function loginPage({ paths }: Login, returnTo: string): string {
  return `${paths.loginPath}?${new URLSearchParams({ return_to: returnTo.length <= 2048 ? returnTo : paths.defaultReturn })}`;
}
