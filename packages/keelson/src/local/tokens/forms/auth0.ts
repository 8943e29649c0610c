import { digits, lowerCase, randomString, upperCase } from '../../login/vendors/forms.ts';
import type { TokenForm } from './form.ts';

const day = 24 * 60 * 60;

/**
 * https://auth0.com/docs/get-started/authentication-and-authorization-flow/client-credentials-flow
 * https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles (the Auth0 profile)
 */
export const auth0: TokenForm = {
  title: 'Auth0',
  issuer: (origin) => `${origin}/`,
  tokenPath: '/oauth/token',
  jwksPath: '/.well-known/jwks.json',
  newClientId: () => randomString(32, digits + lowerCase + upperCase),
  newSecret: () => randomString(64, `${digits + lowerCase + upperCase}_-`),
  scope: (name) => name,
  lifetime: day,
  type: 'JWT',
  claims: ({ issuer, identifier, client, scopes, now }) => ({
    iss: issuer,
    sub: `${client.id}@clients`,
    aud: identifier,
    iat: now,
    exp: now + day,
    scope: scopes.join(' '),
    gty: 'client-credentials',
    azp: client.id,
  }),
  audience: 'required',
  json: true,
  tellsScope: true,
  refusal: ({ status, error, description }) => {
    if (error === 'invalid_client') return denied(401, 'Unauthorized');
    if (error === 'invalid_target') return denied(403, description);
    if (error === 'invalid_scope') return denied(403, 'Client has not been granted scopes');
    return { status: error === 'unsupported_grant_type' ? 403 : status, body: withDescription(error, description) };
  },
  env: (identifier) => ({ TOKEN_AUDIENCE: identifier }),
};

function denied(status: number, description: string) {
  return { status, body: withDescription('access_denied', description) };
}

function withDescription(error: string, description: string) {
  return { error, error_description: description };
}
