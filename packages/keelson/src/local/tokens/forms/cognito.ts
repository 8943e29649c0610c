import { digits, lowerCase, randomString } from '../../login/vendors/forms.ts';
import type { TokenForm } from './form.ts';

/**
 * https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
export const cognito: TokenForm = {
  title: 'Amazon Cognito',
  issuer: (origin, region) => `${origin}/${region}_local`,
  tokenPath: '/oauth2/token',
  jwksPath: '/.well-known/jwks.json',
  newClientId: () => randomString(26, digits + lowerCase),
  newSecret: () => randomString(51, digits + lowerCase),
  scope: (name, identifier) => `${identifier}/${name}`,
  lifetime: 3600,
  claims: ({ issuer, client, scopes, now, id }) => ({
    sub: client.id,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: now,
    iss: issuer,
    exp: now + 3600,
    iat: now,
    version: 2,
    jti: id,
    client_id: client.id,
  }),
  json: false,
  tellsScope: false,
  // No description, and 400 also where RFC 6749 would have 401.
  refusal: ({ status, error }) => ({ status: status >= 500 ? status : 400, body: { error } }),
  env: (identifier, clients) => ({
    TOKEN_CLIENT_IDS: clients.map(({ id }) => id).join(','),
    TOKEN_SCOPE_PREFIX: identifier,
  }),
};
