import { join } from 'node:path';
import type { Resource } from '@keelson/contract';
import { ConfigError } from '@keelson/runtime/errors';
import { closeServer, listenOnLoopback } from '../loopback.ts';
import type { LocalContext, LocalPart } from '../part.ts';
import { externalLogin } from './external.ts';
import { oidcProvider } from './library.ts';
import { peopleOf } from './people.ts';
import { createProvider, type ProviderOptions } from './provider.ts';
import { createLoginServer, type Handler } from './server.ts';
import { completeState, type LoginState, openState } from './state.ts';
import { vendors } from './vendors/index.ts';

type LoginResource = Extract<Resource, { kind: 'login' }>;

const firstPort = 9100;

/**
 * Starts the local login: a real OpenID provider on 127.0.0.1 that has the manners of the resource's vendor, or the
 * user's own provider when `OIDC_ISSUER`, `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET` are set.
 *
 * @throws ConfigError under `NODE_ENV=production` and for a provider that is set in part
 */
export async function startLogin(context: LocalContext, name: string, resource: LoginResource): Promise<LocalPart> {
  const file = await openState(join(context.stateDir, 'login', `${name}.json`), context.log);
  const sessionKeys = context.env['SESSION_KEYS'] || file.state.sessionKeys;
  const hostedDomain = context.env['OIDC_HOSTED_DOMAIN'] || resource.hostedDomain;
  const shared = { SESSION_KEYS: sessionKeys, ...(hostedDomain && { OIDC_HOSTED_DOMAIN: hostedDomain }) };
  const external = externalLogin(context, resource.provider, shared);
  if (external) return external;
  refuseProduction(context);

  // Loading the library takes as long as making a key: both at once.
  await Promise.all([oidcProvider(), completeState(file, resource.provider)]);
  const vendor = vendors[resource.provider];
  const people = peopleOf(vendor, hostedDomain);
  let handler: Handler | undefined;
  const server = createLoginServer(() => handler);
  const port = await listenOnLoopback(server, file.state.port ?? firstPort);
  await keepPort(file, port, context);

  const origin = `http://localhost:${port}`;
  const appOrigin = new URL(context.publicUrl).origin;
  const client = clientOf(file.state, resource, appOrigin);
  const options: ProviderOptions = {
    appName: context.app.name,
    vendor,
    origin,
    appOrigin,
    clients: [client],
    people,
    state: file.state,
    log: context.log,
  };
  try {
    handler = { provider: await createProvider(options), options };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  return {
    title: `Stand-in for ${vendor.title}`,
    address: origin,
    people: people.offered,
    env: {
      OIDC_PROVIDER: resource.provider,
      OIDC_ISSUER: vendor.issuer(origin),
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
      ...shared,
    },
    stop: () => closeServer(server),
  };
}

function clientOf(state: LoginState, { provider, callbackPath = '/auth/callback' }: LoginResource, appOrigin: string) {
  const client = state.clients[provider] as { id: string; secret: string };
  return {
    ...client,
    redirectUri: `${appOrigin}${callbackPath}`,
    backchannelLogoutUri: `${appOrigin}/auth/backchannel-logout`,
  };
}

/** The first port stays the preferred one: with another, everyone is someone else to the app (the issuer changes). */
async function keepPort(
  file: Awaited<ReturnType<typeof openState>>,
  port: number,
  { log }: LocalContext,
): Promise<void> {
  if (file.state.port === undefined) {
    file.state.port = port;
    await file.save();
  } else if (file.state.port !== port) {
    log(`Port ${file.state.port} is taken: login is on ${port} this time, and people look new to the app.`);
  }
}

function refuseProduction({ env }: LocalContext): void {
  if (env['NODE_ENV'] !== 'production' && process.env['NODE_ENV'] !== 'production') return;
  throw new ConfigError([
    {
      path: 'NODE_ENV',
      message: 'is `production`, and the local login lets anyone in as anyone.',
      hint: 'Unset NODE_ENV, or set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET of a real provider.',
    },
  ]);
}
