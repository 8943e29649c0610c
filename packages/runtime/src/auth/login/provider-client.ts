import * as oidc from 'openid-client';
import { KeelsonError } from '../../errors/index.ts';
import { clockTolerance } from '../keys/algorithms.ts';
import type { KeySet } from '../keys/key-set.ts';
import { describeError, unavailable } from './failure.ts';
import { createKeySet } from './key-set.ts';
import { deadline, providerFetch, untilAborted } from './provider-fetch.ts';
import type { LoginSettings } from './settings.ts';

/** Milliseconds after which discovery is repeated; for a day the last answer is used when that fails. */
const fresh = 60 * 60_000;
const usable = 24 * 60 * 60_000;

export interface ProviderClient {
  /**
   * The provider's own description of itself (OpenID Connect Discovery 1.0), from the cache when it can.
   * @throws KeelsonError `LOGIN_UNAVAILABLE`
   */
  metadata(signal?: AbortSignal): Promise<oidc.ServerMetadata>;
  /** The description if it was read before. */
  knownMetadata(): oidc.ServerMetadata | undefined;
  /** openid-client's view of the provider for one browser request, whose calls all end with `signal`. */
  configuration(signal: AbortSignal): Promise<oidc.Configuration>;
  readonly keys: KeySet;
}

export function createProviderClient(settings: LoginSettings): ProviderClient {
  let known: { readonly metadata: oidc.ServerMetadata; readonly readAt: number } | undefined;
  let reading: Promise<oidc.ServerMetadata> | undefined;

  const refresh = (): Promise<oidc.ServerMetadata> => {
    reading ??= discover(settings)
      .then((metadata) => {
        known = { metadata, readAt: Date.now() };
        return metadata;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  const metadata = async (signal = deadline()): Promise<oidc.ServerMetadata> => {
    const age = known ? Date.now() - known.readAt : Number.POSITIVE_INFINITY;
    if (known && age < fresh) return known.metadata;
    // A reading that was under way may have begun before a pause of the whole process, and fail for it.
    const found = reading ? reading.catch(refresh) : refresh();
    // Whoever waits hears of a failure; this keeps it from ending the process when nobody does.
    found.catch(() => {});
    return known && age < usable ? known.metadata : untilAborted(found, signal);
  };

  return {
    metadata,
    knownMetadata: () => known?.metadata,
    configuration: async (signal) => configure(settings, await metadata(signal), signal),
    keys: createKeySet(async (signal) => keyAddress(settings, await metadata(signal))),
  };
}

async function discover({ issuer, insecureIssuer }: LoginSettings): Promise<oidc.ServerMetadata> {
  try {
    // The provider is not told of the client here, and the client's id may not be known yet.
    const found = await oidc.discovery(issuer, 'not-sent', undefined, oidc.None(), {
      [oidc.customFetch]: providerFetch(deadline()),
      execute: insecureIssuer ? [oidc.allowInsecureRequests] : [],
    });
    return found.serverMetadata();
  } catch (error) {
    throw unavailableBecause(error, `discovery at ${issuer.href} failed`);
  }
}

function configure(settings: LoginSettings, metadata: oidc.ServerMetadata, signal: AbortSignal): oidc.Configuration {
  const clientId = settings.clientId.value();
  const secret = settings.clientSecret.value();
  const client = { client_secret: secret, [oidc.clockTolerance]: clockTolerance };
  const configuration = new oidc.Configuration(metadata, clientId, client, clientAuthentication(metadata, secret));
  configuration[oidc.customFetch] = providerFetch(signal);
  if (settings.insecureIssuer) oidc.allowInsecureRequests(configuration);
  return configuration;
}

function keyAddress({ insecureIssuer }: LoginSettings, { jwks_uri: address }: oidc.ServerMetadata): string {
  const usable = address !== undefined && URL.canParse(address);
  if (usable && (insecureIssuer || new URL(address).protocol === 'https:')) return address;
  throw unavailable('the provider names no jwks_uri that can be used');
}

/** Post where it is offered: large providers do not undo the form encoding that RFC 6749 wants inside Basic. */
function clientAuthentication(metadata: oidc.ServerMetadata, secret: string): oidc.ClientAuth {
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_post') ? oidc.ClientSecretPost(secret) : oidc.ClientSecretBasic(secret);
}

/** The service's own error where there is one, else 503: what the provider says about itself is no fault of the person. */
function unavailableBecause(error: unknown, what: string): KeelsonError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof KeelsonError) return cause;
  return unavailable(
    `${what}: ${describeError(error)}`,
    'Check OIDC_ISSUER (or AUTH0_DOMAIN); it must be what the provider calls itself.',
  );
}
