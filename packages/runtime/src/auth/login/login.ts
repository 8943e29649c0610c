import type { FastifyRequest } from 'fastify';
import type { Person } from '../identity.ts';
import type { Sessions } from '../session/sessions.ts';
import type { SessionStore } from '../session/store.ts';
import type { LoginPaths } from './options.ts';
import type { ProviderClient } from './provider-client.ts';
import type { Provider } from './providers/provider.ts';
import type { LoginSettings } from './settings.ts';
import type { Transactions } from './transactions.ts';

/** Everything the endpoints of a login share. */
export interface Login {
  readonly settings: LoginSettings;
  readonly paths: LoginPaths;
  readonly hostedDomain: string | undefined;
  readonly onSignIn: OnSignIn | undefined;
  readonly provider: Provider;
  readonly client: ProviderClient;
  readonly sessions: Sessions;
  readonly store: SessionStore;
  readonly transactions: Transactions;
}

/**
 * Runs after the ID token was checked and before the session begins, e.g. to make the person's row: keyed by (`iss`, `sub`),
 * never by email. May give roles of the service's own; throw to refuse the person.
 */
export type OnSignIn = (
  person: Omit<Person, 'sid'>,
  request: FastifyRequest,
) => { readonly roles?: readonly string[] } | void | Promise<{ readonly roles?: readonly string[] } | void>;

/** An address of this service. */
export function addressOf(login: Login, path: string): URL {
  return new URL(path, login.settings.publicUrl.value());
}

/** Where the provider sends the browser back to: the same for every login. */
export function redirectUri(login: Login): URL {
  return addressOf(login, login.paths.callbackPath);
}

/** The request's address; its origin is the configured one, never what a header says. */
export function requestUrl(login: Login, request: FastifyRequest): URL {
  const query = request.url.indexOf('?');
  const url = addressOf(login, '/');
  if (query >= 0) url.search = request.url.slice(query);
  return url;
}
