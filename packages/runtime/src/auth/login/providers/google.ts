import { standardProfile } from './profile.ts';
import type { Provider } from './provider.ts';

/** Google. It offers no logout to other sites, and has no roles. */
export const google: Provider = {
  scope: 'openid profile email',
  // `hd` only preselects the account; the claim of the ID token is what is checked.
  authorizationParameters: ({ hostedDomain }) => ({
    prompt: 'select_account',
    ...(hostedDomain !== undefined && { hd: hostedDomain }),
  }),
  profile: (claims) => standardProfile(claims, undefined),
  logoutUrl: () => undefined,
};
