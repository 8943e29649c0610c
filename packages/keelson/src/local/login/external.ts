import { ConfigError } from '@keelson/runtime/errors';
import type { LocalContext, LocalPart } from '../part.ts';
import { type VendorName, vendors } from './vendors/index.ts';

const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;

/**
 * The user's own provider, when the environment names one: nothing is started.
 * @param shared what a service is given whoever signs people in
 * @throws ConfigError when it is named in part
 */
export function externalLogin(
  context: LocalContext,
  provider: VendorName,
  shared: Readonly<Record<string, string>>,
): LocalPart | undefined {
  const { env } = context;
  const given = names.filter((name) => env[name]);
  if (given.length === 0) return undefined;
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) throw incomplete(given, missing);
  const issuer = env['OIDC_ISSUER'] as string;
  return {
    title: `${titles[provider]} ${URL.canParse(issuer) ? new URL(issuer).host : issuer}`,
    address: issuer,
    env: {
      OIDC_PROVIDER: provider,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: env['OIDC_CLIENT_ID'] as string,
      OIDC_CLIENT_SECRET: env['OIDC_CLIENT_SECRET'] as string,
      ...shared,
    },
    stop: async () => {},
  };
}

const titles: Readonly<Record<VendorName, string>> = {
  auth0: 'Auth0 tenant',
  google: 'Google',
  cognito: `${vendors.cognito.title} user pool at`,
  generic: 'OpenID provider',
};

function incomplete(given: readonly string[], missing: readonly string[]): ConfigError {
  return new ConfigError(
    missing.map((name) => ({
      path: name,
      message: `is missing, although ${given.join(' and ')} ${given.length > 1 ? 'are' : 'is'} set.`,
      hint: `Set ${name} too to use your own provider, or remove ${given.join(' and ')} to use the local one.`,
    })),
  );
}
