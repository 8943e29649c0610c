import { standardProfile } from './profile.ts';
import { type Provider, withParameters } from './provider.ts';

/**
 * Amazon Cognito user pools. Groups are the roles. The issuer is not where people sign in: that is the pool's own domain,
 * known from discovery, and its logout takes parameters of its own.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 */
export const cognito: Provider = {
  scope: 'openid profile email',
  authorizationParameters: () => ({}),
  profile: (claims) =>
    standardProfile({ nickname: claims['cognito:username'], ...claims }, claims['cognito:groups'] ?? claims.roles),
  logoutUrl: ({ metadata, clientId, returnTo }) => {
    const { end_session_endpoint: endSession, authorization_endpoint: authorize } = metadata;
    const address = endSession ?? (authorize && new URL('/logout', authorize));
    return address ? withParameters(address, { client_id: clientId, logout_uri: returnTo }) : undefined;
  },
};
