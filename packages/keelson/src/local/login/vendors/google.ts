import { digest, digits, lowerCase, randomString } from './forms.ts';
import type { Vendor } from './vendor.ts';

/** https://developers.google.com/identity/openid-connect/openid-connect. It has no logout of any kind. */
export const google: Vendor = {
  title: 'Google',
  issuer: (origin) => origin,
  newClientId: () => `${randomString(12, digits)}-${randomString(32, digits + lowerCase)}.apps.googleusercontent.com`,
  subject: (email) => `1${(BigInt(`0x${digest(email)}`) % 10n ** 20n).toString().padStart(20, '0')}`,
  routes: {
    authorization: '/o/oauth2/v2/auth',
    token: '/token',
    userinfo: '/v1/userinfo',
    jwks: '/oauth2/v3/certs',
    revocation: '/revoke',
  },
  scopes: {
    openid: ['sub', 'hd'],
    profile: ['name', 'given_name', 'family_name', 'picture'],
    email: ['email', 'email_verified'],
  },
  unknownScopes: 'page',
  claims: (person) => ({ ...(person.hostedDomain && { hd: person.hostedDomain }) }),
};
