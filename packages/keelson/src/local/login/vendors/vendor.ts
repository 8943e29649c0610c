import type { Persona } from '../people.ts';

export interface Routes {
  readonly authorization: string;
  readonly token: string;
  readonly userinfo: string;
  readonly jwks: string;
  readonly revocation: string;
  /** RP-initiated logout. Absent: the vendor has no `end_session_endpoint`. */
  readonly endSession?: string;
}

/** A logout address of the vendor's own making. */
export interface VendorLogout {
  readonly path: string;
  /** Parameter that says where to go afterwards. */
  readonly returnParameter: string;
  /** Whether `client_id` and the return parameter must be there. */
  readonly required: boolean;
}

/** What sets an OpenID provider apart from plain OpenID Connect, as data. */
export interface Vendor {
  /** `Auth0`. */
  readonly title: string;
  /** The issuer in the vendor's form. `origin` has no trailing slash. */
  readonly issuer: (origin: string) => string;
  /** A new client id in the vendor's form. */
  readonly newClientId: () => string;
  /** The subject of the person with this email address, in the vendor's form; always the same one. */
  readonly subject: (email: string) => string;
  readonly routes: Routes;
  /** Scope → the claims it gives, in the ID token as well as at the userinfo endpoint. */
  readonly scopes: Readonly<Record<string, readonly string[]>>;
  /** What happens to a scope the vendor does not know. `page`: an error page at the provider, no redirect. */
  readonly unknownScopes: 'ignore' | 'redirect' | 'page';
  /** Claims beyond the standard ones, and those whose form differs. */
  readonly claims: (person: Persona, use: string) => Readonly<Record<string, unknown>>;
  readonly logout?: VendorLogout;
  /** `error_description` when the person cancels. */
  readonly cancelled?: string;
  /** Changes to the discovery document. `undefined` removes a member. */
  readonly discovery?: (origin: string, issuer: string) => Readonly<Record<string, unknown>>;
}
