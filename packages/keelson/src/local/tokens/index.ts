import { join } from 'node:path';
import { ConfigError } from '@keelson/runtime/errors';
import { oidcProvider } from '../login/library.ts';
import { closeServer, listenOnLoopback } from '../loopback.ts';
import type { LocalContext, LocalMachine, LocalPart, LocalTokens } from '../part.ts';
import { externalTokens } from './external.ts';
import { type TokenForm, tokenForms } from './forms/index.ts';
import { createTokensProvider } from './provider.ts';
import { clientsOf, identifierOf, type TokensResource } from './resource.ts';
import { tellRunning } from './running.ts';
import { createTokensServer, type TokensHandler } from './server.ts';
import { clientsIn, openTokensState, type TokensStateFile } from './state.ts';

const firstPort = 9200;

/**
 * Starts a provider of access tokens on 127.0.0.1 that has the manners of the resource's vendor, or takes the user's own
 * when `TOKEN_ISSUER` and `TOKEN_CLIENT_IDS` or `TOKEN_AUDIENCE` are set. Client ids, secrets and the signing key outlive a run.
 *
 * @throws ConfigError under `NODE_ENV=production` and for a provider that is set in part
 */
export async function startTokens(context: LocalContext, name: string, resource: TokensResource): Promise<LocalPart> {
  const external = externalTokens(context);
  if (external) return external;
  refuseProduction(context);

  const form = tokenForms[resource.provider];
  // Loading the library takes as long as making a key: both at once.
  const file = openTokensState(join(context.stateDir, 'tokens', `${name}.json`), context.log);
  const [state] = await Promise.all([file, oidcProvider()]);
  const identifier = identifierOf(resource, context.app);
  const clients = await machines(state, resource, form, identifier);
  let handler: TokensHandler | undefined;
  const server = createTokensServer(() => handler);
  const wished = state.state.port ?? firstPort;
  const port = await listenOnLoopback(server, wished);
  try {
    await keepPort(state, port, context);
    const origin = `http://localhost:${port}`;
    const issuer = form.issuer(origin, context.app.region);
    const options = { form, origin, issuer, identifier, clients, jwks: state.state.jwks, log: context.log };
    handler = { provider: await createTokensProvider(options), options };
    const tokens: LocalTokens = {
      issuer,
      endpoint: `${origin}${form.tokenPath}`,
      ...(form.audience && { audience: identifier }),
      clients,
    };
    const forget = await tellRunning(context.stateDir, name, tokens);
    return {
      title: `Stand-in for ${form.title}`,
      address: origin,
      ...(port !== wished && { movedFrom: wished }),
      env: { TOKEN_ISSUER: issuer, ...form.env(identifier, clients) },
      tokens,
      stop: async () => {
        await forget();
        await closeServer(server);
      },
    };
  } catch (error) {
    await closeServer(server);
    throw error;
  }
}

async function machines(
  file: TokensStateFile,
  resource: TokensResource,
  form: TokenForm,
  identifier: string,
): Promise<LocalMachine[]> {
  const wanted = Object.entries(clientsOf(resource));
  const names = wanted.map(([name]) => name);
  const known = await clientsIn(file, resource.provider, names, form);
  return wanted.map(([name, scopes]) => {
    const { id, secret } = known[name] as { id: string; secret: string };
    return { name, id, secret, scopes: scopes.map((scope) => form.scope(scope, identifier)) };
  });
}

/** The first port stays the preferred one: it is part of the issuer, which tokens name. */
async function keepPort({ state, save }: TokensStateFile, port: number, { log }: LocalContext): Promise<void> {
  if (state.port === undefined) {
    state.port = port;
    await save();
  } else if (state.port !== port) {
    log(`Port ${state.port} is taken: tokens come from ${port} this time, and earlier ones are not good any more.`);
  }
}

function refuseProduction({ env }: LocalContext): void {
  if (env['NODE_ENV'] !== 'production' && process.env['NODE_ENV'] !== 'production') return;
  throw new ConfigError([
    {
      path: 'NODE_ENV',
      message: 'is `production`, and the secrets of the local token provider lie in a file of this folder.',
      hint: 'Unset NODE_ENV, or set TOKEN_ISSUER and TOKEN_CLIENT_IDS or TOKEN_AUDIENCE of a real provider.',
    },
  ]);
}
