import { digest, digits, lowerCase, randomString } from './forms.ts';
import type { Vendor } from './vendor.ts';

/**
 * The issuer is the pool, with a path; every endpoint but the key set is on the hosted domain.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
 */
export const cognito: Vendor = {
  title: 'Amazon Cognito',
  issuer: (origin) => `${origin}/eu-central-1_local`,
  newClientId: () => randomString(26, digits + lowerCase),
  subject: (email) => asUuid(digest(email)),
  routes: {
    authorization: '/oauth2/authorize',
    token: '/oauth2/token',
    userinfo: '/oauth2/userInfo',
    jwks: '/.well-known/jwks.json',
    revocation: '/oauth2/revoke',
  },
  scopes: {
    openid: ['sub', 'token_use', 'cognito:username', 'cognito:groups', 'name', 'picture', 'email', 'email_verified'],
    profile: ['username', 'name', 'given_name', 'family_name', 'picture'],
    email: ['email', 'email_verified'],
    phone: [],
    'aws.cognito.signin.user.admin': [],
  },
  unknownScopes: 'redirect',
  claims: (person, use) =>
    use === 'id_token'
      ? {
          token_use: 'id',
          'cognito:username': asUuid(digest(person.email)),
          ...(person.roles.length > 0 && { 'cognito:groups': person.roles }),
        }
      : // The userinfo endpoint answers with strings: https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html
        { username: asUuid(digest(person.email)), email_verified: String(person.emailVerified) },
  logout: { path: '/logout', returnParameter: 'logout_uri', required: true },
  discovery: (origin, issuer) => ({
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    end_session_endpoint: `${origin}/logout`,
  }),
};

function asUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
