import { digest, digits, lowerCase, randomString } from './forms.ts';
import type { Vendor } from './vendor.ts';

/** Plain OpenID Connect. */
export const generic: Vendor = {
  title: 'an OpenID provider',
  issuer: (origin) => origin,
  newClientId: () => `local-${randomString(16, digits + lowerCase)}`,
  subject: (email) => digest(email).slice(0, 20),
  routes: {
    authorization: '/authorize',
    token: '/token',
    userinfo: '/userinfo',
    jwks: '/jwks',
    revocation: '/revoke',
    endSession: '/logout',
  },
  scopes: {
    openid: ['sub', 'roles'],
    profile: ['name', 'given_name', 'family_name', 'preferred_username', 'picture'],
    email: ['email', 'email_verified'],
    offline_access: [],
  },
  unknownScopes: 'ignore',
  claims: (person) => ({
    preferred_username: person.email.split('@')[0],
    ...(person.roles.length > 0 && { roles: person.roles }),
  }),
};
