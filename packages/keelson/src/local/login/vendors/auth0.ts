import { digest, digits, lowerCase, randomString, upperCase } from './forms.ts';
import type { Vendor } from './vendor.ts';

/** Auth0 drops custom claims without a namespace: https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims */
export const rolesClaim = 'https://keelson.dev/roles';

/** https://auth0.com/docs/get-started/apis, https://auth0.com/docs/authenticate/login/logout */
export const auth0: Vendor = {
  title: 'Auth0',
  issuer: (origin) => `${origin}/`,
  newClientId: () => randomString(32, digits + lowerCase + upperCase),
  subject: (email) => `auth0|${digest(email).slice(0, 24)}`,
  routes: {
    authorization: '/authorize',
    token: '/oauth/token',
    userinfo: '/userinfo',
    jwks: '/.well-known/jwks.json',
    revocation: '/oauth/revoke',
    endSession: '/oidc/logout',
  },
  scopes: {
    openid: ['sub', rolesClaim],
    profile: ['name', 'given_name', 'family_name', 'nickname', 'picture', 'updated_at'],
    email: ['email', 'email_verified'],
    offline_access: [],
  },
  unknownScopes: 'ignore',
  claims: (person) => ({
    nickname: person.email.split('@')[0],
    updated_at: '2026-01-01T00:00:00.000Z',
    ...(person.roles.length > 0 && { [rolesClaim]: person.roles }),
  }),
  logout: { path: '/v2/logout', returnParameter: 'returnTo', required: false },
  cancelled: 'User did not authorize the request',
};
