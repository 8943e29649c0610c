import { digits, lowerCase, randomString, upperCase } from '../../login/vendors/forms.ts';
import type { TokenForm } from './form.ts';

/** RFC 6749 (4.4) with access tokens as RFC 9068 has them. */
export const generic: TokenForm = {
  title: 'an OAuth 2.0 provider',
  issuer: (origin) => origin,
  tokenPath: '/token',
  jwksPath: '/jwks',
  newClientId: () => `local-${randomString(16, digits + lowerCase)}`,
  newSecret: () => randomString(43, digits + lowerCase + upperCase),
  scope: (name) => name,
  lifetime: 3600,
  type: 'at+jwt',
  claims: ({ issuer, identifier, client, scopes, now, id }) => ({
    iss: issuer,
    exp: now + 3600,
    aud: identifier,
    sub: client.id,
    client_id: client.id,
    iat: now,
    jti: id,
    scope: scopes.join(' '),
  }),
  audience: 'optional',
  json: false,
  tellsScope: true,
  refusal: ({ status, error, description }) => ({ status, body: { error, error_description: description } }),
  env: (identifier) => ({ TOKEN_AUDIENCE: identifier }),
};
