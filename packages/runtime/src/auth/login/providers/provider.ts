import type { ServerMetadata } from 'openid-client';

export type Claims = Readonly<Record<string, unknown>>;

/** What a login keeps of the ID token besides `iss` and `sub`. */
export interface Profile {
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly name?: string;
  readonly picture?: string;
  readonly roles?: readonly string[];
}

export interface LogoutContext {
  readonly metadata: ServerMetadata;
  readonly clientId: string;
  /** Absolute address to come back to; it must be registered with the provider. */
  readonly returnTo: string;
}

/** An OpenID provider as data: what differs from plain OpenID Connect. */
export interface Provider {
  readonly scope: string;
  /** Extra parameters of the authorization request. */
  readonly authorizationParameters: (options: {
    readonly hostedDomain?: string | undefined;
  }) => Readonly<Record<string, string>>;
  readonly profile: (claims: Claims) => Profile;
  /** Address that ends the session at the provider; `undefined` where only the local one can be ended. */
  readonly logoutUrl: (context: LogoutContext) => URL | undefined;
}

export function withParameters(address: string | URL, parameters: Readonly<Record<string, string>>): URL {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}
