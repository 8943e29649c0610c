import type { FastifyReply, FastifyRequest } from 'fastify';
import * as oidc from 'openid-client';
import { KeelsonError } from '../../errors/index.ts';
import type { Person } from '../identity.ts';
import { askStore } from '../session/store-access.ts';
import { checkIdToken, type IdTokenClaims } from './check-id-token.ts';
import { describeError, rejected, unavailable } from './failure.ts';
import { isIdentifier } from '../identifier.ts';
import { type Login, redirectUri, requestUrl } from './login.ts';
import { deadline } from './provider-fetch.ts';
import { type Transaction, transactionLifetime } from './transactions.ts';

/** `GET /auth/callback`: finishes the login that this browser began (OpenID Connect Core, section 3.1.2.5 on). */
export async function finishLogin(login: Login, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const parameters = requestUrl(login, request).searchParams;
  const transaction = await readTransaction(login, request, parameters);
  try {
    const signal = deadline();
    const configuration = await login.client.configuration(signal);
    checkIssuerParameter(configuration.serverMetadata(), parameters);
    checkErrorParameter(parameters);
    const idToken = await exchangeCode(login, configuration, parameters, transaction);
    const claims = await checkIdToken(login, configuration.serverMetadata(), idToken, transaction, signal);
    await consumeTransaction(login, transaction);
    await startSession(login, request, reply, claims);
  } catch (error) {
    // A transaction whose provider was only unavailable may still be finished by loading the page again.
    if (!(error instanceof KeelsonError) || error.statusCode < 500) login.transactions.drop(reply, transaction);
    throw error;
  }
  login.transactions.drop(reply, transaction);
  return reply.redirect(transaction.returnTo, 302);
}

async function readTransaction(
  login: Login,
  request: FastifyRequest,
  parameters: URLSearchParams,
): Promise<Transaction> {
  const [state, ...more] = parameters.getAll('state');
  const transaction = state && more.length === 0 ? await login.transactions.find(request, state) : undefined;
  if (!transaction) throw rejected('this browser began no login with that state, or more than 10 minutes ago');
  return transaction;
}

/** RFC 9207: an answer that names another issuer is a mix-up, and its code must not be sent anywhere. */
function checkIssuerParameter(metadata: oidc.ServerMetadata, parameters: URLSearchParams): void {
  const issuers = parameters.getAll('iss');
  if (issuers.length === 0 && !metadata.authorization_response_iss_parameter_supported) return;
  if (issuers.length !== 1 || issuers[0] !== metadata.issuer) throw rejected('the response comes from another issuer');
}

function checkErrorParameter(parameters: URLSearchParams): void {
  const error = parameters.get('error');
  if (error === null) return;
  const providerError = [error, parameters.get('error_description')].filter(Boolean).join(': ').slice(0, 300);
  throw new KeelsonError('LOGIN_REJECTED', {
    detail: `the provider answered with ${/^[a-z_]{1,40}$/.test(error) ? `the error ${error}` : 'an error of no known form'}`,
    extensions: { providerError },
  });
}

async function exchangeCode(
  login: Login,
  configuration: oidc.Configuration,
  parameters: URLSearchParams,
  { state, nonce, verifier }: Transaction,
): Promise<string> {
  const url = redirectUri(login);
  url.search = parameters.toString();
  try {
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await oidc.authorizationCodeGrant(configuration, url, checks);
    if (!tokens.id_token) throw rejected('the provider sent no ID token');
    return tokens.id_token;
  } catch (error) {
    throw exchangeFailure(error);
  }
}

/** Never hands the library's error on: its causes hold tokens. */
function exchangeFailure(error: unknown): KeelsonError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof KeelsonError) return cause;
  if (error instanceof oidc.ResponseBodyError && ['invalid_client', 'unauthorized_client'].includes(error.error)) {
    const hint =
      'Check OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, and that the application at the provider may use the code flow.';
    return unavailable(`the provider does not accept this client: ${error.error}`, hint);
  }
  return rejected(`the code could not be exchanged: ${describeError(error)}`);
}

/** A callback counts once, also when it is replayed at another process. */
async function consumeTransaction(login: Login, { state }: Transaction): Promise<void> {
  const forgotten = new Date(Date.now() + (transactionLifetime + 60) * 1_000);
  const first = await askStore(() => login.store.consume(`tx|${state}`, forgotten));
  if (!first) throw rejected('this callback was used before');
}

async function startSession(
  login: Login,
  request: FastifyRequest,
  reply: FastifyReply,
  claims: IdTokenClaims,
): Promise<Person> {
  const profile = login.provider.profile(claims);
  const who = { iss: claims.iss, sub: claims.sub, ...profile };
  const own = await login.onSignIn?.(Object.freeze({ kind: 'person', ...who }), request);
  const roles = own?.roles ? { roles: own.roles } : {};
  const person = await login.sessions.start(reply, {
    ...who,
    ...roles,
    ...(isIdentifier(claims.sid) && { providerSid: claims.sid }),
  });
  request.log.info({ event: 'sign-in', iss: person.iss, sub: person.sub }, 'Signed in');
  return person;
}
