import Type from 'typebox';
import type { Boot } from '../../config/boot.ts';
import { type PublicUrl, publicUrl } from '../../config/public-url.ts';
import { readEnv } from '../../config/read-env.ts';
import type { Secret } from '../../config/secret.ts';
import { secretVariable } from '../../config/secret-variable.ts';
import { isLoopback } from '../session/cookie-name.ts';
import { minimumKeyLength } from '../session/keyring.ts';
import { type ProviderName, providerNames } from './providers/index.ts';

const variables = Type.Object({
  OIDC_PROVIDER: Type.Enum(providerNames, { description: `one of ${providerNames.join(', ')}` }),
  OIDC_ISSUER: Type.String({ description: 'the issuer identifier of the provider, a URL' }),
  OIDC_HOSTED_DOMAIN: Type.Optional(
    Type.String({ pattern: '^[A-Za-z0-9.-]+$', description: 'one Google Workspace domain, such as example.com' }),
  ),
  SESSION_TABLE: Type.Optional(Type.String()),
});

/** The login's side of the contract. */
export interface LoginSettings {
  readonly provider: ProviderName;
  readonly issuer: URL;
  /** The issuer is on this machine and may be reached without TLS. */
  readonly insecureIssuer: boolean;
  /** No secret, but it may lie beside one and be read with it. */
  readonly clientId: Secret;
  readonly clientSecret: Secret;
  readonly sessionKeys: Secret;
  readonly publicUrl: PublicUrl;
  readonly sessionTable: string | undefined;
  /** Google Workspace domain that people must belong to. */
  readonly hostedDomain: string | undefined;
}

/** Reads the environment; what cannot be used is reported to `boot`, all of it. */
export function readLoginSettings(boot: Boot): LoginSettings {
  const env = readEnv(boot, variables);
  const issuer = readIssuer(boot, env.OIDC_ISSUER);
  return Object.freeze({
    provider: env.OIDC_PROVIDER,
    issuer,
    insecureIssuer: issuer.protocol === 'http:',
    clientId: secretVariable(boot, 'OIDC_CLIENT_ID', {
      description: 'the client id that the provider gave this service',
    }),
    clientSecret: secretVariable(boot, 'OIDC_CLIENT_SECRET', {
      description: 'the client secret that the provider gave this service',
    }),
    sessionKeys: secretVariable(boot, 'SESSION_KEYS', {
      minLength: minimumKeyLength,
      description: `one or two comma-separated keys of ${minimumKeyLength} characters or more`,
    }),
    publicUrl: publicUrl(boot),
    sessionTable: env.SESSION_TABLE,
    hostedDomain: env.OIDC_HOSTED_DOMAIN,
  });
}

const placeholder = 'https://issuer.invalid/';

function readIssuer(boot: Boot, text: string): URL {
  if (text === '') return new URL(placeholder);
  const reason = objection(boot, text);
  if (reason === undefined) return new URL(text);
  const hint = 'Write the issuer as the provider shows it, e.g. `https://acme.eu.auth0.com/`.';
  boot.problem({ path: 'OIDC_ISSUER', message: reason, hint });
  return new URL(placeholder);
}

function objection({ env }: Boot, text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not a URL.';
  const { protocol, search, hash, username, password } = new URL(text);
  if (search || hash || username || password) return 'must have no query, fragment or user name.';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:' || !isLoopback(new URL(text))) return 'must start with https://.';
  const production = env.NODE_ENV === 'production' && env.KEELSON_ENVIRONMENT !== 'local';
  return production ? 'must start with https:// when NODE_ENV is production.' : undefined;
}
