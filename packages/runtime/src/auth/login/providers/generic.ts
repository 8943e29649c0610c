import { standardProfile } from './profile.ts';
import { type Provider, withParameters } from './provider.ts';

/** Plain OpenID Connect with RP-Initiated Logout 1.0; roles from the claim `roles`, or `groups`. */
export const generic: Provider = {
  scope: 'openid profile email',
  authorizationParameters: () => ({}),
  profile: (claims) => standardProfile(claims, claims.roles ?? claims.groups),
  // An `id_token_hint` would have to be kept in the cookie, where it does not fit; `client_id` stands in for it.
  logoutUrl: ({ metadata, clientId, returnTo }) =>
    metadata.end_session_endpoint
      ? withParameters(metadata.end_session_endpoint, { client_id: clientId, post_logout_redirect_uri: returnTo })
      : undefined,
};
