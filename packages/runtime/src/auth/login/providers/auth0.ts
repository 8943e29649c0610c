import { standardProfile } from './profile.ts';
import { type Claims, type Provider, withParameters } from './provider.ts';

/**
 * Auth0. It has no roles of its own in the ID token: an Action adds them under a claim whose name is an address ending in `/roles`.
 * @see https://auth0.com/docs/api/authentication/logout/auth-0-logout
 */
export const auth0: Provider = {
  scope: 'openid profile email',
  authorizationParameters: () => ({}),
  profile: (claims) => standardProfile(claims, namespacedRoles(claims)),
  logoutUrl: ({ metadata, clientId, returnTo }) =>
    withParameters(new URL('v2/logout', withSlash(metadata.issuer)), { client_id: clientId, returnTo }),
};

function namespacedRoles(claims: Claims): unknown {
  const name = Object.keys(claims).find((key) => key.startsWith('https://') && key.endsWith('/roles'));
  return name === undefined ? claims.roles : claims[name];
}

const withSlash = (address: string): string => (address.endsWith('/') ? address : `${address}/`);
